"""What a sloppy office sends: the same element twice, codes that are none, attributes that mean nothing here."""

from ipregister.exchange.st66 import read
from ipregister.model.mark import Trademark
from ipregister.model.offices import office
from tests.exchange.documents import ipas, lossless, madrid, record_of


def test_the_office_named_twice_is_kept_twice() -> None:
    twice = "<RegistrationOfficeCode>LA</RegistrationOfficeCode>"
    record = record_of(ipas((twice, twice * 2)))
    assert [(kept.field, kept.text, kept.reason) for kept in record.kept] == [("/office", "LA", "duplicate")]


def test_a_designation_of_no_country_does_not_cost_the_record() -> None:
    inside = (
        "<DesignatedCountryDetails><DesignatedCountry><DesignatedCountryCode>Atlantis</DesignatedCountryCode>"
        "<DesignatedUnderCode>Protocol</DesignatedUnderCode></DesignatedCountry></DesignatedCountryDetails>"
    )
    record = record_of(madrid(("<MarkFeature>Word", f"{inside}<MarkFeature>Word")), "WO")
    assert [(one.country, one.under) for one in record.designations] == [("", "Protocol")]
    assert [kept.text for kept in record.kept if kept.reason == "not-a-country"] == ["Atlantis"]


def test_the_language_attribute_of_xml_is_kept() -> None:
    made = lossless(ipas(("<MarkFeature>", '<MarkFeature xml:lang="lo" xml:space="preserve">')))
    assert isinstance(made.record, Trademark)
    assert [(extra.path.rpartition("/")[2], extra.text) for extra in made.record.extra] == [("@lang", "lo")]


def test_a_thousand_unknown_elements_of_one_kind_are_one_finding() -> None:
    made = read(ipas(("<MarkFeature>", "<Stamp>1</Stamp>" * 1000 + "<MarkFeature>")), office("LA"))
    assert isinstance(made.record, Trademark)
    assert len(made.record.extra) == 1000
    assert [f.code for f in made.findings] == ["unknown-element"]
