"""An application whose designs have parties, publications and events of their own: found, listed and shown with them,
and nothing that the rules keep back."""

import re
from collections.abc import Callable

import msgspec
import pytest
from django.test import Client

from ipregister.intake import indexer
from ipregister.model import canonical
from ipregister.model.design import Design, DesignEvent, DesignParty, DesignPriority, SingleDesign
from ipregister.model.party import Contact
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.portal.languages import TRANSLATED
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import Fill
from tests.store.filings import deliver, slice_of

KEY = "my-des-15-7"
OWNER = DesignParty(
    kind="legal",
    names=(Text("Bewali Silwer Sdn. Bhd."),),
    address_lines=(Text("9 Jalan Tujuh"),),
    country="MY",
)
PERSON = DesignParty(
    kind="natural", identifier="CANARYIDENTITY", names=(Text("Aminah Razak"),), country="BN",
    address_lines=(Text("CANARYSTREET 7"),), contact=Contact(email=("CANARYMAIL@example.org",)),
)  # fmt: skip
UNNAMED = DesignParty(names=(Text("CANARYHIDDEN"),), country="JP", hidden="true")
AGENT = DesignParty(kind="legal", names=(Text("Marks and Patterns Agency"),), country="SG")
PUBLISHED = Publication("G-77/2019", "2019-03-04", section="B4")
DESIGN = Design(
    office="MY",
    application_number="15-7",
    application_date="2018-09-09",
    designs=(
        SingleDesign(
            identifier="1", titles=(Text("Teapot", "en"),), applicants=(OWNER, PERSON), representatives=(AGENT,),
            publications=(PUBLISHED,), events=(DesignEvent("registered", "2019-05-06", response_date="2019-07-08"),),
            priorities=(DesignPriority("TH", "1801234", "2018-04-05"),),
        ),
        SingleDesign(identifier="2", titles=(Text("Cup", "en"),), applicants=(OWNER, UNNAMED), representatives=(AGENT,),
                     publications=(PUBLISHED,)),
    ),
)  # fmt: skip
CANARIES = ("CANARYIDENTITY", "CANARYSTREET", "CANARYMAIL", "CANARYHIDDEN")


def _fill(options: Options) -> None:
    found = Register(packs=options.path("packs"))
    one = msgspec.structs.replace(slice_of(0, KEY, canonical.encode(DESIGN)), right="design", office="MY")
    deliver(found, "designs", "2024-01-01", [one], office="MY")
    indexer.catch_up(found, options.path("index"))


@pytest.fixture
def register(filled_by: Callable[[Fill], Options]) -> Register:
    return Register(packs=filled_by(_fill).path("packs"))


@pytest.mark.parametrize(
    "query",
    [
        "owner:Bewali", "applicant:aminah", "representative:patterns", "country:BN", "rep_country:SG", "event:registered",
        "published:2019-03-04", "gazette:G-77/2019", "priority_country:TH", "priority_number:1801234", "has:applicant",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("register")
def test_it_is_found_by_what_its_designs_say(client: Client, query: str) -> None:
    (hit,) = client.get("/search", {"q": f"{query} right:design", "format": "json"}).json()["hits"]
    assert (hit["key"], hit["owner"]) == (KEY, "Bewali Silwer Sdn. Bhd.")


@pytest.mark.parametrize("canary", [*CANARIES, "owner:CANARYHIDDEN", "country:JP"])
def test_what_is_kept_back_is_not_found_and_not_shown(
    register: Register, client: Client, canary: str
) -> None:
    assert all(word in register.require(KEY).body.decode() for word in CANARIES)
    assert client.get("/search", {"q": canary, "format": "json"}).json()["total"] == 0
    for form in ("", "?format=json"):
        text = client.get(f"/r/{KEY}{form}").content.decode()
        assert [word for word in CANARIES if word in text] == []


def text_of(page: str) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.usefixtures("register")
def test_its_page_shows_what_its_designs_say(client: Client) -> None:
    text = text_of(client.get(f"/r/{KEY}").content.decode())
    told = ("Bewali Silwer Sdn. Bhd. Address: 9 Jalan Tujuh Country: Malaysia (MY)", "Marks and Patterns Agency",
            "4 March 2019 G-77/2019 B4", "6 May 2019 · Registered", "Answer due until: 8 July 2019",
            "Thailand (TH) 1801234 5 April 2018 1", "Aminah Razak")  # fmt: skip
    assert [words for words in told if words not in text] == []
    assert text.count("Bewali Silwer") == text.count("Marks and Patterns Agency") == 1


@pytest.mark.usefixtures("register")
def test_what_one_design_alone_says_is_told_so(client: Client) -> None:
    text = text_of(client.get(f"/r/{KEY}").content.decode())
    assert re.search(r"Aminah Razak (?:(?!Bewali|Agency).)*? Of design: 1 ", text)
    assert "Of design" not in text[text.index("Bewali") : text.index("Aminah")]


@pytest.mark.parametrize("lang", ["en", *TRANSLATED])
@pytest.mark.usefixtures("register")
def test_no_two_parts_of_the_page_have_one_name(client: Client, lang: str) -> None:
    page = client.get(f"/r/{KEY}", headers={"accept-language": lang}).content.decode()
    titles = re.findall(r'<h2 id="[a-z-]+-title">([^<]+)</h2>', page)
    assert {"design-title", "designs-title"} <= set(re.findall(r'<h2 id="([a-z-]+-title)"', page))
    assert len(titles) == len(set(titles)) > 6
