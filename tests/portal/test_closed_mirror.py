"""What a publisher closed is closed at his mirror in all its versions, where content decides on publicity."""

from pathlib import Path

import pytest
from django.test import Client
from msgspec.structs import replace

from ipregister.intake import indexer, loading
from ipregister.model import canonical
from ipregister.model.design import Design, SingleDesign
from ipregister.model.mark import Mark, Trademark
from ipregister.model.numbers import key_of
from ipregister.model.offices import office
from ipregister.model.record import Record, right_of
from ipregister.model.text import Text
from ipregister.publication.bulk.lines import Line
from ipregister.publication.mirroring.deliveries import About, make_of
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.portal.releasing import release
from tests.store.filings import deliver, slice_of

WORD = "CANARYBASKET"
DESIGN = Design(office="LA", application_number="I/612", registration_number="588", registration_date="2025-10-10",
                designs=(SingleDesign(titles=(Text(WORD),)),))  # fmt: skip
MARK = Trademark(office="LA", application_number="612", mark=Mark(verbal=(Text(WORD),)))
DOORS = ("/r/{key}", "/r/{key}?version=1", "/r/{key}/history", "/api/v1/records/{key}?version=1", "/api/v1/records/{key}/history",
         "/changes?include=record", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/search?q=")  # fmt: skip


def mirrored(options: Options, folder: Path, record: Record, kind: str) -> tuple[Register, str]:
    """A register that held a record, to which a line of its publisher came."""
    release(options.data)
    register = Register(packs=options.path("packs"))
    keyed = key_of(record, office("LA"))
    assert keyed is not None
    key = keyed.key
    one = replace(slice_of(0, key, canonical.encode(record)), right=right_of(record))
    deliver(register, "a", "2026-01-01", [one])
    line = Line(key=key, kind=kind, number=7, office="LA", extracted="2026-02-01")  # type: ignore[arg-type]  # both kinds
    about = About("p1", "ed25519:0", {}, "2026-02-01")
    (made,) = make_of([line], about, folder / "work", lambda key: record, {})
    loading.load(register, office("LA"), made.path, scratch=folder / "s", day=made.day, kind="delta")
    indexer.catch_up(register, options.path("index"))
    return register, key


@pytest.mark.parametrize(("kind", "gives"), [("closed", set()), ("deleted", {"?version=1", "/history"})])
def test_a_closed_design_is_closed_in_all_its_versions(
    sqlite_database: Options, tmp_path: Path, client: Client, kind: str, gives: set[str]
) -> None:
    register, key = mirrored(sqlite_database, tmp_path, DESIGN, kind)
    assert register.require(key).deleted
    answers = {door: client.get(door.format(key=key)) for door in DOORS}
    found = {door for door, answer in answers.items() if WORD in answer.content.decode()}
    assert {end for door in found for end in gives if door.endswith(end)} == gives
    assert bool(found) == bool(gives)
    assert {answers[door].status_code for door in DOORS[:5]} == ({404} if kind == "closed" else {410, 200})
    assert answers["/changes?include=record"].json()["changes"][-1]["kind"] == "deletion"


def test_a_closed_mark_is_deleted_with_all_that_it_was(sqlite_database: Options, tmp_path: Path) -> None:
    """Its content closes nothing: what is given of it is a matter of the switches here."""
    register, key = mirrored(sqlite_database, tmp_path, MARK, "closed")
    assert WORD in register.require(key).body.decode()
