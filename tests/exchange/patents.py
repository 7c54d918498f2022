"""Any patent record, for property tests of what is written and read back: every field of the model, by its type."""

from random import Random
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from ipregister.model.patent import Patent, UtilityModel
from ipregister.model.right import Right

WORDS = (
    "A", "-", "N/A", " a ", "a\nb", "a | b", "H₂O", "<b>", "ພາສາ", "EP", "A1", "B1", "U", "2020", "Agent", "national",
    "ipc", "cpc", "A61K 31/00", "Applicant", "X", "tif", "LA", "patent", "", "  ", "a  b", "x\ty", "\r", "]]>", "&amp;",
    "bad\x01", "C07K   16/18    (2006.01)", "en", "10", "H01L  21/30        20060101AFI20150120BHUS", "ชื่อ", "\u00a0",
    "division-parent", "division-child", "pct-application", "pct-publication", "heading", "title", "search-field",
    "technical-field", "assignee", "primary", "L510EP", "Examination", "Examiner", "L", "I", "F", "H",
)  # fmt: skip
DATES = ("2020-02-29", "1999-12-31", "2020", "2020-01", "20200101", "x", "0000-01-01")
LANGUAGES = ("und", "en", "lo", "zh", "x-y", "")
_CHANCE, _MOST = 0.35, 3


def _value(random: Random, kind: Any, name: str) -> Any:
    if get_origin(kind) in (Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
        if kind is str:
            return random.choice(DATES)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(_value(random, inner, name) for _ in range(random.randrange(_MOST)))
    if kind is str:
        return random.choice(LANGUAGES if name == "lang" else WORDS)
    if kind is int:
        return random.choice((-3, 0, 7, 10**6))
    if kind is bool:
        return random.random() < _CHANCE
    return any_struct(random, kind)


def any_struct(random: Random, kind: type[msgspec.Struct], **known: Any) -> Any:
    """A struct with some of its fields filled."""
    hints = get_type_hints(kind)
    for field in msgspec.structs.fields(kind):
        if field.name not in known and (field.required or random.random() < _CHANCE):
            known[field.name] = _value(random, hints[field.name], field.name)
    return kind(**known)


def records() -> st.SearchStrategy[Patent]:
    """Any patent or utility model of the Lao office."""
    kinds: tuple[type[Right], ...] = (Patent, UtilityModel)
    return st.integers(0, 2**32).map(lambda seed: any_struct(Random(seed), kinds[seed % 2], office="LA"))
