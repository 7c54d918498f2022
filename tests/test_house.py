"""The house style that a program can hold: sizes, names, docstrings, words that have no place here."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ipregister"
MODULE_LINES, FUNCTION_LINES = 300, 40
EMPTY_NAMES = {
    "utils",
    "util",
    "common",
    "manager",
    "managers",
    "helpers",
    "helper",
    "misc",
    "shed",
    "base",
    "core",
}

LONGER: dict[str, str] = {}
"""Functions and modules over the alarm, each with its reason: `path` or `path::function`."""

FOREIGN = re.compile(r"/(?:home|root|work|Users)/\w|\.\./shared|/tmp/\w")
"""Paths of somebody's machine."""
UNSEEMLY = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\b(?i:language model|chatbot|prompt engineering)\b")
"""Words for an issue tracker or another conversation, not for the product."""


def modules() -> list[Path]:
    """All Python files of the product."""
    return [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]


def label(path: Path) -> str:
    """A file as it is named in this test."""
    return str(path.relative_to(SOURCE))


class Facts(NamedTuple):
    """What the checks ask of one file: its lines, and where its tree breaks a rule."""

    lines: int
    long: tuple[str, ...]
    undocumented: tuple[str, ...]
    asserts: tuple[int, ...]


@cache
def facts(path: Path) -> Facts:
    """The facts of a file, which is parsed once for all checks."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    long = [
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.body[0].lineno >= FUNCTION_LINES
    ]
    asserts = [node.lineno for node in nodes if isinstance(node, ast.Assert)]
    return Facts(text.count("\n"), tuple(long), tuple(_public_without_docstring(tree)), tuple(asserts))


def _public_without_docstring(tree: ast.Module) -> list[str]:
    missing = [] if ast.get_docstring(tree) else ["the module"]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            missing += [] if ast.get_docstring(node) else [node.name]
            inner = node.body if isinstance(node, ast.ClassDef) else []
            missing += [
                f"{node.name}.{one.name}"
                for one in inner
                if isinstance(one, ast.FunctionDef)
                and not one.name.startswith("_")
                and not ast.get_docstring(one)
            ]
    return missing


def test_modules_are_named() -> None:
    assert [label(p) for p in modules() if {p.stem, p.parent.name} & EMPTY_NAMES] == []


def test_modules_are_short() -> None:
    long = {label(p): facts(p).lines for p in modules() if facts(p).lines >= MODULE_LINES}
    assert {name: lines for name, lines in long.items() if name not in LONGER} == {}


def test_functions_are_short() -> None:
    long = [f"{label(p)}::{name}" for p in modules() for name in facts(p).long]
    assert [name for name in long if name not in LONGER] == []


def test_functions_beside_the_product_are_short() -> None:
    files = [
        p for folder in ("tests", "scripts", "benchmarks") for p in sorted((ROOT / folder).rglob("*.py"))
    ]
    assert files
    assert [f"{p.relative_to(ROOT)}::{name}" for p in files for name in facts(p).long] == []


def test_public_things_have_docstrings() -> None:
    assert [f"{label(p)}: {name}" for p in modules() for name in facts(p).undocumented] == []


def test_no_assert_in_product_code() -> None:
    assert [f"{label(p)}:{line}" for p in modules() for line in facts(p).asserts] == []


def test_the_checks_find_what_breaks_a_rule(tmp_path: Path) -> None:
    source = "def long(a):\n" + "    a += 1\n" * FUNCTION_LINES + "    assert a\n\n\nclass _Own:\n    pass\n"
    (tmp_path / "bad.py").write_text(source)
    found = facts(tmp_path / "bad.py")
    assert found == Facts(FUNCTION_LINES + 6, ("long",), ("the module", "long"), (FUNCTION_LINES + 2,))


def _kept_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    own = {Path("tests/test_house.py"), Path(".ci/run"), Path("LICENSE")}
    names = [Path(name) for name in listed.split("\0") if name]
    return [ROOT / name for name in names if name not in own and (ROOT / name).is_file()]


def test_no_machine_paths_and_no_unseemly_words() -> None:
    found = []
    for path in _kept_files():
        if path.suffix in {".png", ".ico", ".lock", ".gz", ".zip", ".svg"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in FOREIGN.finditer(text)]
        if path.is_relative_to(SOURCE) or path.suffix == ".md":
            found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in UNSEEMLY.finditer(text)]
    assert found == []


def test_no_registry_is_named() -> None:
    """Packages come from whatever index pip is set up with; none is named here."""
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|index-url|find-links\s*=")
    named = [str(p) for p in _kept_files() if p.suffix in {".toml", ".lock", ".cfg", ".txt", ".yaml"}
             and hosts.search(p.read_text(encoding="utf-8"))]  # fmt: skip
    assert named == []


def test_ruff_ignores_have_reasons() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("\nignore = [") : text.index("[tool.ruff.lint.isort]")]
    codes = [line for line in block.splitlines()[2:] if line.strip().startswith('"')]
    assert codes
    assert [line for line in codes if "#" not in line] == []


def test_suppressions_have_reasons() -> None:
    bare = []
    for path in modules():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"# (?:noqa|type: ignore)(?!\S*\[)(?!:)", line):
                bare.append(f"{label(path)}:{number}")
    assert bare == []
