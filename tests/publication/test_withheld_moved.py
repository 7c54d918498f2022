"""What is withheld of a record is withheld of what stands under its former numbers, too."""

import datetime as dt
import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from msgspec.structs import replace

from ipregister.intake.loading import load
from ipregister.model import canonical
from ipregister.model.offices import office
from ipregister.portal.models import AuditEntry
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.withholding.planned import unfinished
from ipregister.publication.withholding.withholding import withhold
from ipregister.store import moving, notices, withholding
from ipregister.store.causes import WITHHOLDING
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.cli.conftest import command
from tests.portal.releasing import release
from tests.publication.test_withholding import (
    DAY,
    GROUND,
    data,
    deliveries,
    holders,
    loaded,
    loaded_template,
    order,
    victim,
)
from tests.store.filings import deliver, mark, slice_of

__all__ = ["data", "deliveries", "loaded", "loaded_template"]
NEW, NOW = "la-99001", dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
BY = ("--ground", GROUND, "--day", DAY)


def renumber(register: Register, data: Path, folder: Path, key: str) -> None:
    """The office deletes a record, delivers it under another number, and the address moves."""
    record = register.record(register.require(key))
    for day, one, body in (
        ("20260801", key, replace(record, deleted=True)),
        ("20260802", NEW, replace(record, application_number=NEW.removeprefix("la-"))),
    ):
        path = folder / f"LA.{day}_01.zip"
        with zipfile.ZipFile(path, "w") as packed:
            line = {"key": one, "source": {"office": "LA"}, **msgspec.json.decode(canonical.encode(body))}
            packed.writestr("records.jsonl", json.dumps(line) + "\n")
        load(register, office("LA"), path, scratch=data / "scratch", kind="delta")
    moving.move(register.alias, key, NEW, NOW)


def causes(register: Register, key: str) -> set[str]:
    return {one.cause for one in register.history(key)}


def test_no_file_holds_what_stood_under_a_former_number(loaded: Register, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    key, text = victim(loaded)
    renumber(loaded, data, tmp_path, key)
    publish(loaded, data, out, "full", processes=1)
    assert {"pack", "body"} <= set(holders(data, out, text.encode()))
    done = withhold(loaded, data, order(NEW))
    assert (done.former, done.keys) == ((key,), (NEW, key))
    assert holders(data, out, text.encode()) == []
    assert causes(loaded, key) == causes(loaded, NEW) == {WITHHOLDING}
    ledger = Ledger(data)
    said = {one.entry.key for one in ledger.of_keys([key, NEW]) if one.entry.kind == "withdrawal"}
    ledger.close()
    assert said == {key, NEW}  # a mirror follows each
    assert unfinished(data) == []


def test_what_a_crash_left_of_a_former_number_is_ended_first(
    loaded: Register, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, text = victim(loaded)
    renumber(loaded, data, tmp_path, key)
    with monkeypatch.context() as broken:
        broken.setattr(withholding, "wipe", lambda _alias: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            withhold(loaded, data, order(NEW))
    assert {plan.order.key for plan in unfinished(data)} == {key, NEW}
    withhold(loaded, data, order(NEW))
    assert (unfinished(data), holders(data, tmp_path / "out", text.encode())) == ([], [])


@pytest.fixture
def register(database: Options) -> Register:
    """A mark that was deleted under two numbers and stands under a third; both addresses lead there."""
    made = Register(packs=database.path("packs"))
    release(database.data)
    says = {"office_status": "CANARY"}
    for at, old in enumerate(("1", "2")):
        gone = canonical.encode(replace(canonical.decode(mark(old, **says)), deleted=True))
        deliver(made, f"{at}a", f"2020-01-0{at + 1}", [slice_of(0, f"la-{old}", mark(old, **says))])
        deliver(made, f"{at}b", f"2020-02-0{at + 1}", [slice_of(0, f"la-{old}", gone, deleted=True)])
    deliver(made, "new", "2020-03-01", [slice_of(0, "la-3", mark("3", **says))])
    return made


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="localhost")


DOORS = ("/r/la-1?version=1", "/r/la-1?as-of=2020-01-05", "/r/la-1/history", "/api/v1/records/la-1?version=1",
         "/api/v1/records/la-1/history", "/r/la-2?version=1", "/r/la-3", "/api/v1/records/la-3", "/changes?include=record")  # fmt: skip


def telling(client: Client) -> list[str]:
    return [one for one in DOORS if b"CANARY" in client.get(one).content]


def test_a_record_is_withheld_under_all_its_numbers_and_they_are_named(
    register: Register, database: Options, client: Client
) -> None:
    run = command(database)
    run("moved", "la-1", "la-2")
    run("moved", "la-2", "la-3")
    assert "/r/la-1?version=1" in telling(client)
    ran = run("withhold", "la-3", *BY)
    assert (ran.code, ran.row["former"]) == (0, ["la-1", "la-2"]), ran.err
    assert all(f"{one}: a former number of la-3" in ran.err for one in ("la-1", "la-2"))
    assert telling(client) == []
    assert all(notices.of_key(register.alias, f"la-{n}", notices.WITHDRAWAL) for n in (1, 2, 3))
    assert set(AuditEntry.objects.filter(action="withheld").values_list("object", flat=True)) == {
        "la-1", "la-2", "la-3"
    }  # fmt: skip
    assert run("withhold", "la-3", *BY).row["change"] == ran.row["change"]  # the same, told once
    assert [client.get(f"/r/la-{n}").status_code for n in (1, 2, 3)] == [451] * 3


def test_a_field_goes_under_former_numbers_and_a_version_is_of_one_number(
    register: Register, database: Options, client: Client
) -> None:
    run = command(database)
    run("moved", "la-1", "la-3")
    ran = run("withhold", "la-3", *BY, "--version", "1")
    assert ran.row["former"] == []
    assert "la-1: a former number of la-3; its versions are counted apart and were left" in ran.err
    assert "/r/la-1?version=1" in telling(client)
    ran = run(
        "withhold", "la-3", *BY, "--field", "office_status"
    )  # only under the former number it is still there
    assert (ran.code, ran.row["former"]) == (0, ["la-1"]), ran.err
    assert [one for one in telling(client) if "la-1" in one] == []


def test_a_record_is_not_withheld_by_a_former_number(
    register: Register, database: Options, client: Client
) -> None:
    run = command(database)
    run("moved", "la-1", "la-3")
    ran = run("withhold", "la-1", *BY)
    assert (ran.code, "la-1 is la-3 now" in ran.err, "withhold la-3" in ran.err) == (2, True, True)
    assert WITHHOLDING not in causes(register, "la-1") | causes(register, "la-3")
    assert run("withhold", "la-1", *BY, "--version", "1").code == 0
    assert "/r/la-1?version=1" not in telling(client)


@pytest.mark.parametrize(("first", "then"), [("la-1", "la-3"), ("la-3", "la-1")])
@pytest.mark.parametrize("field", [(), ("--field", "office_status")], ids=["whole", "field"])
def test_what_was_withheld_under_one_number_is_withheld_under_the_other_before_they_are_one(
    register: Register, database: Options, client: Client, first: str, then: str, field: tuple[str, ...]
) -> None:
    run = command(database)
    assert {"/r/la-1?version=1", "/r/la-3"} <= set(telling(client))
    assert run("withhold", first, *BY, *field).code == 0
    ran = run("moved", "la-1", "la-3")
    assert (ran.code, register.redirect("la-1")) == (2, "")
    assert f"what was withheld of {first} stands under {then}" in ran.err
    assert f"ipregister withhold {then}" in ran.err
    assert run("withhold", then, *BY, *field).code == 0
    assert run("moved", "la-1", "la-3").code == 0
    assert [one for one in telling(client) if "la-2" not in one and "changes" not in one] == []
    assert run("withhold", "la-1", *BY, *field).code == 0  # what was done before may be said again


def test_the_numbers_before_an_old_one_are_looked_at_too(register: Register, database: Options) -> None:
    run = command(database)
    run("moved", "la-1", "la-2")
    run("withhold", "la-3", *BY)
    assert "what was withheld of la-3 stands under la-2" in run("moved", "la-2", "la-3").err
    assert run("withhold", "la-2", *BY).row["former"] == ["la-1"]
    assert run("moved", "la-2", "la-3").code == 0
