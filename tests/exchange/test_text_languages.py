"""A text of a mapped source has the language of its column, unless its letters gainsay it: then nobody knows which."""

import pytest

from ipregister.exchange.mapped import mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.model.mark import Trademark
from ipregister.model.offices import office

MAPPING = b"""
office = "LA"
[input]
kind = "json"
[[field]]
from = "mark"
to = "mark/verbal"
lang = "LANG"
"""


@pytest.mark.parametrize(
    ("said", "text", "lang"),
    [("lo", "NAGA", "und"), ("lo", "\u0e99\u0eb2\u0e81", "lo"), ("lo", "\u0e99\u0eb2\u0e81 NAGA", "lo"), ("kk", "NAGA", "und"),
     ("en", "NAGA", "en"), ("vi", "R\u1ed3ng", "vi"), ("lo", "7-11", "und")],
)  # fmt: skip
def test_letters_of_another_script_leave_the_language_open(said: str, text: str, lang: str) -> None:
    told = mapping.load(MAPPING.replace(b"LANG", said.encode()), "m.toml")
    record = MappedReader(told, office("LA")).read(f'{{"mark": "{text}"}}'.encode()).record
    assert isinstance(record, Trademark)
    assert [(one.text, one.lang) for one in record.mark.verbal] == [(text, lang)]
