"""Values as they are shown: what is delivered twice, and in which languages."""

import datetime as dt
from typing import Any

from ipregister.portal.dates import show_moment
from ipregister.portal.drawing import values
from ipregister.portal.parties import party_panel
from ipregister.portal.rights.patents import citations
from ipregister.portal.values import Row, Value, distinct


def test_a_name_in_two_languages_is_shown_once_with_both() -> None:
    names = [
        {"text": "PT Kopi", "lang": "id"},
        {"text": "PT Kopi", "lang": "en"},
        {"text": "Kopi Ltd", "lang": "en"},
    ]
    panel = party_panel({"applicants": [{"names": names}]}, "applicants", "Applicant", "731", "en")
    assert panel is not None
    first, second = panel.items[0]["names"]
    assert (first.text, first.note, first.pointer) == ("PT Kopi", "id, en", "/applicants/0/names/0/text")
    assert (second.text, second.note) == ("Kopi Ltd", "")
    assert '<span class="quiet">id, en</span>' in values((first,))


def test_the_same_language_or_none_is_not_noted() -> None:
    assert [one.note for one in distinct([Value("a", "/0", "id"), Value("a", "/1", "id")])] == [""]
    assert [
        one.note for one in distinct([Value("a", "/0"), Value("a ", "/1", "en"), Value("a", "/2", "und")])
    ] == [""]
    assert Row("x", distinct([])).values == ()


def test_a_text_of_unknown_language_says_so_and_does_not_take_that_of_the_page() -> None:
    drawn = values((Value("Kopi", lang="id"), Value("ກາແຟ", lang="und"), Value("Registered")))
    assert drawn == '<span lang="id">Kopi</span>, <span lang="">ກາແຟ</span>, <span>Registered</span>'


def test_a_citation_without_a_phase_has_no_column_of_who_cited_it() -> None:
    cited = {"documents": [{"office": "US", "number": "7654321", "kind": "B2"}], "categories": ["X"]}
    heads = [
        _heads({"citations": [cited | more]}) for more in ({}, {"phase": "search"}, {"cited_by": "examiner"})
    ]
    assert "Cited by" not in heads[0]
    assert "Cited by" in heads[1]
    assert "Cited by" in heads[2]


def _heads(record: dict[str, Any]) -> list[str]:
    panel = citations(record, "en")
    assert panel is not None
    return [head for head, _code in panel.items[0]["heads"]]


def test_a_moment_in_thai_has_the_buddhist_year_beside_it() -> None:
    moment = dt.datetime(2026, 3, 1, 6, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert show_moment(moment, "en") == "28 February 2026 23:05 UTC"
    assert show_moment(moment, "th") == "28 กุมภาพันธ์ ค.ศ. 2026 (พ.ศ. 2569) 23:05 UTC"
