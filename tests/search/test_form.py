"""The form with fields and the line are the same query, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipregister.search.faults import QueryError
from ipregister.search.form import fill, from_form
from ipregister.search.query import MAX_EXPRESSIONS, parse
from ipregister.search.tree import And, Expression, Node, Query, leaves, render
from tests.search.test_query import TREES


def _parts(node: Node) -> set[Node]:
    return set(node.parts) if isinstance(node, And) else {node}


def test_a_form_is_the_same_query_as_its_line() -> None:
    form = {
        "q": "gold OR silver", "mark": "lion", "class": ["25", "30"], "filed_from": "2019", "filed_to": "", "goods": "",
    }  # fmt: skip
    line = "(gold OR silver) mark:lion (class:25 OR class:30) filed:[2019 TO *]"
    assert from_form(form) == parse(line)
    assert from_form(form).line == line
    assert from_form({}) == from_form({"mark": " "}) == Query()


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ({"goods": "green tea", "goods_in": "30"}, "goods/30:green goods/30:tea"),
        ({"goods": '"green tea"~2 OR coff*', "goods_in": "30"}, 'goods/30:"green tea"~2 OR goods/30:coff*'),
        ({"goods_in": "30"}, "class:30"),
        ({"field": "disclaimer", "value": "tea"}, "disclaimer:tea"),
        ({"field": "year", "value": "2019..2021"}, "year:[2019 TO 2021]"),
        ({"field": "", "value": "tea"}, "tea"),
        ({"class": "[31 TO 45]"}, "class:[31 TO 45]"),
        ({"mark": "lion NOT sea", "q": "a"}, "mark:lion NOT mark:sea a"),
        ({"mark": "/l[iy]on/"}, "mark:/l[iy]on/"),
        ({"right": "patent", "office": "LA"}, "right:patent office:LA"),
    ],
)
def test_boxes(form: dict[str, str], line: str) -> None:
    assert from_form(form) == parse(line)
    assert from_form(fill(line)) == parse(line)


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("lion", {"q": "lion"}),
        ("mark:(a OR b)", {"mark": "a OR b"}),
        ("goods/30:tea goods/32:beer", {"goods": "tea", "goods_in": "30", "q": "goods/32:beer"}),
        ("status:filed status:published", {"status": "filed", "q": "status:published"}),
        ("filed:2019..2020 title:x", {"filed_from": "2019", "filed_to": "2020", "field": "title", "value": "x"}),
        ("filed:>2019", {"q": "filed:>2019"}),
        (r"office:\) kind:\*", {"q": r"office:\) kind:\*"}),
        ("year:2019 designer:a", {"field": "year", "value": "2019", "q": "designer:a"}),
        ("mark:a owner:b OR class:3", {"q": "(mark:a owner:b) OR class:3"}),
        ("", {}),
    ],
)  # fmt: skip
def test_lines_as_forms(line: str, form: dict[str, str]) -> None:
    assert fill(line) == form
    assert _parts(from_form(form).root) == _parts(parse(line).root)


@given(
    TREES.filter(lambda tree: sum(isinstance(leaf, Expression) for leaf in leaves(tree)) <= MAX_EXPRESSIONS)
)
def test_every_line_survives_its_form(tree: Node) -> None:
    filled = fill(render(tree))
    again = from_form(filled)
    assert _parts(again.root) == _parts(tree)
    assert fill(again.line) == filled


FORMS = st.dictionaries(
    st.sampled_from(["q", "mark", "goods", "goods_in", "owner", "class", "field", "value", "status", "filed_from", "year_to"]),
    st.sampled_from(["tea", "30", "2019", '"a b"~2', "a OR b", "year", "NOT x", "/ab/", "mark", "", " ", "a)", "*fee*"]),
    max_size=6,
)  # fmt: skip


@given(FORMS)
def test_every_form_is_refused_or_survives_its_line(form: dict[str, str]) -> None:
    try:
        query = from_form(form)
    except QueryError:
        return
    assert parse(query.line) == query
    assert _parts(from_form(fill(query.line)).root) == _parts(query.root)


@pytest.mark.parametrize("form", [{"nosuch": "x"}, {"field": "nosuch", "value": "x"}])
def test_a_form_with_an_unknown_field(form: dict[str, str]) -> None:
    with pytest.raises(QueryError) as caught:
        from_form(form)
    assert caught.value.code == "unknown-field"


def test_goods_within_a_class_that_is_none() -> None:
    with pytest.raises(QueryError) as caught:
        from_form({"goods": "x", "goods_in": "99"})
    assert caught.value.code == "class-not-possible"
