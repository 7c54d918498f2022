"""Declarations on the staff pages: drafts by operators, signed by the office itself and by nobody else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ipregister.model.offices import office
from ipregister.portal.models import AuditEntry
from ipregister.publication.completeness import keeping
from ipregister.publication.completeness.declarations import Declaration, declared
from ipregister.web.options import Options
from ipregister.web.urls import site

SignIn = Callable[..., Client]
FORM = {"office": "LA", "right": "trademark", "stage": "applications"}


def drafted(client: Client, data: Path, **fields: object) -> Declaration:
    """A draft written in the form."""
    answer = client.post("/staff/declarations/draft", {**FORM, "totals": "2024 12\n2025  1 300", **fields})
    assert answer.status_code == 302
    return declared(data, "LA")[0]


def refreshed(data: Path) -> None:
    """The ledger of Laos made anew, as the worker does."""
    keeping.refresh(site().register, data, office("LA"), site().clock())


def test_the_form_begins_with_what_is_held(own: Options, signed_in: SignIn) -> None:
    refreshed(own.data)
    page = signed_in("clerk", "LA").get("/staff/declarations?office=LA&right=trademark&stage=registrations")
    kept = keeping.kept(own.data, "LA")
    assert kept is not None
    held = {
        one.year: one.held for one in kept.lines if (one.right, one.stage) == ("trademark", "registrations")
    }
    assert held
    assert page.context["totals"].splitlines() == [f"{year} {n}" for year, n in sorted(held.items())]
    assert b"New draft" not in page.content


def test_a_draft_says_nothing_until_the_office_signs_it(
    own: Options, signed_in: SignIn, client: Client
) -> None:
    admin = signed_in("admin", "LA")
    one = drafted(admin, own.data)
    assert [(total.year, total.total) for total in one.totals] == [("2024", 12), ("2025", 1300)]
    refreshed(own.data)
    assert '"declared": 1300' not in client.get("/office/LA/completeness?format=json").content.decode()
    answer = admin.post(
        "/staff/declarations/sign", {"office": "LA", "declaration": one.digest, "name": "The Registrar"}
    )
    assert answer.status_code == 302
    refreshed(own.data)
    lines = client.get("/office/LA/completeness?format=json").json()["ledger"]["lines"]
    line = next(one for one in lines if one["stage"] == "applications" and one["year"] == "2025")
    assert (line["declared"], line["declaration"], line["signed_by"]) == (1300, "signed", "The Registrar")
    assert line["signed_on"]
    assert b"The Registrar" in admin.get("/staff/declarations?office=LA").content
    assert AuditEntry.objects.filter(action="declaration-signed", office="LA").count() == 1


@pytest.mark.parametrize(
    ("role", "of"), [("admin", ""), ("admin", "KH"), ("operator", "LA"), ("clerk", "LA"), ("", "")]
)
def test_nobody_but_the_office_signs(own: Options, signed_in: SignIn, role: str, of: str) -> None:
    one = drafted(signed_in("operator", "LA"), own.data)
    form = {"office": "LA", "declaration": one.digest, "name": "Somebody"}
    person = signed_in(role, of) if role else signed_in()
    assert person.post("/staff/declarations/sign", form).status_code == 403
    assert not declared(own.data, "LA")[0].signed_by
    if role:
        page = person.get("/staff/declarations?office=LA")
        assert (page.status_code == 200) is (of in {"", "LA"})
        assert b"Sign for the office" not in page.content


def test_drafts_are_of_operators(own: Options, signed_in: SignIn) -> None:
    for person in (signed_in("clerk", "LA"), signed_in("operator", "KH")):
        assert person.post("/staff/declarations/draft", {**FORM, "totals": "2024 1"}).status_code == 403
    assert declared(own.data, "LA") == []
    operator = signed_in("operator", "LA")
    one = drafted(operator, own.data)
    assert signed_in("operator", "KH").post(
        "/staff/declarations/discard", {"office": "LA", "declaration": one.digest}
    ).status_code == 403  # fmt: skip
    operator.post("/staff/declarations/discard", {"office": "LA", "declaration": one.digest})
    assert declared(own.data, "LA") == []


def test_a_list_of_numbers_is_sent_as_a_file(own: Options, signed_in: SignIn) -> None:
    operator = signed_in("operator", "LA")
    file = SimpleUploadedFile("list.txt", b"LA,88,,20240101\nTH,89,,20240102\n")
    one = drafted(operator, own.data, file=file, stage="registrations", source="Gazette 3")
    assert [entry.number for entry in one.numbers] == ["88"]
    assert (one.stage, one.source, one.signed_by) == ("registrations", "Gazette 3", "")
    assert "of office TH" in operator.get("/staff/declarations?office=LA").content.decode()


@pytest.mark.parametrize("totals", ["", "no numbers here", "2024", "20244 7"])
def test_what_declares_nothing_is_told(own: Options, signed_in: SignIn, totals: str) -> None:
    answer = signed_in("operator", "LA").post(
        "/staff/declarations/draft", {**FORM, "totals": totals}, follow=True
    )
    assert "nothing is declared in it" in answer.content.decode()
    assert declared(own.data, "LA") == []


def test_a_declaration_that_is_not_there(own: Options, signed_in: SignIn) -> None:
    admin = signed_in("admin", "LA")
    for digest in ("0" * 64, "../../secret", ""):
        form = {"office": "LA", "declaration": digest, "name": "The Registrar"}
        assert (
            "no such declaration"
            in admin.post("/staff/declarations/sign", form, follow=True).content.decode()
        )
