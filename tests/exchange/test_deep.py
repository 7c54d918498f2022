"""Brackets in brackets without end: texts of strangers that no reader of JSON may fall over."""

import base64

import pytest

from ipregister.commands.readings import read_back
from ipregister.exchange.oai import faults, tokens
from ipregister.model.offices import office
from ipregister.portal.rights.outlines import outline

DEPTH = 3_000


def test_a_token_of_brackets_is_no_token() -> None:
    body = b'{"x":' + b"[" * DEPTH + b"]" * DEPTH + b"}"
    text = base64.urlsafe_b64encode(tokens._sum(body) + body).decode().rstrip("=")
    with pytest.raises(faults.OaiError, match="no resumption token"):
        tokens.read(text, "ListRecords")


def test_a_file_of_brackets_holds_no_record() -> None:
    line = b'{"right":"trademark","source":{"data_day":' + b"[" * DEPTH + b"]" * DEPTH + b"}}"
    assert read_back(line, office("LA")) is None


def test_an_area_of_brackets_is_not_drawn() -> None:
    assert outline("[" * DEPTH + "]" * DEPTH) is None
