"""Blanks before a quotation mark that begins a cell of CSV."""

import io

import pytest

from ipregister.exchange.mapped.quotes import rows_of


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('1; "ООО ""Чорсу""";UZ\n', ["1", 'ООО "Чорсу"', "UZ"]),
        ('1;   "a;b"; "c"\n', ["1", "a;b", "c"]),
        ('1;"x\ny"; "ООО ""Чорсу"""\n', ["1", "x\ny", 'ООО "Чорсу"']),
        ('1; "NAGA" brand;UZ\n', ["1", ' "NAGA" brand', "UZ"]),
        ('1; "NAGA;UZ\n', ["1", ' "NAGA', "UZ"]),
        ('1; plain;the "NAGA" brand\n', ["1", " plain", 'the "NAGA" brand']),
        ('1;" ""a""";UZ\n', ["1", ' "a"', "UZ"]),
    ],
)
def test_a_cell_that_is_quoted_after_blanks_is_read_as_quoted(text: str, cells: list[str]) -> None:
    assert list(rows_of(io.StringIO(text + "2;b;c\n", newline=""), ";")) == [
        (cells, ""),
        (["2", "b", "c"], ""),
    ]


def test_where_nothing_is_quoted_a_blank_and_a_mark_are_letters() -> None:
    assert list(rows_of(io.StringIO('1; "a"\n', newline=""), ";", "")) == [(["1", ' "a"'], "")]
