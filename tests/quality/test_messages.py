"""Sentences of findings: every language has every code, with the same arguments; English is the fallback."""

import re

import pytest

from ipregister.intake.findings import kinds as all_kinds
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.status import RULES, State
from ipregister.quality import remedies
from ipregister.quality.messages import LANGUAGES, catalogue, fill, is_reviewed, message, reason, table, word
from ipregister.quality.rules import kinds

ALL = all_kinds()
OTHERS = [lang for lang in LANGUAGES if lang != "en"]


def arguments(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_english() -> None:
    finding = Finding(
        "number-year", "notice", "/application_number", "4-2019-1", {"year": "2019", "date": "2016-01-01"}
    )
    text, remedy = message(finding, "en")
    assert text == "The number “4-2019-1” is of the year 2019, but the filing date is 2016-01-01."
    assert remedy == remedies.COMPARE


def test_kinds_of_others_are_merged() -> None:
    kind = FindingKind("torn-page", "error", "Page {page} is torn.", "Mend it.")
    finding = Finding("torn-page", "error", arguments={"page": "3"})
    assert message(finding, "lo", catalogue([kind])) == ("Page 3 is torn.", "Mend it.")
    assert message(finding, "lo") == ("torn-page", "")


def test_a_missing_argument_is_shown() -> None:
    assert "…" in message(Finding("number-year", "notice"), "en")[0]


def test_arguments_are_not_formatted_again() -> None:
    text = message(Finding("number-without-digits", "error", value="{path} {x"), "en")[0]
    assert "{path} {x" in text


def test_language_tags_and_fallback() -> None:
    assert table("lo-LA") is table("lo")
    assert table("fr") is table("en")
    assert word("report", "fr") == "Delivery report"
    assert word("no-such-word", "lo") == "no-such-word"
    assert is_reviewed("date-order", "en")
    assert not is_reviewed("date-order", "km")


@pytest.mark.parametrize("lang", OTHERS)
def test_every_rule_code_is_translated_with_its_arguments(lang: str) -> None:
    sentences = table(lang)
    assert sentences.language == lang
    for kind in kinds():
        assert arguments(sentences.findings[kind.code]) == arguments(kind.message), kind.code
        assert sentences.findings[kind.code] != kind.message
    assert set(remedies.ALL) <= set(sentences.remedies)
    assert set(sentences.words) == set(table("en").words)
    for rule in RULES:
        assert arguments(sentences.status[rule.code]) == arguments(rule.message), rule.code


def test_two_remedies_are_two_sentences() -> None:
    for kind in ALL.values():
        assert "; ask" not in kind.remedy.lower(), kind.code


@pytest.mark.parametrize("lang", OTHERS)
def test_every_code_and_every_remedy_is_translated(lang: str) -> None:
    sentences = table(lang)
    assert set(sentences.findings) == set(ALL)
    assert {kind.remedy for kind in ALL.values()} - set(sentences.remedies) == set()
    for code, text in sentences.findings.items():
        assert arguments(text) == arguments(ALL[code].message), code
        assert text != ALL[code].message, code
    for english, text in sentences.remedies.items():
        assert arguments(text) == arguments(english), english
        assert re.findall(r"`[^`]+`", text) == re.findall(r"`[^`]+`", english), english
        assert text != english, english


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reason_of_a_state(lang: str) -> None:
    state = State(
        "term-ended",
        "term-ended-no-late-renewal",
        arguments={"term_end": "2020-01-01", "data_day": "2026-10-31"},
    )
    text = reason(state, lang)
    assert "2020-01-01" in text
    assert "2026-10-31" in text


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("22 ноября 2026 г.", "С 22 ноября 2026 г."),
        ("2026", "С 2026."),
        ("Acme Ltd.", "С Acme Ltd."),
        ("…", "С …"),
    ],
)
def test_an_argument_with_a_full_stop_gets_no_second_one(told: str, expected: str) -> None:
    assert fill("С {date}.", {"date": told}) == expected
