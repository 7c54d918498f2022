"""Persons who are not to be named: out of every projection, whatever else it shows, and their places stay."""

import datetime as dt
import json
from typing import Any

import msgspec
import pytest

from ipregister.model import canonical
from ipregister.model.design import Design, DesignParty, SingleDesign
from ipregister.model.offices import office
from ipregister.model.patent import Patent, PatentParty
from ipregister.model.publicity import project, public_kept, public_record
from ipregister.model.record import Record
from ipregister.model.right import Publication
from ipregister.model.text import Kept, Text
from ipregister.model.unnamed import has_unnamed, says_yes

LA, DAY = office("LA"), dt.date(2026, 7, 1)
SHOWN, SECRET = Text(text="Bounmy"), Text(text="Canary")
PUBLISHED = (Publication(date="2020-01-01"),)


def patent(hidden: str) -> Patent:
    inventors = (PatentParty(names=(SECRET,), country="LA", hidden=hidden), PatentParty(names=(SHOWN,)))
    return Patent(office="LA", application_number="P/1", registration_date="2020-01-01", inventors=inventors)


def design(*, flags: tuple[str, ...] = (), own: tuple[str, ...] = (), hidden: str = "") -> Design:
    one = SingleDesign(designers=(DesignParty(names=(SECRET,)),), flags=own)
    designers = (DesignParty(names=(SECRET,), hidden=hidden), DesignParty(names=(SHOWN,)))
    return Design(office="LA", application_number="D/1", publications=PUBLISHED, designs=(one,), designers=designers,
                  flags=flags)  # fmt: skip


def public(record: Record, present: Record | None = None) -> dict[str, Any]:
    plain = project(record, LA, DAY, present)
    assert plain is not None
    return plain


@pytest.mark.parametrize("word", ["true", "1", "yes", " YES "])
def test_an_inventor_who_is_not_to_be_published_is_nowhere(word: str) -> None:
    plain = public(patent(word))
    assert "Canary" not in json.dumps(plain)
    first, second = plain["inventors"]  # places of evidence stay what they are
    assert (first, list(second)) == ({}, ["names"])


@pytest.mark.parametrize("word", ["", "false", "0", "no"])
def test_an_indicator_that_says_no_hides_nobody(word: str) -> None:
    assert not has_unnamed(patent(word))
    assert "Canary" in json.dumps(public(patent(word)))
    assert not says_yes(word)


def test_what_goes_out_as_a_record_has_the_others_alone() -> None:
    record = public_record(patent("true"), LA, DAY)
    assert isinstance(record, Patent)
    assert [one.names for one in record.inventors] == [(SHOWN,)]
    assert b"Canary" not in canonical.encode(record)


WAIVED = "designer-waiver=true"


@pytest.mark.parametrize(
    ("record", "left"),
    [(design(flags=(WAIVED,)), 0), (design(own=(WAIVED,)), 0), (design(hidden="true"), 1),
     (design(flags=("designer-waiver=false",)), 2)],
)  # fmt: skip
def test_designers_who_waived_to_be_cited_are_not(record: Design, left: int) -> None:
    told = json.dumps(public(record))
    assert told.count("Canary") == (
        left if left < 2 else 2
    )  # hidden at the record alone: the design's own stays


def test_a_design_without_a_flag_shows_its_designers() -> None:
    assert not has_unnamed(design())
    assert json.dumps(public(design())).count("Canary") == 2


@pytest.mark.parametrize("record", [patent(""), design()])
def test_a_former_version_hides_whom_the_present_one_hides(record: Record) -> None:
    present = patent("true") if isinstance(record, Patent) else design(flags=(WAIVED,))
    assert "Canary" not in json.dumps(public(record, present))
    assert "Canary" in json.dumps(public(record, record))


def test_a_present_version_that_hides_nobody_opens_no_former_one() -> None:
    assert "Canary" not in json.dumps(public(patent("true"), patent("")))


def test_a_record_of_another_right_has_nobody_hidden() -> None:
    plain = msgspec.structs.replace(patent(""), inventors=())
    assert not has_unnamed(plain)


@pytest.mark.parametrize(
    "field", ["/inventors/0/names/0/text", "/inventors/nationality", "/inventors/1/country"]
)
def test_what_could_not_be_read_of_such_a_person_is_not_told_either(field: str) -> None:
    kept = (Kept(field, "Canary", "not-a-country"), Kept("/applicants/0/country", "X", "not-a-country"))
    record = msgspec.structs.replace(patent("true"), kept=kept)
    plain = public(record)
    assert [one["field"] for one in plain["kept"]] == ["/applicants/0/country"]
    assert public_kept(record, LA, DAY) == [1]
    former = msgspec.structs.replace(patent(""), kept=kept)
    assert [one["field"] for one in public(former, patent("true"))["kept"]] == ["/applicants/0/country"]


def test_what_could_not_be_read_of_a_designer_who_waived_is_not_told() -> None:
    kept = (
        Kept("/designs/0/designers/0/names/0/text", "Canary", "unmapped"),
        Kept("/designers/0/country", "X", "not-a-country"),
    )
    assert "kept" not in public(msgspec.structs.replace(design(own=(WAIVED,)), kept=kept))
