"""The staff's list of marks near indications, and its verb."""

from collections.abc import Callable

from django.test import Client

from ipregister.intake import conflicts
from ipregister.portal.staff import conflicts as staff
from ipregister.search.indications.book import Conflict, ConflictBook
from ipregister.search.similarity.reasons import Reason
from ipregister.web import wiring
from ipregister.web.options import Options
from tests.cli.conftest import command

SignIn = Callable[..., Client]


def fill(options: Options, amount: int = 1, indication: str = "") -> list[str]:
    """A book with conflicts of marks of Laos and Thailand with a public record; the keys of the marks."""
    register = wiring.site().register
    conflicts.catch_up(register, options.data / staff.FOLDER)
    keys = register.keys(office="LA", right="trademark", limit=amount)
    other = indication or register.keys(office="KH", right="trademark", limit=1)[0]
    rows = [(key, "LA") for key in keys] + [(register.keys(office="TH", right="trademark", limit=1)[0], "TH")]
    with ConflictBook(options.data / staff.FOLDER, write=True) as book, book.one_step():
        book.add([Conflict(key, other, code, f"Mark {key}", "Kampot Pepper", "contained", 0.85, 1.0,
                           (Reason("same-look", "looks the same"),), "v") for key, code in rows])  # fmt: skip
    return keys


def test_staff_see_the_marks_of_their_office(own: Options, signed_in: SignIn) -> None:
    keys = fill(own)
    page = signed_in("clerk", "LA").get("/staff/conflicts").content.decode()
    assert f"Mark {keys[0]}" in page
    assert "Mark th-" not in page
    assert "looks the same" in page
    assert "the same sort of product" in page
    assert "Marks near indications" in page


def test_nobody_else_sees_them(own: Options, signed_in: SignIn, client: Client) -> None:
    fill(own)
    assert client.get("/staff/conflicts").status_code == 302
    assert signed_in().get("/staff/conflicts").status_code == 403
    assert signed_in("clerk", "LA").get("/staff/conflicts?office=TH").status_code == 403


def test_an_indication_that_is_not_public_is_not_told_of(own: Options, signed_in: SignIn) -> None:
    fill(own, indication="kh-gi-none")
    assert "Kampot" not in signed_in("clerk", "LA").get("/staff/conflicts").content.decode()


def test_pages(own: Options, signed_in: SignIn) -> None:
    keys = fill(own, amount=staff.SHOWN + 5)
    client = signed_in("clerk", "LA")
    first = client.get("/staff/conflicts?format=json").json()
    second = client.get(f"/staff/conflicts?format=json&before={first['before']}").json()
    assert len(first["conflicts"]) == staff.SHOWN
    told = {row["mark"] for row in (*first["conflicts"], *second["conflicts"])}
    assert told >= set(keys)
    assert second["before"] == 0


def test_before_the_worker_has_looked(own: Options, signed_in: SignIn) -> None:
    assert "not compared" in signed_in("clerk").get("/staff/conflicts").content.decode()


def test_the_verb(own: Options) -> None:
    keys = fill(own)
    verb = command(own)
    rows = verb("gi-conflicts", "--office", "LA").rows
    assert keys[0] in {row["mark"] for row in rows}
    assert {row["office"] for row in rows} == {"LA"}
    assert len(verb("gi-conflicts", "--limit", "1").rows) == 1
    assert verb("gi-conflicts", "--office", "XX").code == 2
