"""The public projection: no rule means restricted, and what is restricted never comes out."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from ipregister.model import offices
from ipregister.model.design import Design, SingleDesign
from ipregister.model.event import Recordal
from ipregister.model.indication import Indication
from ipregister.model.legal_forms import is_legal_person
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.offices import Feed, Office, Publicity, office
from ipregister.model.party import Contact, Party
from ipregister.model.patent import Patent, PatentPublication
from ipregister.model.publicity import is_public, opened_on, project, public_record, record_state, rules_of
from ipregister.model.right import Publication, Right
from ipregister.model.text import Kept, Text

DAY = dt.date(2026, 6, 30)
FIELDS = {
    "mark": "public",
    "application_number": "public",
    "applicants/names": "public",
    "applicants/country": "public",
    "applicants/address_lines": "legal-persons",
    "goods": "public",
    "publications": "public",
}


def office_with(record: str = "public", fields: dict[str, str] | None = None, code: str = "LA") -> Office:
    rules = Publicity(record=record, fields=FIELDS if fields is None else fields)
    return Office(
        code=code,
        name="An office",
        zone="Asia/Vientiane",
        feed=Feed(reader="st66", record_tags=("Transaction",)),
        series=(),
        publicity={"trademark": rules},
    )


def mark_of(name: str = "Somchay Vong", **party: object) -> Trademark:
    applicant = Party(
        names=(Text(name),),
        address_lines=(Text("CANARY-STREET 7"),),
        country="LA",
        identifier="CANARY-IDENTITY",
        contact=Contact(phone=("CANARY-PHONE",), email=("CANARY@example.org",)),
        **party,  # type: ignore[arg-type]
    )
    return Trademark(
        office="LA",
        application_number="37978",
        mark=Mark(verbal=(Text("TA YA"),)),
        goods=(Goods(class_number=9, texts=(Text("cables"),)),),
        applicants=(applicant,),
        kept=(
            Kept("/goods/0/class_number", "N/A", "not-a-class"),
            Kept("/applicants/0/identifier", "CANARY-KEPT", "x"),
        ),
    )


def test_a_natural_person_shows_name_and_country_only() -> None:
    plain = shown(mark_of())
    assert plain["applicants"] == [{"names": [{"text": "Somchay Vong"}], "country": "LA"}]
    assert b"CANARY" not in msgspec.json.encode(plain)
    assert [k["text"] for k in plain["kept"]] == ["N/A"]


def shown(record: Trademark) -> dict[str, Any]:
    return msgspec.json.decode(msgspec.json.encode(project(record, office_with(), DAY)), type=dict[str, Any])


@pytest.mark.parametrize("name", ["Lotus River Co., Ltd.", "ບໍລິສັດ ດອກບົວ", "ТОО Бұлақ", "PT Melati"])
def test_the_street_of_a_company_is_public(name: str) -> None:
    plain = shown(mark_of(name))
    assert plain["applicants"][0]["address_lines"] == [{"text": "CANARY-STREET 7"}]
    assert b"CANARY-PHONE" not in msgspec.json.encode(plain)


def test_the_word_of_the_office_wins_over_the_name() -> None:
    plain = project(mark_of("Lotus Co., Ltd.", kind="natural"), office_with(), DAY)
    assert plain is not None
    assert "address_lines" not in plain["applicants"][0]


def test_no_rule_means_restricted() -> None:
    assert project(mark_of(), office_with(record="restricted"), DAY) is None
    bare = project(mark_of(), office_with(fields={}, code="KH"), DAY)
    assert bare == {"right": "trademark", "office": "LA", "subtype": "TRADEMARK"}


def test_an_application_is_embargoed_until_it_is_published() -> None:
    office = office_with(record="after-publication")
    record = mark_of()
    assert record_state(record, office, DAY) == "embargoed"
    later = msgspec.structs.replace(record, publications=(Publication(date="2026-06-30"),))
    assert record_state(later, office, DAY) == "public"
    assert record_state(later, office, DAY - dt.timedelta(days=1)) == "embargoed"


@pytest.mark.parametrize("code", ["BN", "ID", "KH", "KZ", "LA", "MY", "PH", "SG", "TH", "VN"])
def test_an_indication_that_is_only_filed_is_not_public(code: str) -> None:
    filed = Indication(office=code, application_number="7", application_date="2026-01-31")
    assert record_state(filed, offices.office(code), DAY) == "embargoed"
    registered = msgspec.structs.replace(filed, registration_number="9", registration_date="2026-03-01")
    assert record_state(registered, offices.office(code), DAY) == "public"
    published = msgspec.structs.replace(filed, publications=(Publication(date="2026-02-01"),))
    assert record_state(published, offices.office(code), DAY) == "public"


@pytest.mark.parametrize("code", ["SG", "VN"])
def test_an_indication_that_an_agreement_lists_is_public_without_a_date(code: str) -> None:
    """Nobody applied for it at the office."""
    listed = Indication(office=code, identifier="FTA-4", office_status="Registered")
    assert record_state(listed, offices.office(code), DAY) == "public"


@pytest.mark.parametrize("changes", [
    {"office_status": "In examination"}, {"publications": (Publication(date="2027-01-05"),)}, {"publications": (Publication(identifier="3"),)},
    {"registration_date": "2027-01-05"}, {"kept": (Kept("/application_date", "31/02/2025", "not-a-date"),)},
    {"kept": (Kept("/publications/0/date", "31/02/2025", "not-a-date"),)},
])  # fmt: skip
def test_an_indication_of_which_more_is_told_is_no_listed_one(changes: dict[str, Any]) -> None:
    listed = Indication(office="VN", registration_number="9", office_status="Registered")
    assert record_state(listed, offices.office("VN"), DAY) == "public"
    assert record_state(msgspec.structs.replace(listed, **changes), offices.office("VN"), DAY) == "embargoed"


def test_the_projection_is_a_record_again() -> None:
    record = public_record(mark_of(), office_with(), DAY)
    assert isinstance(record, Trademark)
    assert record.applicants[0].contact is None
    assert record.mark.verbal[0].text == "TA YA"


def test_pointers_follow_the_same_rules() -> None:
    tree = rules_of(office_with(), "trademark")
    assert is_public("/applicants/0/names/0/text", tree)
    assert not is_public("/applicants/0/contact/phone/0", tree)
    assert not is_public("/applicants/0/address_lines/0/text", tree)
    assert not is_public("/registration_number", tree)


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("Ab Rahman bin Ismail", False),
        ("Sa Sokha", False),
        ("CHAN SA", False),
        ("Tran Van Co", False),
        ("Volvo AB", True),
        ("Nestlé S.A.", True),
        ("Tan & Co", True),
        ("Lim Co., Ltd.", True),
        ("PT Maju Jaya", True),
        ("АО Казахстан", True),
        ("ບໍລິສັດ ຈຳປາ", True),
    ],
)
def test_names_of_persons_carry_no_legal_form(name: str, legal: bool) -> None:
    assert is_legal_person({"names": [{"text": name}]}) is legal


@pytest.mark.parametrize(
    ("form", "legal"),
    [("Individual", False), ("Natural person", False), ("SARL", True), ("Legal entity", True)],
)
def test_the_form_of_a_legal_entity_counts_by_what_it_says(form: str, legal: bool) -> None:
    assert is_legal_person({"legal_entity": form, "organization_names": [{"text": "Sokha"}]}) is legal


PUBLISHED_LATER = (Publication(date="2027-06-01"),)


@pytest.mark.parametrize(
    ("record", "opened"),
    [
        (Design(office="LA", registration_date="2026-01-05", publications=PUBLISHED_LATER), "2027-06-01"),
        (Design(office="LA", registration_date="2026-01-05"), "2026-01-05"),
        (Design(office="LA", registration_date="2026-01-05", publications=(Publication(date="2027"),)), "2027-12-31"),
        (Design(office="LA", publications=(Publication(date="2019-01-01"), *PUBLISHED_LATER)), "2019-01-01"),
        (Design(office="LA", designs=(SingleDesign(publications=(Publication(date="2019-01-01"),)),
                         SingleDesign(publications=PUBLISHED_LATER))), "2027-06-01"),
        (Patent(office="LA", registration_date="2026-01-05", publications=(PatentPublication(date="2027-06-01"),)),
         "2027-06-01"),
    ],
)  # fmt: skip
def test_a_registration_opens_nothing_that_is_to_be_published_later(record: Right, opened: str) -> None:
    rule = "after-deferment" if isinstance(record, Design) else "after-publication"
    assert opened_on(record, rule) == opened


def test_an_international_design_is_confidential_until_it_is_published() -> None:
    facts, day = office("WO"), dt.date(2026, 7, 1)
    registered = Design(office="WO", registration_number="DM/210400", registration_date="2026-01-05")
    assert record_state(registered, facts, day) == "embargoed"
    told = msgspec.structs.replace(registered, publications=(Publication(date="2026-06-30"),))
    assert record_state(told, facts, day) == "public"
    until = msgspec.structs.replace(told, deferred_until="2026-09-01")
    assert record_state(until, facts, day) == "embargoed"


def test_the_publication_of_an_act_does_not_publish_an_international_design() -> None:
    renounced = Recordal(kind="renunciation", date="2020-01-20", publication="5/2020")
    record = Design(
        office="WO", registration_number="DM/210400", registration_date="2019-01-05", recordals=(renounced,),
        publications=(Publication("5/2020", "2020-02-07"),),
    )  # fmt: skip
    rule = "after-publication-alone"
    assert opened_on(record, rule) == ""
    own = (*record.publications, Publication("45/2027", "2027-11-10"))
    assert opened_on(msgspec.structs.replace(record, publications=own), rule) == "2027-11-10"
    together = (*record.publications, Publication("5/2020", "2020-02-07"))
    assert opened_on(msgspec.structs.replace(record, publications=together), rule) == "2020-02-07"
    unnumbered = msgspec.structs.replace(
        record, publications=(Publication("", "2020-02-07"),), recordals=(Recordal(),)
    )
    assert opened_on(unnumbered, rule) == "2020-02-07"
    assert opened_on(record, "after-deferment") == "2020-02-07"


@pytest.mark.parametrize(
    ("field", "reason", "opened"),
    [("/publications/0/date", "not-a-date", ""), ("/designs/0/publications/0/date", "not-a-date", ""),
     ("/publications/0/date", "placeholder", "2026-01-05"), ("/publications/0/page", "not-a-number", "2026-01-05")],
)  # fmt: skip
def test_a_day_of_publication_that_cannot_be_read_may_lie_ahead(field: str, reason: str, opened: str) -> None:
    record = Design(office="LA", registration_date="2026-01-05", kept=(Kept(field, "31.13.2030", reason),))
    assert opened_on(record, "after-deferment") == opened
    told = msgspec.structs.replace(record, publications=(Publication(date="2026-02-01"),))
    assert opened_on(told, "after-deferment") == "2026-02-01"
