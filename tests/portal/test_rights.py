"""The pages, search and publicity of every right beside trademarks: shown whole, and nothing that the law keeps back."""

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from django.test import Client

from ipregister.intake import indexer
from ipregister.model import canonical
from ipregister.model.design import Design, DesignParty, ProductClass, SingleDesign, View
from ipregister.model.emblem import Emblem, Objection
from ipregister.model.indication import Area, Indication, Product, Specification
from ipregister.model.mark import Mark, Trademark
from ipregister.model.party import Contact, Party
from ipregister.model.patent import (
    Citation,
    Claim,
    Classification,
    Document,
    FamilyMember,
    Passage,
    Patent,
    PatentParty,
    PatentPriority,
    PatentPublication,
    UtilityModel,
)
from ipregister.model.record import RIGHTS, Record, right_of
from ipregister.model.right import Designation, Publication
from ipregister.model.text import Text
from ipregister.model.work import Copy, Work
from ipregister.publication.release import release_all
from ipregister.store.register import Register
from ipregister.store.rows import Incoming
from ipregister.web.options import Options
from tests.installations import Fill
from tests.store.filings import deliver, slice_of

PERSON = Party(
    kind="natural",
    identifier="CANARY-ID",
    names=(Text("Noy Phommachanh"),),
    address_lines=(Text("CANARY-STREET 3"),),
    country="LA",
    contact=Contact(email=("canary-mail@example.org",), phone=("CANARY-PHONE",)),
)
INVENTOR = msgspec.convert(msgspec.to_builtins(PERSON), PatentParty)
DESIGNER = msgspec.convert(msgspec.to_builtins(PERSON), DesignParty)
PATENT = Patent(
    office="LA",
    application_number="P-1",
    application_date="2020-01-02",
    kind_code="A1",
    titles=(Text("Rice drying house", "en"), Text("ເຮືອນຕາກເຂົ້າ", "lo")),
    abstracts=(Text("A house in which paddy is dried by the sun.", "en"),),
    classifications=(Classification("ipc", "F26B 3/28"), Classification("cpc", "F26B 3/283")),
    inventors=(INVENTOR,),
    applicants=(INVENTOR,),
    claims=(Claim("1", (Text("A drying house with a slanted roof.", "en"),)),),
    description=(Passage("0001", (Text("Paddy spoils in the rain.", "en"),)),),
    citations=(Citation("patent", documents=(Document("US", "1234567", "A"),), categories=("X",)),),
    family=(FamilyMember("9", publications=(Document("WO", "2019000001", "A1"),)),),
    priorities=(PatentPriority("TH", "1901", "2019-01-05"),),
    publications=(PatentPublication("LA1", "2021-07-01", kind_code="A1", office="LA"),),
)
MODEL = UtilityModel(
    office="LA",
    subtype="PETTY-PATENT",
    application_number="U-1",
    application_date="2021-01-02",
    titles=(Text("Folding fish trap", "en"),),
    publications=(PatentPublication(date="2021-09-01"),),
)
DESIGN = Design(
    office="LA",
    application_number="D-1",
    application_date="2022-01-02",
    applicants=(DESIGNER,),
    designs=(
        SingleDesign(
            identifier="1",
            titles=(Text("Rice basket", "en"),),
            products=(ProductClass(number="07-01", texts=(Text("Baskets for rice", "en"),)),),
            views=(View("basket-1.png", "1.1", kind="front"), View("basket-2.png", "1.2", kind="top")),
            designers=(DESIGNER,),
        ),
    ),
    publications=(Publication(date="2022-06-01"),),
)
INDICATION = Indication(
    office="LA",
    application_number="G-1",
    names=(Text("Plain of Stones tea", "en"), Text("ຊາທົ່ງຫີນ", "lo")),
    products=(Product(texts=(Text("Green tea", "en"),)),),
    areas=(Area((Text("Three villages of the high plain", "en"),), "LA"),),
    origins=("LA",),
    specifications=(Specification("S-1"),),
    producers=(Party(kind="legal", names=(Text("Tea Growers of the Plain"),), country="LA"),),
    registration_date="2020-05-05",
)
WORK = Work(
    office="LA",
    application_number="C-1",
    titles=(Text("Songs of the Xe river", "en"),),
    kinds=("musical",),
    authors=(PERSON,),
    created="2018",
    copies=(Copy("CANARY-COPY.pdf", texts=(Text("CANARY-VERSE"),)),),
)
EMBLEM = Emblem(
    office="WO",
    identifier="6T-1",
    names=(Text("League of River States", "en"),),
    owners=(Text("League of River States", "en"),),
    organisation="LRS",
    communicated="2001-02-03",
    objections=(Objection("TH", "2001-05-05"),),
)
MARK = Trademark(
    office="LA",
    application_number="77001",
    kinds=("Collective",),
    mark=Mark(verbal=(Text("PLAIN OF STONES TEA"),)),
)
SHOWN: dict[str, Record] = {
    "la-pat-p-1": PATENT,
    "la-um-u-1": MODEL,
    "la-des-d-1": DESIGN,
    "la-gi-g-1": INDICATION,
    "la-cr-c-1": WORK,
    "wo-em-6t-1": EMBLEM,
    "la-77001": MARK,
    "wo-900": Trademark(office="WO", application_number="900", designations=(Designation("LA"),)),
}
UNPUBLISHED = msgspec.structs.replace(
    PATENT, application_number="P-2", publications=(), titles=(Text("CANARY-INVENTION"),)
)
DEFERRED = msgspec.structs.replace(
    DESIGN,
    application_number="D-2",
    deferred_until="2099-01-01",
    titles=(Text("CANARY-DESIGN"),),
    views=(View("CANARY-VIEW.png"),),
)
HIDDEN: dict[str, Record] = {"la-pat-p-2": UNPUBLISHED, "la-des-d-2": DEFERRED}
CANARIES = ("CANARY-ID", "CANARY-STREET", "CANARY-MAIL", "CANARY-PHONE", "CANARY-COPY", "CANARY-VERSE",
            "CANARY-INVENTION", "CANARY-DESIGN", "CANARY-VIEW")  # fmt: skip
ADDRESSES = [*(f"/r/{key}" for key in (*SHOWN, *HIDDEN)), *(f"/r/{key}/history" for key in (*SHOWN, *HIDDEN)),
             "/", "/search?q=", "/search?q=rice", "/search?q=canary", "/office/LA", "/office/WO", "/status"]  # fmt: skip


def _incoming(records: dict[str, Record]) -> list[Incoming]:
    return [
        msgspec.structs.replace(
            slice_of(index, key, canonical.encode(record)), right=right_of(record), office=record.office
        )
        for index, (key, record) in enumerate(records.items())
    ]


def _fill(options: Options) -> None:
    found = Register(packs=options.path("packs"))
    deliver(found, "rights", "2024-01-01", _incoming(SHOWN | HIDDEN))
    indexer.catch_up(found, options.path("index"))


@pytest.fixture
def register(filled_by: Callable[[Fill], Options]) -> Register:
    return Register(packs=filled_by(_fill).path("packs"))


def test_every_right_is_here() -> None:
    assert {right_of(record) for record in SHOWN.values()} == set(RIGHTS)


WORDS = {
    "la-pat-p-1": ("Rice drying house", "F26B 3/28", "A drying house with a slanted roof.", "Paddy spoils",
                   "US 1234567 A", "WO 2019000001 A1", "Noy Phommachanh"),
    "la-um-u-1": ("Folding fish trap", "Petty patent"),
    "la-des-d-1": ("Rice basket", "07-01", "Baskets for rice", "front", "Noy Phommachanh"),
    "la-gi-g-1": ("Plain of Stones tea", "Green tea", "Three villages", "Tea Growers of the Plain", "la-77001"),
    "la-cr-c-1": ("Songs of the Xe river", "musical", "does not prove who has the rights"),
    "wo-em-6t-1": ("League of River States", "Thailand"),
    "la-77001": ("la-gi-g-1",),
}  # fmt: skip


@pytest.mark.parametrize("key", WORDS)
def test_its_page_shows_it(register: Register, client: Client, key: str) -> None:
    text = client.get(f"/r/{key}").content.decode()
    assert [word for word in WORDS[key] if word not in text] == []
    plain = client.get(f"/r/{key}", {"format": "json"}).json()
    assert plain["right"] == right_of(SHOWN[key])
    assert plain["record"]["office"] == SHOWN[key].office


@pytest.mark.parametrize(
    ("key", "prevails"),
    [("wo-em-6t-1", "Article 6ter database"), ("wo-900", "WIPO Gazette of International Marks")],
)
def test_its_page_names_the_register_that_prevails(
    register: Register, client: Client, key: str, prevails: str
) -> None:
    others = {"Article 6ter database", "Gazette of International Marks", "Designs Bulletin"}
    page = client.get(f"/r/{key}").content.decode()
    told = client.get(f"/r/{key}", {"format": "json"}).json()["notice"]
    for text in (page, told["notice"], client.get(f"/r/{key}/history").content.decode()):
        assert [one for one in others if one in text] == [one for one in others if one in prevails]


FOUND = {
    "title:basket": "la-des-d-1", "locarno:07": "la-des-d-1", "locarno:07-01": "la-des-d-1", "designer:noy": "la-des-d-1",
    "ipc:F26B": "la-pat-p-1", "ipc:F26B3/28": "la-pat-p-1", "cpc:F26B3/283": "la-pat-p-1", "inventor:phommachanh": "la-pat-p-1",
    "abstract:paddy": "la-pat-p-1", "claims:slanted": "la-pat-p-1", "fulltext:spoils": "la-pat-p-1", "cites:US1234567A": "la-pat-p-1",
    "drying house": "la-pat-p-1", "right:utility-model": "la-um-u-1", "subtype:petty-patent": "la-um-u-1",
    "product:green": "la-gi-g-1", "area:villages": "la-gi-g-1", "producer:growers": "la-gi-g-1", "origin:LA": "la-gi-g-1",
    "ຊາທົ່ງຫີນ": "la-gi-g-1", "author:noy": "la-cr-c-1", "right:emblem": "wo-em-6t-1", "designated:LA": "wo-900",
}  # fmt: skip


@pytest.mark.parametrize("query", FOUND)
def test_it_is_found(register: Register, client: Client, query: str) -> None:
    hits = client.get("/search", {"q": query, "format": "json"}).json()["hits"]
    assert [hit["key"] for hit in hits] == [FOUND[query]]


def test_the_facets_count_the_rights(register: Register, client: Client) -> None:
    facets = client.get("/search", {"q": "office:LA", "format": "json"}).json()["facets"]
    counts = {one["value"]: one["count"] for one in facets["right"]}
    assert counts == {
        "patent": 1,
        "utility-model": 1,
        "design": 1,
        "indication": 1,
        "work": 1,
        "trademark": 1,
    }
    assert facets["locarno"] == [{"value": "07", "count": 1}]
    assert facets["ipc"] == [{"value": "F26B", "count": 1}]


def test_the_office_page_counts_rights_and_designations(register: Register, client: Client) -> None:
    text = client.get("/office/LA").content.decode()
    assert "right=indication" in text
    assert "designated%3ALA" in text


@pytest.mark.parametrize("form", ["", "format=json"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_canary_is_shown(register: Register, client: Client, address: str, form: str) -> None:
    answer = client.get(address + (("&" if "?" in address else "?") + form if form else ""), follow=True)
    text = answer.content.decode().upper().replace("Q=CANARY", "")
    assert [canary for canary in CANARIES if canary in text] == []


@pytest.mark.parametrize("key", HIDDEN)
def test_what_is_embargoed_is_not_there(register: Register, client: Client, key: str) -> None:
    assert client.get(f"/r/{key}").status_code == 404
    assert client.get("/search", {"q": "canary", "format": "json"}).json()["total"] == 0
    number = HIDDEN[key].application_number
    assert client.get(f"/r/{number}").status_code == 404


def test_a_deferred_design_opens_on_its_day(sqlite_database: Options, client: Client) -> None:
    ended = msgspec.structs.replace(DEFERRED, deferred_until=(dt.date(2024, 1, 1)).isoformat())
    found = Register(packs=sqlite_database.path("packs"))
    deliver(found, "rights", "2024-01-01", _incoming({"la-des-d-2": ended}))
    assert client.get("/r/la-des-d-2").status_code == 200


def test_an_unpublished_application_opens_with_its_publication(
    sqlite_database: Options, client: Client
) -> None:
    found = Register(packs=sqlite_database.path("packs"))
    release_all(sqlite_database.data)
    key, doors = "la-pat-p-2", ("/r/la-pat-p-2", "/r/la-pat-p-2/history", "/api/v1/records/la-pat-p-2")

    def answers() -> tuple[list[int], int]:
        indexer.catch_up(found, sqlite_database.path("index"))
        total = client.get("/search", {"q": "title:invention", "format": "json"}).json()["total"]
        return [client.get(door, follow=True).status_code for door in doors], total

    deliver(found, "filed", "2024-01-01", _incoming({key: UNPUBLISHED}))
    assert answers() == ([404, 404, 404], 0)
    early = msgspec.structs.replace(UNPUBLISHED, publications=(PatentPublication("LA2", "2099-01-01"),))
    deliver(found, "announced", "2024-02-01", _incoming({key: early}))
    assert answers() == ([404, 404, 404], 0)
    published = msgspec.structs.replace(UNPUBLISHED, publications=(PatentPublication("LA2", "2024-02-20"),))
    deliver(found, "published", "2024-03-01", _incoming({key: published}))
    assert answers() == ([200, 200, 200], 1)


def test_inid_codes_are_those_of_the_right(register: Register, client: Client) -> None:
    patent = client.get("/r/la-pat-p-1", {"inid": "1"}).content.decode()
    assert "(21)" in patent
    assert "(210)" not in patent
    assert "(210)" in client.get("/r/la-77001", {"inid": "1"}).content.decode()


NAMED: dict[str, Record] = {
    "la-gi-g-1": INDICATION,
    "la-gi-g-3": msgspec.structs.replace(INDICATION, application_number="G-3", names=(Text("River salt", "en"),),
                                         homonym=(Text("of the upper river", "en"),)),
    "la-gi-g-4": msgspec.structs.replace(INDICATION, application_number="G-4", names=(Text("River salt", "en"),),
                                         homonym=(Text("of the lower river", "en"),)),
    "la-77001": MARK,
    "la-77002": msgspec.structs.replace(MARK, application_number="77002", kinds=("Certificate",)),
    "la-77003": msgspec.structs.replace(MARK, application_number="77003", kinds=("Individual",)),
    "la-77004": msgspec.structs.replace(MARK, application_number="77004",
                                        mark=Mark(verbal=(Text("PLAIN OF STONES"),))),
    "vn-gi-fta-4": Indication(office="VN", identifier="FTA-4", names=(Text("Vieux Tekihu", "fr"),), origins=("FR",),
                              agreement="Free trade agreement, annex"),
}  # fmt: skip


@pytest.fixture
def named(sqlite_database: Options, client: Client) -> Client:
    """A client of a register of indications, and of marks of their name."""
    found = Register(packs=sqlite_database.path("packs"))
    deliver(found, "rights", "2024-01-01", _incoming(NAMED))
    release_all(sqlite_database.data)
    indexer.catch_up(found, sqlite_database.path("index"))
    return client


@pytest.mark.parametrize(
    ("key", "others"),
    [("la-gi-g-1", {"la-77001", "la-77002"}), ("la-77001", {"la-gi-g-1"}), ("la-77002", {"la-gi-g-1"}),
     ("la-77003", set()), ("la-77004", set()), ("la-gi-g-3", set())],
)  # fmt: skip
def test_the_same_name_as_a_shared_mark_is_a_second_right_linked_both_ways(
    named: Client, key: str, others: set[str]
) -> None:
    assert set(named.get(f"/r/{key}", {"format": "json"}).json()["namesakes"]) == others
    assert set(named.get(f"/api/v1/records/{key}").json()["namesakes"]) == others
    page = named.get(f"/r/{key}").content.decode()
    assert {other for other in NAMED if f'href="/r/{other}"' in page and other != key} == others


def test_homonyms_stay_apart(named: Client) -> None:
    hits = named.get("/search", {"q": "title:river right:indication", "format": "json"}).json()["hits"]
    assert {hit["key"] for hit in hits} == {"la-gi-g-3", "la-gi-g-4"}
    for key, told in (("la-gi-g-3", "upper"), ("la-gi-g-4", "lower")):
        page = named.get(f"/r/{key}").content.decode()
        assert f"of the {told} river" in page
        assert "Told apart" in page


def test_a_foreign_indication_by_agreement_has_neither_number_nor_date(named: Client) -> None:
    told = named.get("/r/vn-gi-fta-4", {"format": "json"}).json()
    assert told["record"]["agreement"] == "Free trade agreement, annex"
    assert {"application_number", "application_date", "registration_date"}.isdisjoint(told["record"])
    assert "Vieux Tekihu" in named.get("/r/vn-gi-fta-4").content.decode()
    found = named.get("/search", {"q": "origin:FR", "format": "json"}).json()
    assert [hit["key"] for hit in found["hits"]] == ["vn-gi-fta-4"]
