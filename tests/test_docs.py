"""The documents say what the program does: nothing undocumented, no dead link, no invented command."""

import re
from pathlib import Path

import pytest

from ipregister.model import offices
from ipregister.search.fields import FIELDS
from ipregister.web.options import Options
from scripts import generate_reference

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("benchmarks/*.md")])
VERBS = {path for path, _ in generate_reference.commands()}


def label(path: Path) -> str:
    """A document as it is named in this test."""
    return str(path.relative_to(ROOT))


def _headings(name: str) -> set[str]:
    text = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    return set(re.findall(r"^###? (\S+)", text, re.MULTILINE))


def test_the_reference_is_up_to_date() -> None:
    assert generate_reference.stale() == [], "run make docs"


def test_every_finding_code_is_declared_once() -> None:
    codes = [kind.code for kinds in generate_reference.all_kinds().values() for kind in kinds]
    assert sorted(codes) == sorted(set(codes))


def test_every_finding_code_has_a_heading_message_and_remedy() -> None:
    kinds = [kind for group in generate_reference.all_kinds().values() for kind in group]
    assert {kind.code for kind in kinds} <= _headings("findings.md")
    assert [kind.code for kind in kinds if not (kind.message and kind.remedy)] == []


def test_every_search_field_and_office_has_a_heading() -> None:
    assert {field.name for field in FIELDS} == _headings("search-fields.md")
    assert set(offices.codes()) == _headings("offices.md")


def test_every_setting_has_a_heading() -> None:
    names = Options.__struct_fields__
    assert {f"IPREGISTER_{name.upper()}" for name in names} == _headings("settings.md")


def test_every_verb_explains_itself() -> None:
    assert [path for path, command in generate_reference.commands() if not command.help] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (path.parent / link).exists()] == []


def _code(text: str) -> str:
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_named_verbs_exist(path: Path) -> None:
    code = _code(path.read_text(encoding="utf-8"))
    named = re.findall(r"(?<![\w/])ipregister (?:--data \S+ )?([a-z-]+)(?: ([a-z]+))?", code)
    assert [pair for pair in named if f"ipregister {pair[0]}" not in VERBS] == []
    groups = {verb.split()[1] for verb in VERBS if len(verb.split()) > 2}
    inner = [f"ipregister {verb} {sub}" for verb, sub in named if verb in groups and sub]
    assert [verb for verb in inner if verb not in VERBS] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_named_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(
        re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {one or other for one, other in named} <= targets


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(folder.glob("0*.md"))
    assert pages
    for page in pages:
        assert page.name in index
        text = page.read_text(encoding="utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Price"))
