"""The facts of the offices: complete, and a publicity rule for every field of a record."""

import zoneinfo
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ipregister.model import offices
from ipregister.model.design import DesignParty, SingleDesign
from ipregister.model.errors import UsageError
from ipregister.model.event import Recordal
from ipregister.model.offices import codes, office, zones
from ipregister.model.publicity import rules_of
from ipregister.model.record import RIGHTS

OFFICES = codes()


def fields(kind: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(kind)}


PARTIES = {
    "applicants", "holders", "representatives", "correspondents", "inventors", "examiners", "designers", "producers",
    "control_bodies", "authorised_users", "authors",
}  # fmt: skip


@pytest.mark.parametrize("right", sorted(RIGHTS))
@pytest.mark.parametrize("code", OFFICES)
def test_every_field_has_a_publicity_rule(code: str, right: str) -> None:
    tree: dict[str, Any] = rules_of(office(code), right)
    assert set(tree) == fields(RIGHTS[right])
    for role in PARTIES & set(tree):
        assert set(tree[role]) == fields(DesignParty)
        assert (tree[role]["contact"], tree[role]["address_lines"]) == ("restricted", "legal-persons")
    assert set(tree["recordals"]) == fields(Recordal)
    assert set(tree["recordals"]["parties"]) == fields(DesignParty)
    if right == "design":
        assert set(tree["designs"]) == fields(SingleDesign)
        assert tree["designs"]["designers"] == tree["applicants"]
    if right == "work":
        assert tree["copies"] == "restricted"


@pytest.mark.parametrize("code", OFFICES)
def test_the_facts_are_complete(code: str) -> None:
    facts = office(code)
    assert facts.code == code
    zoneinfo.ZoneInfo(facts.zone)
    assert facts.publicity["trademark"].source
    assert facts.notice is not None
    assert "prevail" in facts.notice.text
    assert facts.notice.certified_copy
    assert facts.terms
    assert all("unreviewed" in term.source for term in facts.terms)
    assert facts.feed.name_patterns
    assert facts.series
    assert set(facts.feed.lacks) <= {name for kind in RIGHTS.values() for name in fields(kind)}
    for right, notice in facts.notices.items():
        assert right in RIGHTS
        assert "prevail" in notice.text
        assert notice.certified_copy
        assert notice.attribution.startswith(facts.name)


def test_each_system_of_wipo_has_its_own_register_and_gazette() -> None:
    facts, said = office("WO"), {}
    for right in ("trademark", "design", "indication", "emblem", "patent", "work"):
        notice = facts.notice_on(right)
        assert notice is not None
        said[right] = notice.text + notice.attribution
        assert ("Madrid" in said[right] or "Marks" in said[right]) == (right == "trademark")
    assert len(set(said.values())) == len(said)
    assert "International Designs Bulletin" in said["design"]
    assert "6ter" in said["emblem"]
    assert "Lisbon" in said["indication"]
    assert "PCT Gazette" in said["patent"]
    assert facts.notice_on("work") == facts.notice
    assert office("LA").notice_on("design") == office("LA").notice


def test_zones_are_those_of_the_facts() -> None:
    assert zones() == {code: office(code).zone for code in codes()}


SOUND = """
code = "TL"
name = "x"
zone = "Asia/Dili"
series = [{name = "n", pattern = '(?P<n>\\d+)', key = "{n}"}]
feed = {reader = "st66", record_tags = ["T"], name_patterns = [], full_patterns = []}
"""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("x =", "line 7"),
        ("languages = 3", "languages"),
        ('statuses = {odd = "?"}', "no such state: 'odd'"),
        ("# \xff", "TOML"),
        (
            "series = [{name = 'n', pattern = 'MGU (?P<n>\\d+)', key = '{n}', examples = ['MGU 12']}]",
            "compared as 'MGU12'",
        ),
        ("series = [{name = 'n', pattern = '(?P<n>', key = '{n}'}]", "the pattern is none"),
    ],
)
def test_a_wrong_file_of_an_installation_is_told_with_its_place(
    wrong: str, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "tl.toml"
    file.write_text(SOUND, encoding="utf-8")
    offices.use_folder(tmp_path)
    try:
        assert office("TL").name == "x"
        rest = "".join(
            line for line in SOUND.splitlines(keepends=True) if line.split()[:1] != wrong.split()[:1]
        )
        file.write_bytes((rest + wrong + "\n").encode("latin-1"))
        offices.forget()
        with pytest.raises(UsageError, match=told) as caught:
            office("TL")
        assert "tl.toml" in str(caught.value)
    finally:
        offices.use_folder(tmp_path / "none")
