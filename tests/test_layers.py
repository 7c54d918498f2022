"""The floors: who may know whom. Imports are checked by the contracts in pyproject.toml; this file holds the
same order against what no import shows: foreign keys by string, templates and `{% url %}`, dotted names."""

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ipregister"

FLOORS = (
    ("model",),
    ("exchange", "quality", "store", "search"),
    ("capture", "office", "desk"),
    ("intake", "publication", "watch", "demonstration"),
    ("portal",),
    ("web",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
LEVEL = {part: level for level, floor in enumerate(FLOORS) for part in floor}
APP_LABELS = {"register_store": "store", "portal": "portal"}


STARTED = {("commands", "cli"): "the verb `demo` starts the program once more for another data folder"}
"""Names of a higher part that a lower one may know, each with its reason."""


def part_of(path: Path) -> str:
    """The part of the house that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def allowed(importer: str, imported: str) -> bool:
    """Whether one part may know another: itself, or a part of a lower floor."""
    return importer == imported or LEVEL[imported] < LEVEL[importer]


def _python() -> list[Path]:
    return [p for p in sorted(SOURCE.rglob("*.py")) if p.parent != SOURCE or p.name != "__init__.py"]


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_contracts_name_the_same_floors() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = [set(re.findall(r"\w+", layer)) for layer in reversed(layers)]
    assert named == [set(floor) for floor in FLOORS]


def test_every_part_has_a_floor() -> None:
    parts = {
        part_of(p) for p in SOURCE.iterdir() if p.suffix == ".py" or (p.is_dir() and any(p.glob("*.py")))
    }
    assert parts - {"__init__"} <= set(LEVEL)


@pytest.mark.slow
def test_import_contracts() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [program, "--config", "pyproject.toml", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


class Facts(NamedTuple):
    """What the checks ask of one file."""

    pointing_up: tuple[str, ...]
    late_imports: tuple[int, ...]
    names_type_checking: bool


@cache
def facts(path: Path) -> Facts:
    """The facts of a file, which is parsed once for all checks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return Facts(
        tuple(_pointing_up(part_of(path), tree)), tuple(_late_imports(tree)), "TYPE_CHECKING" in names
    )


def _pointing_up(here: str, tree: ast.Module) -> Iterator[str]:
    for text in _strings(tree):
        named = re.fullmatch(r"ipregister\.(\w+)(\.\w+)*(:\w+)?", text)
        if named and named[1] in LEVEL and not allowed(here, named[1]) and (here, named[1]) not in STARTED:
            yield text
        key = re.fullmatch(r"(\w+)\.[A-Z]\w+", text)
        if key and key[1] in APP_LABELS and not allowed(here, APP_LABELS[key[1]]):
            yield text


def _late_imports(tree: ast.Module) -> list[int]:
    inner = [
        node for top in tree.body if isinstance(top, ast.FunctionDef | ast.ClassDef) for node in ast.walk(top)
    ]
    return [node.lineno for node in inner if isinstance(node, ast.Import | ast.ImportFrom)]


def test_dotted_names_and_foreign_keys_point_down() -> None:
    assert {str(p.relative_to(SOURCE)): up for p in _python() if (up := facts(p).pointing_up)} == {}


def test_no_import_is_hidden() -> None:
    """No import in a function or under TYPE_CHECKING; the command line's late import is the one exception."""
    named = {p: str(p.relative_to(SOURCE)) for p in _python()}
    free = {"cli", "commands"}
    assert {
        name: late for p, name in named.items() if (late := facts(p).late_imports) and part_of(p) not in free
    } == {}
    assert [name for p, name in named.items() if facts(p).names_type_checking] == []


def test_the_checks_find_what_breaks_a_rule() -> None:
    tree = ast.parse('owner = "portal.Watch"\nview = "ipregister.web.wiring"\n\ndef late():\n    import os\n')
    assert list(_pointing_up("store", tree)) == ["portal.Watch", "ipregister.web.wiring"]
    assert list(_pointing_up("cli", tree)) == []
    assert _late_imports(tree) == [5]


def _templates() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("templates/**/*") if p.is_file())


def _template_owner(name: str) -> str | None:
    owners = [part_of(p) for p in _templates() if str(p).endswith(f"/templates/{name}")]
    return owners[0] if owners else None


@cache
def _url_owners() -> dict[str, str]:
    """The part that answers at each named address."""
    modules = {
        one.name: inspect.unwrap(one.callback).__module__ for one in _patterns(get_resolver().url_patterns)
    }
    return {
        name: module.split(".")[1] for name, module in modules.items() if module.startswith("ipregister.")
    }


def _patterns(patterns: Iterable[Any]) -> Iterator[Any]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _patterns(one.url_patterns)
        elif one.name:
            yield one


@pytest.mark.parametrize("path", _templates(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_templates_know_only_lower_floors(path: Path) -> None:
    here, text = part_of(path), path.read_text(encoding="utf-8")
    for name in re.findall(r"{%-?\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text):
        owner = _template_owner(name)
        assert owner, f"there is no template {name}"
        assert allowed(here, owner), f"{name} belongs to {owner}"
    for name in re.findall(r"{%-?\s*url\s+[\"']([^\"':]+)[\"']", text):
        owner = _url_owners().get(name)
        assert owner, f"there is no address named {name}"
        assert allowed(here, owner), f"address {name} belongs to {owner}"


def test_templates_and_addresses_are_found_where_they_are_made() -> None:
    """The walk above is not empty once there is a portal."""
    if (SOURCE / "portal" / "templates").exists():
        assert _templates()
