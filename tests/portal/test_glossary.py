"""The words of the trade: one rendering a language, in the pages and in the findings' sentences."""

from collections.abc import Iterator

import pytest

from ipregister.portal import catalogues, glossary
from ipregister.portal.languages import TRANSLATED
from ipregister.quality import messages as sentences


def of_findings(lang: str) -> Iterator[tuple[str, str]]:
    told = sentences.table(lang)
    kinds = sentences.catalogue()
    yield from ((kinds[code].message, text) for code, text in told.findings.items() if code in kinds)
    yield from told.remedies.items()
    english = sentences.table("en").words
    yield from ((english[name], text) for name, text in told.words.items())


@pytest.mark.parametrize("lang", TRANSLATED)
def test_pages_use_the_words_of_the_glossary(lang: str) -> None:
    assert list(glossary.breaches(lang, catalogues.pairs(lang))) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_findings_use_the_words_of_the_glossary(lang: str) -> None:
    assert list(glossary.breaches(lang, of_findings(lang))) == []


def test_another_word_is_a_breach() -> None:
    told = [
        ("Number of the geographical indication", "លេខម្ចាស់"),
        ("Geographical indication", "សញ្ញាសម្គាល់ភូមិសាស្ត្រ"),
    ]
    assert list(glossary.breaches("km", told)) == [("geographical indication", *told[0])]


def test_a_term_is_a_word_and_no_placeholder() -> None:
    term = next(one for one in glossary.terms() if "mark" in one.forms)
    assert term.stands_in("Mark of a group")
    assert not term.stands_in("Remarks on %(mark)s and trademarks")
    assert not term.stands_in("A quotation mark is missing at the end.")
    assert not term.stands_in("Run `ipregister mark` again.")
    assert term.stands_in("Run `ipregister` for the mark.")


def test_every_term_stands_in_some_message() -> None:
    english = [text for text, _told in [*catalogues.pairs("lo"), *of_findings("lo")]]
    assert [term.forms for term in glossary.terms() if not any(map(term.stands_in, english))] == []


def test_every_exception_names_a_message() -> None:
    english = [text for text, _told in [*catalogues.pairs("lo"), *of_findings("lo")]]
    for term in glossary.terms():
        for beginning in term.excepted:
            assert any(text.startswith(beginning) for text in english), beginning


def test_another_language_is_refused() -> None:
    with pytest.raises(KeyError):
        glossary.terms()[0].renderings("fr")
