"""Repairs: the one table, pure and named."""

import pytest

from ipregister.model import repairs
from ipregister.model.offices import office


@pytest.mark.parametrize(
    ("raw", "codes", "value"),
    [
        (" x ", ("trim",), "x"),
        ("a\n b", ("space",), "a b"),
        ("໓໗", ("digits",), "37"),
        ("la", ("lang:lo",), "lo"),
        ("la", ("lang:und",), "und"),
        ("EN", ("lang:en",), "en"),
        ("word", ("word:features",), "Word"),
        ("Laos", ("country",), "LA"),
        (" 05", ("class",), "5"),
        ("9,35", ("class-part:2",), "35"),
        ("050520", ("vienna",), "05.05.20"),
        ("5.5.20", ("vienna",), "05.05.20"),
        ("2601", ("vienna",), "26.01"),
        ("true", ("flag:series",), "series=true"),
        ("Nice", ("case",), "nice"),
        ("M/1421805", ("ir-number",), "1421805"),
        ("IRN:1504436", ("ir-number",), "1504436"),
        ("S.A.R.L.", ("strip-dot",), "S.A.R.L"),
        ("aGVsbG8=", ("sha256",), "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        ("32 класса - пиво", ("heading",), "пиво"),
    ],
)
def test_a_repair_makes_the_value(raw: str, codes: tuple[str, ...], value: str) -> None:
    assert repairs.apply(raw, codes, office("LA")) == value


@pytest.mark.parametrize("code", ["nosuch", "lang:x y", "word:secrets"])
def test_an_unknown_repair_is_an_error(code: str) -> None:
    with pytest.raises(KeyError):
        repairs.apply("la", (code,), office("LA"))


@pytest.mark.parametrize(
    ("raw", "code"),
    [("la", "lang:km"), ("en", "lang:lo"), ("x", "word:features"), ("Atlantis", "country"), ("x", "vienna")],
)
def test_a_repair_that_does_not_fit_is_an_error(raw: str, code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        repairs.apply(raw, (code,), office("LA"))


def test_every_repair_says_what_it_does() -> None:
    assert all(kind.does for kind in repairs.REPAIRS.values())
    assert not repairs.REPAIRS.keys() & repairs.SLICE_REPAIRS.keys()
