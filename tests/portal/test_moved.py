"""The address of a record whose number the office corrected."""

import msgspec
import pytest
from django.test import Client

from ipregister.model import canonical
from ipregister.model.mark import Trademark
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.cli.conftest import Command, command
from tests.store.filings import deliver, mark, slice_of

GONE = canonical.encode(Trademark(office="LA", application_number="1", deleted=True))


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    """One record that was deleted, two that are there, and one that is there under a third number."""
    made = Register(packs=sqlite_database.path("packs"))
    deliver(made, "one", "2020-01-01", [slice_of(n, f"la-{n + 1}", mark(str(n + 1))) for n in range(3)])
    deliver(made, "two", "2020-02-01", [slice_of(0, "la-1", GONE, deleted=True)])
    return made


@pytest.fixture
def run(sqlite_database: Options) -> Command:
    return command(sqlite_database)


def test_the_old_address_leads_to_the_record_with_what_was_asked(register: Register, run: Command) -> None:
    client = Client()
    assert client.get("/r/la-1").status_code == 410
    assert run("moved", "la-1", "la-2").row == {"old": "la-1", "new": "la-2"}
    answer = client.get("/r/la-1", {"format": "json"})
    assert (answer.status_code, answer["Location"]) == (301, "/r/la-2?format=json")
    assert client.get("/r/la-1")["Location"] == "/r/la-2"
    before = client.get("/r/la-1", {"as-of": "2020-01-15"})
    assert before.status_code == 200  # what it said then, it said under its old number
    assert next(match.key for match in register.resolve("la-1")) == "la-2"


def test_what_cannot_have_moved_is_refused(register: Register, run: Command) -> None:
    for old, new, code, told in (
        ("la-3", "la-2", 2, "la-3 is a record of its own"), ("la-1", "la-9", 2, "no record 'la-9'"),
        ("la-1", "la-1", 2, "leads elsewhere itself"),
    ):  # fmt: skip
        ran = run("moved", old, new)
        assert (ran.code, told in ran.err) == (code, True), ran.err
    assert register.redirect("la-1") == ""


def test_a_number_may_be_corrected_twice_and_never_in_a_circle(register: Register, run: Command) -> None:
    run("moved", "la-1", "la-2")
    gone = canonical.encode(
        msgspec.structs.replace(Trademark(office="LA", application_number="2"), deleted=True)
    )
    deliver(register, "three", "2020-03-01", [slice_of(0, "la-2", gone, deleted=True)])
    run("moved", "la-2", "la-3")
    assert (register.redirect("la-1"), register.redirect("la-2")) == ("la-3", "la-3")
    assert run("moved", "la-3", "la-1").code == 2
