"""The grammar: every query can be written as a line, and every mistake has a code and a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.search.faults import MESSAGES, QueryError
from ipregister.search.fields import FIELDS
from ipregister.search.query import MAX_EXPRESSIONS, MAX_LEAVES, parse
from ipregister.search.tree import (
    And,
    Everything,
    Expression,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Range,
    Word,
    all_of,
    any_of,
    leaves,
    render,
)


@pytest.mark.parametrize(
    ("line", "root"),
    [
        ("", Everything()),
        ("coca cola", And((Word("coca"), Word("cola")))),
        ("a AND b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c) -d", And((Word("a"), Or((Word("b"), Word("c"))), Not(Word("d"))))),
        ("NOT NOT a", Word("a")),
        ('"green tea" te*', And((Phrase("green tea"), Pattern("te*")))),
        ("mark:(a OR b)", Or((Word("a", "mark"), Word("b", "mark")))),
        ("Mark: apple", Word("apple", "mark")),
        ("class:25", Word("25", "class")),
        ("class:[1 TO 34]", Range("class", "1", "34")),
        ("filed:2019-03..2020", Range("filed", "2019-03", "2020")),
        ("filed:>=2019", Range("filed", "2019")),
        ("filed<2020", Range("filed", "", "2020", under=True)),
        ("filed:>๒๕๖๒", Range("filed", "๒๕๖๒", over=True)),
        ("goods/30:tea", Word("tea", "goods/30")),
        ("goods:30:tea", Word("tea", "goods/30")),
        ('"green tea"~3', Near("green tea", 3)),
        ('mark:"green tea"~0 x', And((Near("green tea", 0, "mark"), Word("x")))),
        ('"green tea" ~3', And((Phrase("green tea"), Word("~3")))),
        ('"green tea"~x', And((Phrase("green tea"), Word("~x")))),
        ("/colou?r/", Expression("colou?r")),
        (r"goods/30:/te(a|e)\/x/ b", And((Expression(r"te(a|e)\/x", "goods/30"), Word("b")))),
        ("/usr/local", Word("/usr/local")),
        ("*fee*", Pattern("*fee*")),
        ("goods/30:*fee*", Pattern("*fee*", "goods/30")),
        ("coca-cola", Word("coca-cola")),
        ("Got milk?", And((Word("Got"), Word("milk")))),
        ("mark:mil?", Pattern("mil?", "mark")),
        ("re: new", And((Word("re:"), Word("new")))),
        ("http://shop.example", Word("http://shop.example")),
        (r"\AND a\:b", And((Word("AND"), Word("a:b")))),
        ("number:M/1421805", Word("M/1421805", "number")),
        ("a | b", Or((Word("a"), Word("b")))),
        ("a||b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("a| -b |te*", Or((Word("a"), Not(Word("b")), Pattern("te*")))),
        ('"a | b"|c', Or((Phrase("a | b"), Word("c")))),
        ('"a b"~3|/c|d/|e', Or((Near("a b", 3), Expression("c|d"), Word("e")))),
        (r"a\|b \| c", And((Word("a|b"), Word("|"), Word("c")))),
        ("mark:a|b c", And((Or((Word("a", "mark"), Word("b", "mark"))), Word("c")))),
        ("mark:(a|b)", Or((Word("a", "mark"), Word("b", "mark")))),
        ("mark:a | b", Or((Word("a", "mark"), Word("b")))),
        ("mark:/a|b/", Expression("a|b", "mark")),
        (r"mark:a\|b", Word("a|b", "mark")),
        ("status:registered|published", Or((Word("registered", "status"), Word("published", "status")))),
        ("filed:2019|2021", Or((Word("2019", "filed"), Word("2021", "filed")))),
        ("NOT mark:a|b", Not(Or((Word("a", "mark"), Word("b", "mark"))))),
        ("„ກາເຟ ລາວ“", Phrase("ກາເຟ ລາວ")),
    ],
)
def test_lines(line: str, root: Node) -> None:
    query = parse(line)
    assert query.root == root
    assert parse(query.line) == query


@pytest.mark.parametrize(
    ("line", "code", "position"),
    [
        ('a "b', "open-quote", 2),
        ("a (b", "open-bracket", 2),
        ("a) b", "extra-bracket", 1),
        (")", "extra-bracket", 0),
        ("a OR", "missing-term", 4),
        ("a |", "missing-term", 3),
        ("| a", "missing-term", 0),
        ("a ||| b", "missing-term", 4),
        ("x status:registered|alive", "unknown-value", 20),
        ("AND a", "missing-term", 0),
        ("mark:", "missing-term", 5),
        ("x nosuch:b", "unknown-field", 2),
        ("x -has:logo", "unknown-value", 7),
        ("has_image:perhaps", "unknown-value", 10),
        ("status:alive", "unknown-value", 7),
        ("filed:20x", "not-a-date", 6),
        ("filed:2019-13", "not-a-date", 6),
        ("filed:2015-02-30", "not-a-date", 6),
        ("filed:2558-02-29", "not-a-date", 6),
        ("filed:[2018 TO 2015]", "range-reversed", 6),
        ("a class:[9 TO 1]", "range-reversed", 8),
        ("filed:[2019 to 2020]", "open-range", 6),
        ("class:x", "not-a-number", 6),
        ("mark:a..b", "range-not-possible", 5),
        ("class:2*", "wildcard-not-possible", 6),
        ("a*", "wildcard-too-short", 0),
        ("x *ab", "wildcard-too-short", 2),
        ("mark:(a mark:b)", "field-inside-field", 8),
        ("goods/99:x", "class-not-possible", 0),
        ("mark/9:x", "class-not-possible", 0),
        ("(" * 13 + "a" + ")" * 13, "too-deep", 12),
        (" ".join(["a"] * (MAX_LEAVES + 1)), "too-many-words", 2 * MAX_LEAVES),
        (" ".join(["ab*"] * 9), "too-many-wildcards", 32),
        ("a" * 2001, "too-long", 2000),
        ('x "a b"~11', "too-far", 2),
        ('"a b c d e f"~2', "too-many-near", 0),
        ('class:"a b"~2', "near-not-possible", 6),
        ("/ab/ /cd/ /ef/", "too-many-expressions", 10),
        ("filed:/20.*/", "expression-not-possible", 6),
        ("text:/abc/", "expression-not-possible", 5),
        ("x /a(b/", "expression-wrong", 2),
        ("/a**b/", "expression-wrong", 0),
        ("/^ab$/", "expression-wrong", 0),
        ("/a|/", "expression-wrong", 0),
        ("/[]ab/", "expression-wrong", 0),
        ("/[z-a]b/", "expression-wrong", 0),
        ("/ab{3,1}/", "expression-wrong", 0),
        ("/((((ab))))/", "expression-too-large", 0),
        ("/ab{99}/", "expression-too-large", 0),
        ("/(ab{20}){20}/", "expression-too-large", 0),
        ("/(((.{9}a){9}){9})/", "expression-too-large", 0),
        ("/.*/", "wildcard-too-short", 0),
        ("/" + "a" * 81 + "/", "expression-too-large", 0),
    ],
)
def test_mistakes(line: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(line)
    assert (caught.value.code, caught.value.position) == (code, position)
    assert caught.value.message == MESSAGES[code]


def test_a_mistake_names_what_it_is_about() -> None:
    with pytest.raises(QueryError) as caught:
        parse("x foo:bar")
    assert str(caught.value) == "There is no such field (field 'foo', at character 3)."


WORDS = st.text(alphabet='abກា()"\\:*?<>[]-. “”OR', min_size=1, max_size=6).filter(
    lambda text: not text.isspace()
)
NAMES = st.sampled_from(["", "mark", "goods", "owner", "goods/30", "office"])
LEAVES = st.one_of(
    st.builds(Word, WORDS.filter(lambda text: not any(c.isspace() for c in text)), NAMES),
    st.builds(Phrase, st.text(alphabet='ab "\\', max_size=6), NAMES),
    st.builds(Pattern, st.sampled_from(["abc*", "*abc*", "a?bc"]), st.sampled_from(["mark", "", "goods"])),
    st.builds(
        Near,
        st.text(alphabet='ab "\\', max_size=6),
        st.integers(0, 10),
        st.sampled_from(["", "mark", "goods/30"]),
    ),
    st.builds(
        Expression,
        st.sampled_from(["ab", r"a\/b", r"a[b-d]{2,}", r"ab\)|cd"]),
        st.sampled_from(["", "mark", "goods/30"]),
    ),
    st.builds(Range, st.just("filed"), st.just("2019"), st.sampled_from(["", "2020-01"])),
    st.builds(Range, st.just("class"), st.just("3"), st.just(""), st.just(True)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(all_of),
        st.lists(inner, min_size=2, max_size=3).map(any_of),
        inner.map(lambda node: node.part if isinstance(node, Not) else Not(node)),
    ),
    max_leaves=5,
)


def _bounded(tree: Node) -> bool:
    return sum(isinstance(leaf, Expression) for leaf in leaves(tree)) <= MAX_EXPRESSIONS


@given(TREES.filter(_bounded))
def test_a_tree_survives_its_line(tree: Node) -> None:
    assert parse(render(tree)).root == tree


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(query.line) == query


def test_every_field_has_a_label_and_can_be_asked() -> None:
    for field in FIELDS:
        assert field.label
        value = "2019" if field.kind in {"date", "integer", "number"} else min(field.only, default="word")
        assert parse(f"{field.name}:{value}").root == Word(value, field.name)
