"""Expressions between slashes: a small grammar, and nothing that could cost much."""

from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from ipregister.search.analyzer import Analyzer
from ipregister.search.expression import LARGEST, LONGEST, literal, translated
from ipregister.search.faults import QueryError
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from tests.search.shelf import Entry, fill, keys

FOLD = Analyzer().fold
HOSTILE = (
    "(((a|b)*)*)*c", "((a{20}){20})", ".*a.{20}", "(.*a){20}", "[^a]{20}b{20}", "(a|ab|abc|abcd)*x", "a{20}b{20}c{20}d{20}",
    "(a*)*(a*)*b", ".*.*.*.*.*ab", "((a?){20}){20}", "(ab|a.|.b|..){9}", r"(\\w+)+x", "(?i)ab", "(?=ab)cd", r"(ab)\\1",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    marks = ["abc", "aab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "Ca phê", "ກາເຟ", "a+b", "x" * 60]
    return fill(tmp_path_factory.mktemp("index"), [Entry(f"la-{n}", mark) for n, mark in enumerate(marks)])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_expressions_are_refused_or_answered(index: TantivyIndex, text: str) -> None:
    """The engine's own bound (1,000 states) stands behind ours; its refusal is a mistake in the query, too."""
    try:
        index.search(parse(f"mark:/{text}/"))
    except QueryError as error:
        if error.code not in {"expression-wrong", "expression-too-large", "too-broad", "wildcard-too-short"}:
            raise


@given(st.text(alphabet=r"ab.[]()|*+?{}0129,^$-\\ກé", max_size=30))
def test_whatever_is_taken_the_engine_takes_too(text: str) -> None:
    schema = tantivy.SchemaBuilder().add_text_field("a").build()
    try:
        made = translated(text, FOLD)
    except QueryError:
        return
    try:
        tantivy.Query.regex_query(schema, "a", made)
    except ValueError as error:
        if "exceeds size limit" not in str(error):
            raise


def test_the_bounds() -> None:
    translated("a" * LONGEST, FOLD)
    with pytest.raises(QueryError):
        translated("a" * (LONGEST + 1), FOLD)
    with pytest.raises(QueryError):
        translated("(ab){20}" * (LARGEST // 40 + 1), FOLD)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Colou?r", "colo(?:u)?r"),
        ("CÀ", "ca"),
        ("a+b", "(?:a)+b"),
        (r"a\+b", r"a\+b"),
        ("[A-Cé]x", "[a-ce]x"),
        (r"ab\d{2,}", "ab(?:[0-9]){2,}"),
        ("a(b|c)d", "a(?:b|c)d"),
    ],
)
def test_letters_are_folded_and_signs_kept(text: str, made: str) -> None:
    assert translated(text, FOLD) == made


def test_a_text_is_no_expression_by_itself(tmp_path: Path) -> None:
    index = fill(tmp_path, [Entry("la-1", "a.c"), Entry("la-2", "abc")])
    assert literal("a.c") == r"a\.c"
    assert keys(index, "mark:/abc/") == ["la-2"]
