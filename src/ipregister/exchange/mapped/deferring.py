"""Columns and paths that defer publication: one without a field would open what the law keeps closed."""

import unicodedata
from collections.abc import Iterable

from ipregister.exchange.mapped.cells import folded
from ipregister.exchange.mapped.headings import guesses
from ipregister.exchange.mapped.mapping import Mapping

FIELDS = frozenset(["deferred_until", "deferment_period", "deferment_requested"])
"""The fields of a design that decide when it becomes public."""
REASON = "unmapped"
"""Why a value of such a column is kept."""
REPEATED = "repeated"
"""The same of a second value of such a field."""
_TOLD = 0.5


STEMS = (
    "defer", "postpon", "embargo", "sealed", "secret", "confidential", "delay", "ajourn", "adiad", "adiamento",
    "tunda", "tangguh", "hoãn", "отсроч", "отлож", "секрет", "кейінге", "кечиктир", "ເລື່ອນ", "ຊັກຊ້າ", "ພິມຊ້າ",
    "ពន្យា", "เลื่อน", "ชะลอ", "ရွှေ့ဆိုင်း", "延期", "延迟", "延遲", "保密",
)  # fmt: skip
"""What words begin with, or hold, that tell of a design kept closed. A column too many that is asked for costs a line
in the mapping; one too few opens what the law keeps closed."""


def field_of(heading: str, right: str) -> str:
    """The field of deferment that a heading or path names, however little of it else is known; empty for none."""
    told = (one.meaning.field for one in guesses(heading, right) if one.score >= _TOLD)
    known = next((field for field in told if field in FIELDS), "")
    if known or right != "design":
        return known
    name = unicodedata.normalize("NFC", heading).casefold()
    return "deferred_until" if any(stem in name for stem in STEMS) else ""


def unmapped(mapping: Mapping, names: Iterable[str]) -> list[str]:
    """The columns or paths that tell of a deferment, have no field, and are not named in `ignore`."""
    settled = {folded(name) for name in (*mapping.ignore, *(field.source for field in mapping.fields))}
    return [name for name in names if folded(name) not in settled and field_of(name, mapping.right)]
