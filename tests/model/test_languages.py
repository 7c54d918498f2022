"""Languages by code and script, digits, and countries by name."""

import pytest

from ipregister.model.digits import to_ascii
from ipregister.model.languages import tag_for, written_in
from ipregister.model.offices import office
from ipregister.model.places import country_of, is_country

TAGS = office("LA").language_tags


@pytest.mark.parametrize(
    ("code", "text", "tag"),
    [("la", "TA YA", "und"), ("la", "ເບຍລາວ", "lo"), ("kh", "x", "km"), ("EN", "x", "en"), ("zh-Hant", "x", "zh-Hant"),
     ("", "x", None), ("not a tag", "x", None)],
)  # fmt: skip
def test_a_tag(code: str, text: str, tag: str | None) -> None:
    assert tag_for(code, text, TAGS) == tag


def test_scripts() -> None:
    assert written_in("ช้าง", "th")
    assert not written_in("ช้าง", "lo")
    assert written_in("anything", "en")


@pytest.mark.parametrize("digits", ["໐໑໒໓໔໕໖໗໘໙", "០១២៣៤៥៦៧៨៩", "๐๑๒๓๔๕๖๗๘๙", "၀၁၂၃၄၅၆၇၈၉"])
def test_digits(digits: str) -> None:
    assert to_ascii(digits) == "0123456789"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LA", "LA"),
        ("la", "LA"),
        ("LA-", "LA"),
        ("Laos", "LA"),
        ("VIET NAM", "VN"),
        ("Germany", "DE"),
        ("XQ", None),
        ("Atlantis", None),
    ],
)
def test_countries(text: str, code: str | None) -> None:
    assert country_of(text, office("LA")) == code
    assert code is None or is_country(code)
