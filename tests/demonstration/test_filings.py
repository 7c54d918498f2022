"""Filings, lives, numbers, owners, coined names and logos."""

import ast
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

import ipregister.demonstration as package
from ipregister.demonstration import iter_records, lives, logos
from ipregister.demonstration.coined import coined
from ipregister.demonstration.filings import LONG, Filing, Source, filing, international_filing
from ipregister.demonstration.madrid import designated, original
from ipregister.demonstration.marks import special_marks
from ipregister.demonstration.owners import owner
from ipregister.demonstration.records import piece
from ipregister.demonstration.sheets import sheet
from ipregister.demonstration.vocabulary import offices, words

TODAY = date(2026, 6, 30).toordinal()
SOURCE = Source(1, TODAY, 3000)


@pytest.fixture(scope="module")
def filings() -> dict[str, list[Filing]]:
    return {office: [filing(SOURCE, office, index) for index in range(600)] for office in offices()}


def test_numbers_are_unique_in_an_office(filings: dict[str, list[Filing]]) -> None:
    for office, listed in filings.items():
        assert len({made.number for made in listed}) == len(listed), office


def test_lives_are_in_order_and_not_in_the_future(filings: dict[str, list[Filing]]) -> None:
    for listed in filings.values():
        for made in listed:
            days = [event.day for event in made.life]
            assert days == sorted(days)
            assert days[-1] <= TODAY
            assert made.life[0].kind == "filed"


def test_a_gazette_after_registration_leaves_the_mark_registered(filings: dict[str, list[Filing]]) -> None:
    late = [made for made in filings["LA"] if [e.kind for e in made.life][-2:] == ["registered", "published"]]
    assert late
    for made in late:
        told = sheet(made, TODAY)
        assert told.status == "Registered"
        assert told.status_day == told.registered < told.published


def test_all_courses_of_life_occur(filings: dict[str, list[Filing]]) -> None:
    seen = {event.kind for listed in filings.values() for made in listed for event in made.life}
    steps = {kind for _, course in lives.COURSES for kind, _, _ in course}
    assert seen >= steps | {"filed", "renewed", "expired", "granted", "limited"}


def test_most_marks_are_registered_and_recent(filings: dict[str, list[Filing]]) -> None:
    everything = [made for listed in filings.values() for made in listed]
    registered = sum(bool(made.happened("registered")) for made in everything) / len(everything)
    assert 0.5 < registered < 0.9
    recent = sum(made.life[0].day > TODAY - 15 * 366 for made in everything) / len(everything)
    assert 0.9 < recent < 1


def test_national_copies_share_mark_logo_and_owner(filings: dict[str, list[Filing]]) -> None:
    copies: Counter[str] = Counter()
    for office in offices():
        for made in filings[office]:
            chosen = original(office, made.index, SOURCE.registrations) if office != "WO" else None
            if chosen is None:
                continue
            parent = international_filing(SOURCE, chosen)
            assert office in designated(chosen)
            assert (made.words, made.logo, made.owners) == (parent.words, parent.logo, parent.owners)
            assert made.international == parent.number
            copies[office] += 1
    assert set(copies) == {"BN", "KH", "ID", "LA", "MY", "PH", "TH", "VN"}


def test_numbers_of_national_copies(filings: dict[str, list[Filing]]) -> None:
    for office, start in (("KH", "KH/75"), ("LA", "M/75"), ("ID", "M00")):
        made = next(one for one in filings[office] if one.series == "madrid")
        assert made.number.startswith(start)
    thai = next(one for one in filings["TH"] if one.international)
    assert f"IRN:{thai.international}" in piece(thai, TODAY).text.decode()


def test_an_owner_has_several_spellings_and_one_code() -> None:
    spelled = [owner("LA", 3, spelling) for spelling in range(9)]
    assert len({party.code for party in spelled}) == 1
    assert len({party.name for party in spelled}) >= 5
    assert any("ບໍລິສັດ" in party.name for number in range(9) for party in [owner("LA", number, 5)])


def test_coined_names_in_all_scripts() -> None:
    name = coined(12)
    assert name.latin.isascii()
    for text, low, high in zip(
        name[1:], "\u0e80\u0e00\u1780\u1000\u0400", "\u0eff\u0e7f\u17ff\u109f\u04ff", strict=True
    ):
        assert all(low <= letter <= high for letter in text)
    shunned = words("coined")["shunned"]["names"]
    assert not [number for number in range(3000) if coined(number).latin.lower() in shunned]


def test_similar_marks_of_other_owners_across_scripts(filings: dict[str, list[Filing]]) -> None:
    latin = {made.words.text.lower(): made for made in filings["ID"] if made.words}
    found = [
        (made, latin[made.words.reading.lower()])
        for office in ("LA", "TH", "KH")
        for made in filings[office]
        if made.words and made.words.reading.lower() in latin
    ]
    assert any(one.owners[0].code != other.owners[0].code for one, other in found)


def test_special_marks_come_first() -> None:
    for office in ("PH", "KZ", "WO"):
        listed = [filing(SOURCE, office, index, national=True) for index in range(len(special_marks()))]
        assert [made.words.text for made in listed if made.words] == special_marks()


def test_one_very_long_text_per_office() -> None:
    made = filing(SOURCE, "VN", len(special_marks()))
    assert len("; ".join(made.goods[0].terms)) >= LONG


def test_classes_have_goods_in_english() -> None:
    assert sorted(map(int, words("goods")["en"])) == list(range(1, 46))


def _strings(text: bytes) -> str:
    return "".join(str(part) for part in etree.fromstring(text).itertext())


def test_corrections_and_transfers_show_by_day() -> None:
    everything = [filing(SOURCE, "ID", index) for index in range(600)]
    changed = next(made for made in everything if made.corrected and made.words and len(made.words.text) > 3)
    assert piece(changed, changed.corrected - 1).text != piece(changed, changed.corrected).text
    moved = next(made for made in everything if made.heir and made.heir.name != made.owners[0].name)
    day = moved.happened("transferred")
    assert moved.heir is not None
    assert moved.heir.name not in _strings(piece(moved, day - 1).text)
    assert moved.heir.name in _strings(piece(moved, day).text)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_logos_are_small_and_sound(form: str) -> None:
    for number in range(0, 1200, 41):
        data = logos.logo(number, form)
        image = Image.open(BytesIO(data))
        assert image.format == form
        assert 100 <= min(image.size) <= max(image.size) <= 320
        assert len(data) < 8000


def test_same_logo_same_bytes() -> None:
    first = logos.logo(5)
    logos.logo.cache_clear()
    assert logos.logo(5) == first


def test_scripts_of_the_region_occur() -> None:
    text = "".join(
        p.text.decode()
        for office in ("LA", "KH", "TH", "KZ")
        for _, p in iter_records(office, 60, dirty=False)
    )
    for low, high in (
        "\u0e80\u0eff",
        "\u1780\u17ff",
        "\u0e00\u0e7f",
        "\u1000\u109f",
        "\u0400\u04ff",
        "\u4e00\u9fff",
    ):
        assert any(low <= letter <= high for letter in text)


def test_the_package_imports_nothing_of_the_register_but_the_model() -> None:
    for path in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [
                n for n in names if n.startswith("ipregister") and not n.startswith("ipregister.model")
            ]
