"""Rights for which WIPO has no standard of events: states by the register's own table; the copy of a deposit is hidden."""

import datetime as dt
import json

import pytest

from ipregister.model import codelists
from ipregister.model.emblem import Emblem
from ipregister.model.event import Event
from ipregister.model.indication import Indication, Product
from ipregister.model.offices import codes, office
from ipregister.model.party import Contact, Party
from ipregister.model.publicity import project
from ipregister.model.right import Right
from ipregister.model.status import derive
from ipregister.model.text import Extra, Kept, Text
from ipregister.model.work import Copy, Work

DAY = dt.date(2026, 1, 31)
CANARY = "canary7531"


def test_the_table_names_states_of_the_register() -> None:
    rows = codelists.table("own_statuses").values()
    assert {row["state"] for row in rows} <= codelists.codes("states")
    assert {row["right"] for row in rows} == {"indication", "emblem", "work"}
    assert "own" in codelists.header("own_statuses")["source"]


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (Indication(office="TH", office_status="Protected"), "registered"),
        (Indication(office="KH", office_status="Renewalprocess"), "registered"),
        (Indication(office="EU", office_status="Applied"), "filed"),
        (Indication(office="LA", registration_date="2020-01-01"), "registered"),
        (Indication(office="LA", registration_date="2010-01-01", expiry_date="2020-01-01"), "term-ended"),
        (Indication(office="LA", events=(Event(kind="refused", date="2020-01-01"),)), "refused"),
        (Emblem(office="WO", office_status="Communicated"), "published"),
        (Emblem(office="SG", office_status="Protected"), "registered"),
        (Emblem(office="SG", office_status="Objected"), "opposed"),
        (Work(office="LA", office_status="Deposited"), "registered"),
        (Work(office="VN", office_status="Annulled"), "cancelled"),
        (Work(office="KH", registration_date="2021-05-05"), "registered"),
        (Work(office="KH", office_status="Unheard of"), "unknown"),
    ],
)
def test_the_state_of_a_right_without_a_standard(record: Right, state: str) -> None:
    assert derive(record, office(record.office), DAY, "2026-01-01").state == state


def test_every_term_of_indications_is_unreviewed_law() -> None:
    terms = [term for code in codes() for term in office(code).terms if term.right == "indication"]
    assert len(terms) >= 10
    assert all("unreviewed" in term.source for term in terms)
    assert all(not term.grace_months for term in terms if not term.years)


@pytest.mark.parametrize("code", codes())
def test_nothing_of_a_deposited_copy_is_public(code: str) -> None:
    record = Work(
        office=code, application_number="7", titles=(Text("Song of the River"),),
        copies=(Copy(filename=f"{CANARY}.pdf", format=CANARY, identifier=CANARY, texts=(Text(CANARY),)),),
        descriptions=(Text(CANARY),), identifier=CANARY, file_reference=CANARY, notes=(Text(CANARY),),
        authors=(Party(kind="natural", names=(Text("Ada"),), address_lines=(Text(CANARY),), contact=Contact(phone=(CANARY,))),),
        kept=(Kept("/copies/0/filename", CANARY, "placeholder"),), extra=(Extra("copy", CANARY),),
    )  # fmt: skip
    public = project(record, office(code), DAY)
    assert public is not None
    assert list(public["titles"]) == [{"text": "Song of the River"}]
    assert CANARY not in json.dumps(public)


def test_an_indication_is_public_with_its_product() -> None:
    record = Indication(
        office="KH", names=(Text("Pepper"),), products=(Product("nice", "30"),), notes=(Text(CANARY),),
        registration_date="2020-01-05",
    )  # fmt: skip
    public = project(record, office("KH"), DAY)
    assert public is not None
    assert list(public["products"]) == [{"scheme": "nice", "number": "30"}]
    assert CANARY not in json.dumps(public)
