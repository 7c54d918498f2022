"""What stands under a former number is closed as the record under its present number is, at every door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from msgspec.structs import replace

from ipregister.model.record import Record
from ipregister.portal import images, pictures
from ipregister.store import moving, outgoing
from ipregister.web.options import Options
from tests.portal.test_former_versions import (
    BEFORE,
    CASES,
    CORRECTED,
    KEY,
    LISTS,
    OF_RECORD,
    OPEN,
    OPENS,
    SHA,
    WORD,
    World,
    answers,
    like_the_picture,
    telling,
)

MID, NEW = "la-700", "la-701"


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    """The child processes that decode, and the indexes of pictures, end with these tests."""
    yield
    images.decoder.close()
    for index in pictures._indexes.values():
        index.close()


@pytest.fixture
def world(sqlite_database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(sqlite_database, tmp_path, monkeypatch)


def numbered(record: Record, key: str) -> Record:
    return replace(record, application_number=key.removeprefix("la-"))


def correct(world: World, days: tuple[str, str], old: str, new: str, first: Record, then: Record) -> None:
    """The office deletes a record under one number and delivers it under another; the operator says that it moved."""
    world.say(days[0], replace(numbered(first, old), deleted=True), old)
    world.say(days[1], numbered(then, new), new)
    moving.move(world.register.alias, old, new, CORRECTED)


def assert_closed(world: World, client: Client, *, withdrawn: bool = False) -> None:
    """No door tells of the former number, nor of the present one; of one that went out before the withdrawal is told."""
    found = answers(
        client,
        [*OF_RECORD, *LISTS, f"/search?q={KEY}", "/r/612", "/r/612?format=json", "/api/v1/records/612"],
    )
    assert telling(found) == set()
    assert {one: found[one][0] for one in OF_RECORD if found[one][0] != 404} == {}
    naming = {one.partition("?")[0] for one, (_status, content) in found.items() if NEW.encode() in content}
    assert naming == ({"/changes", "/oai"} if withdrawn else set())
    for address in (
        f"/r/{KEY}",
        f"/r/{KEY}?format=json",
        f"/api/v1/records/{KEY}",
        "/r/612",
        "/api/v1/records/612",
    ):
        answer = client.get(address)
        assert (answer.status_code, "Location" in answer) == (404, False), address
    assert like_the_picture(client) == []
    assert [line for line in world.published() if WORD in line or SHA in line] == []
    assert WORD.encode() not in world.exported()


@pytest.mark.parametrize("case", CASES)
def test_no_door_gives_under_a_former_number_what_is_closed_under_the_present_one(
    world: World, client: Client, case: str
) -> None:
    first, closed = CASES[case]
    world.say("2026-03-01", first)
    world.at(BEFORE)
    assert any(WORD in line for line in world.published())
    assert WORD.encode() in answers(client, [f"/r/{KEY}"])[f"/r/{KEY}"][1]
    correct(world, ("2026-03-10", "2026-03-11"), KEY, NEW, first, closed)
    world.at(CORRECTED)
    assert_closed(world, client)
    told = [one for one in client.get("/changes?include=record").json()["changes"] if one["key"] == KEY]
    assert [(one["kind"], one["version"]) for one in told] == [("deletion", 2)]  # who holds it takes it away


def test_a_number_that_was_corrected_twice_leads_to_the_last(world: World, client: Client) -> None:
    first, closed = CASES["design-deferred"]
    world.say("2026-03-01", first)
    world.at(BEFORE)
    correct(world, ("2026-03-10", "2026-03-11"), KEY, MID, first, first)
    world.at(CORRECTED)
    assert client.get(f"/r/{KEY}")["Location"] == f"/r/{MID}"
    assert client.get(f"/r/{KEY}?version=1").status_code == 200
    correct(world, ("2026-03-12", "2026-03-13"), MID, NEW, first, closed)
    world.at(CORRECTED)
    assert_closed(world, client)
    of_mid = [one.replace(KEY, MID) for one in OF_RECORD]
    assert {status for status, _content in answers(client, of_mid).values()} == {404}


def test_a_record_that_its_office_closes_after_it_moved_closes_its_former_number(
    world: World, client: Client
) -> None:
    first, closed = CASES["design-deferred"]
    world.say("2026-03-01", first)
    world.at(BEFORE)
    correct(world, ("2026-03-10", "2026-03-11"), KEY, NEW, first, first)
    world.at(CORRECTED)
    assert (client.get(f"/r/{KEY}").status_code, client.get(f"/api/v1/records/{KEY}").status_code) == (
        301,
        301,
    )
    assert sum(WORD in line for line in world.published()) >= 2
    world.say("2026-03-22", numbered(closed, NEW), NEW)
    world.at(CORRECTED)
    assert_closed(world, client, withdrawn=True)


@pytest.mark.parametrize("case", sorted(OPENS))
def test_a_former_number_opens_with_the_present_one(world: World, client: Client, case: str) -> None:
    first, closed = CASES[case]
    world.say("2026-03-01", first)
    correct(world, ("2026-03-10", "2026-03-11"), KEY, NEW, first, closed)
    world.at(CORRECTED)
    assert_closed(world, client)
    world.at(OPEN)
    assert client.get(f"/r/{KEY}")["Location"] == f"/r/{NEW}"
    assert client.get(f"/api/v1/records/{KEY}")["Location"].endswith(f"/api/v1/records/{NEW}")
    asked = [one for one in OF_RECORD if "version=1" in one and "copy" not in one]
    asked += [f"/r/{KEY}/history", f"/r/{KEY}/image/{SHA}", f"/api/v1/records/{KEY}/history"]
    assert {status for status, _content in answers(client, asked).values()} == {200}


def test_a_bare_deletion_leads_to_the_present_number(world: World, client: Client) -> None:
    """Its own page is closed, as it says nothing of a publication; where the record is now may be told."""
    first, _closed = CASES["design-deferred"]
    world.say("2026-03-01", first)
    bare = type(first)(office="LA", application_number="612", deleted=True)
    world.say("2026-03-10", bare)
    world.say("2026-03-11", numbered(first, NEW), NEW)
    world.at(CORRECTED)
    assert client.get(f"/r/{KEY}").status_code == 404
    moving.move(world.register.alias, KEY, NEW, CORRECTED)
    assert client.get(f"/r/{KEY}")["Location"] == f"/r/{NEW}"
    assert client.get(f"/r/{KEY}?version=1").status_code == 404  # the stricter of all holds


def test_a_number_that_is_delivered_anew_is_judged_by_itself(world: World, client: Client) -> None:
    first, closed = CASES["design-sealed"]
    world.say("2026-03-01", first)
    correct(world, ("2026-03-10", "2026-03-11"), KEY, NEW, first, closed)
    world.say("2026-03-20", replace(first, registration_number="999"))
    world.at(CORRECTED)
    assert client.get(f"/r/{KEY}").status_code == 200
    assert client.get(f"/r/{KEY}?version=1").status_code == 404


def test_every_way_out_of_the_register_carries_what_rules_a_former_number(
    database: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(database, tmp_path, monkeypatch)
    first, closed = CASES["design-deferred"]
    world.say("2026-03-01", first)
    correct(world, ("2026-03-10", "2026-03-11"), KEY, NEW, first, closed)
    register = world.register
    now = register.get(NEW)
    former, deletion = register.get(KEY, 1), register.get(KEY)
    assert now is not None
    assert former is not None
    assert deletion is not None
    assert (now.present, deletion.deleted) == (None, True)
    assert former.present is not None
    assert former.present.body == deletion.body
    out = {one.number: one for one in outgoing.of_keys(register.alias, [KEY])}
    harvested = register.present(KEY)
    assert harvested is not None
    ruling = [former.present.moved, deletion.present, register.listed([KEY])[KEY].present, harvested.present,
              register.current_bodies([KEY])[0].present, out[2].present, out[1].present and out[1].present.moved]  # fmt: skip
    assert [one.body if one else b"" for one in ruling] == [now.body] * len(ruling)
