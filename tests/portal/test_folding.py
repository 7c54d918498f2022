"""Very long records: the page shows what it has room for, and a link to the rest."""

from django.template.loader import render_to_string

from ipregister.portal.folding import MOST_OF_PAGE, MOST_OF_PANEL, fold, shortened
from ipregister.portal.rights import panels_of
from ipregister.portal.values import Panel, Row, Value


def size(part: object) -> int:
    if isinstance(part, Value):
        return len(part.text.encode())
    if isinstance(part, Row):
        return size(part.values)
    if isinstance(part, dict):
        return sum(map(size, part.values()))
    return sum(map(size, part)) if isinstance(part, tuple) else 0


def test_short_panels_stay_as_they_are() -> None:
    panels = panels_of(
        {
            "right": "trademark",
            "application_number": "1",
            "goods": [{"class_number": 3, "texts": [{"text": "soap"}]}],
        },
        "en",
    )
    assert fold(panels) == panels


def test_long_goods_are_folded() -> None:
    goods = [{"class_number": n, "texts": [{"text": "ສະບູ " * 400, "lang": "lo"}]} for n in range(1, 46)]
    panel = fold(panels_of({"right": "trademark", "goods": goods, "application_number": "1"}, "en"))[-1]
    assert panel.folded
    assert 2 <= len(panel.items) < 45
    assert size(panel.items) <= MOST_OF_PANEL + 10


def test_one_endless_text_is_cut_between_letters() -> None:
    (panel,) = fold(
        panels_of(
            {"right": "trademark", "goods": [{"class_number": 1, "texts": [{"text": "ກ" * 90_000}]}]}, "en"
        )
    )
    assert panel.folded
    assert panel.items[0]["texts"][0].text.strip("ກ") == " …"


def test_all_panels_together_have_their_room() -> None:
    cells = tuple({"cells": ((Value("x" * 900),), ())} for _ in range(100))
    folded = fold([Panel(str(n), str(n), (Row("a", (Value("b"),)),), "table", cells) for n in range(10)])
    assert sum(size(panel.items) for panel in folded) < MOST_OF_PAGE + 10_000
    assert all(len(item["cells"]) == 2 for panel in folded for item in panel.items)


def test_long_headings_are_shortened() -> None:
    assert shortened("a" * 300) == "a" * 300
    assert shortened("a" * 301) == "a" * 300 + " …"


def test_a_long_value_is_cut_beside_its_evidence() -> None:
    drawn = render_to_string(
        "portal/evidence.html", {"evidence": {"known": True, "value": "x" * 90_000, "raw": "x"}}
    )
    assert len(drawn) < 6_000
