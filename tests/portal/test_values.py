"""Values as they are shown: what is delivered twice, and in which languages."""

from ipregister.portal.drawing import values
from ipregister.portal.parties import party_panel
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
