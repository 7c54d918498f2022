"""The release switches: nothing but the page without an entry, the most exact entry holds, hidden fields stay."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from ipregister.model import canonical
from ipregister.model.design import Design, DesignParty, SingleDesign
from ipregister.model.errors import UsageError
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import Feed, Office, Publicity, office
from ipregister.model.party import Contact, Party
from ipregister.model.record import RIGHTS
from ipregister.model.right import Publication
from ipregister.model.text import Kept, Text
from ipregister.publication.release import CHANNELS, FILE, Release, Switch, Terms, release_all
from ipregister.publication.released import parties_of, released, side_of
from ipregister.store.rows import CurrentBody

DAY = dt.date(2026, 6, 30)
FACTS = Office(
    code="LA",
    name="An office",
    zone="Asia/Vientiane",
    feed=Feed(reader="st66", record_tags=("Transaction",)),
    series=(),
    publicity={
        "trademark": Publicity(
            record="public",
            fields={
                "application_number": "public",
                "mark": "public",
                "applicants/names": "public",
                "applicants/address_lines": "public",
                "applicants/postal_code": "public",
                "applicants/country": "public",
            },
        )
    },
)


def stored() -> CurrentBody:
    """A mark with an address, a phone number, and a postal code that is none."""
    applicant = Party(
        names=(Text("Somchay Vong"),),
        address_lines=(Text("7 River Street"),),
        country="LA",
        contact=Contact(phone=("020 555",)),
    )
    record = Trademark(
        office="LA",
        application_number="37978",
        mark=Mark(verbal=(Text("TA YA"),)),
        applicants=(applicant,),
        kept=(Kept("/applicants/0/postal_code", "N/A", "placeholder"),),
    )
    return CurrentBody("la-37978", 1, "LA", canonical.SCHEMA, False, "2026-06-01", canonical.encode(record))


def terms(*channels: str, hidden: tuple[str, ...] = ()) -> Terms:
    return msgspec.convert(
        {"office": "LA", "right": "trademark", "channels": channels, "hidden": hidden}, Terms
    )


def test_without_a_file_there_is_the_page_and_nothing_else(tmp_path: Path) -> None:
    found = Release.load(tmp_path).terms("LA", "trademark")
    assert found.channels == {"page"}
    assert not found.logged
    assert released(stored(), FACTS, DAY, found, "api") is None
    assert released(stored(), FACTS, DAY, found, "bulk") is None


def test_the_demonstration_region_releases_all(tmp_path: Path) -> None:
    release_all(tmp_path)
    found = Release.load(tmp_path).terms("KZ", "design")
    assert found.channels == set(CHANNELS)
    assert found.licence
    assert found.source


def test_a_file_of_the_operator_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[[release]]\noffice = "LA"\n')
    release_all(tmp_path)
    assert Release.load(tmp_path).terms("LA", "trademark").channels == {"page"}


@pytest.mark.parametrize(
    ("office", "right", "licence"),
    [("LA", "trademark", "d"), ("LA", "design", "c"), ("KH", "trademark", "b"), ("KH", "design", "e")],
)
def test_the_most_exact_entry_holds_and_of_equals_the_later(office: str, right: str, licence: str) -> None:
    release = Release(
        (
            Switch(office="LA", right="trademark", licence="d"),
            Switch(office="LA", licence="c"),
            Switch(right="trademark", licence="b"),
            Switch(licence="a"),
            Switch(licence="e"),
        )
    )
    assert release.terms(office, right).licence == licence


def test_who_is_named_is_the_register_of_the_right() -> None:
    named = {right: Release((Switch(),)).terms("WO", right).attribution for right in ("trademark", "design")}
    assert named == {
        "trademark": "International Bureau of WIPO (Madrid System)",
        "design": "International Bureau of WIPO (Hague System)",
    }
    assert Release((Switch(attribution="Us"),)).terms("WO", "design").attribution == "Us"


@pytest.mark.parametrize(
    "text",
    ['[[release]]\nchannels = ["fax"]', '[[release]]\noffice = "XX"', '[[release]]\nright = "moon"',
     "[[release]]\nchanels = []", "release = 1", "[", '[[release]]\nhidden = ["applicant/*/names"]',
     '[[release]]\nhidden = ["subtype"]', '[[release]]\nhidden = ["mark/verbal/*/text"]', '[[release]]\nhidden = ["/"]',
     '[[release]]\nright = "trademark"\nhidden = ["claims"]'],
)  # fmt: skip
def test_a_wrong_file_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(UsageError, match=r"release\.toml"):
        Release.load(tmp_path)


def test_addresses_stay_unless_they_are_released() -> None:
    without = released(stored(), FACTS, DAY, terms("bulk"), "bulk")
    assert without is not None
    assert b"River" not in without.body
    assert b"N/A" not in without.body
    assert b"Somchay" in without.body
    everything = released(stored(), FACTS, DAY, terms("bulk", "addresses"), "bulk")
    assert everything is not None
    assert b"River" in everything.body
    assert b"020 555" not in everything.body


def test_hidden_fields_stay() -> None:
    found = released(stored(), FACTS, DAY, terms("api", "addresses", hidden=("applicants/*/names",)), "api")
    assert found is not None
    assert b"Somchay" not in found.body
    assert b"River" in found.body


def test_what_is_hidden_of_an_application_is_hidden_of_its_single_designs(tmp_path: Path) -> None:
    wanted = 'channels = ["api"]\nhidden = ["applicants/*/names", "holders", "/registration_date"]'
    text = f'[[release]]\n{wanted}\n[[release]]\nright = "trademark"\n{wanted}'
    (tmp_path / FILE).write_text(text)
    release = Release.load(tmp_path)
    assert release.terms("LA", "design").hidden == (
        "applicants/*/names", "holders", "/registration_date", "designs/*/applicants/*/names", "designs/*/registration_date",
    )  # fmt: skip
    assert release.terms("LA", "trademark").hidden == ("applicants/*/names", "holders", "/registration_date")
    party = DesignParty(names=(Text("Canary"),), country="LA")
    single = SingleDesign(identifier="1", applicants=(party,), registration_date="2024-05-06")
    record = Design(office="LA", application_number="1", registration_number="9", designs=(single,),
                    publications=(Publication("1", "2024-05-07"),))  # fmt: skip
    out = side_of(record, office("LA"), DAY, release.terms("LA", "design"))
    assert out is not None
    assert b"Canary" not in out.body
    assert b"2024-05-06" not in out.body
    assert isinstance(out.record, Design)
    assert out.record.designs[0].applicants[0].country == "LA"


def test_the_bytes_are_the_same_in_every_channel_and_canonical() -> None:
    everything = terms("api", "bulk")
    one, other = (released(stored(), FACTS, DAY, everything, channel) for channel in ("api", "bulk"))
    assert one is not None
    assert one == other
    assert canonical.encode(canonical.decode(one.body)) == one.body


def test_what_the_law_has_not_made_public_never_goes_out() -> None:
    closed = msgspec.structs.replace(FACTS, publicity={})
    assert released(stored(), closed, DAY, terms(*CHANNELS), "bulk") is None


def test_every_right_has_parties_with_addresses() -> None:
    assert "designers" in parties_of("design")
    assert "inventors" in parties_of("patent")
    assert all(parties_of(right) for right in RIGHTS)


def test_another_switch_gives_another_digest() -> None:
    assert Release((Switch(),)).digest != Release((Switch(hidden=("goods",)),)).digest
