"""What a mapping lets one expect in the cells of each column, however few rows a table has.

A cell is of a kind: a date, a number, a class, a country, a word of status, a name with a legal form, another text. How often
the cells of a field are of each is known before its table is seen: the name of a company is hardly ever a number or a word
of status, and the number of an application is never a word.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ipregister.exchange.mapped.cells import folded
from ipregister.exchange.mapped.contents import holds, names_country
from ipregister.exchange.mapped.headings import plain
from ipregister.exchange.mapped.headings import table as table_of
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.targets import Target
from ipregister.exchange.mapped.values import NUMBERS, Row, fits
from ipregister.model.digits import bare_number, to_ascii
from ipregister.model.legal_forms import has_legal_form
from ipregister.model.numbers import series_of
from ipregister.model.offices import Office
from ipregister.model.offices import office as facts_of

_KINDS = ("empty", "date", "number", "class", "country", "status", "symbol", "firm", "lower", "other")
_ROWS = {
    "number": (0.02, 0.002, 0.90, 0.05, 0.001, 0.001, 0.001, 0.0005, 0.005, 0.02),
    "date": (0.12, 0.84, 0.02, 0.002, 0.0005, 0.0005, 0.0005, 0.0005, 0.003, 0.01),
    "class": (0.05, 0.001, 0.01, 0.92, 0.0005, 0.0005, 0.0005, 0.0005, 0.005, 0.01),
    "country": (0.08, 0.0005, 0.002, 0.002, 0.86, 0.0005, 0.0005, 0.001, 0.005, 0.05),
    "status": (0.03, 0.002, 0.005, 0.002, 0.0005, 0.80, 0.0005, 0.0005, 0.03, 0.13),
    "symbol": (0.30, 0.01, 0.02, 0.001, 0.0005, 0.0005, 0.65, 0.0005, 0.003, 0.01),
    "name": (0.10, 0.0005, 0.005, 0.001, 0.002, 0.0005, 0.0005, 0.45, 0.01, 0.43),
    "agent": (0.45, 0.0005, 0.003, 0.001, 0.002, 0.0005, 0.0005, 0.25, 0.01, 0.28),
    "mark": (0.08, 0.001, 0.03, 0.01, 0.005, 0.003, 0.001, 0.01, 0.06, 0.80),
    "goods": (0.08, 0.0005, 0.005, 0.005, 0.001, 0.001, 0.001, 0.002, 0.45, 0.455),
    "address": (0.20, 0.001, 0.20, 0.01, 0.02, 0.0005, 0.001, 0.02, 0.02, 0.53),
    "notes": (0.80, 0.005, 0.01, 0.002, 0.001, 0.001, 0.001, 0.002, 0.10, 0.078),
}  # fmt: skip
SHARES = {family: dict(zip(_KINDS, row, strict=True)) for family, row in _ROWS.items()}
"""Of the cells of a family of fields, the share (0 to 1) of each kind: rough, set by hand from registers of the region."""
_SYMBOLS = ("vienna", "ipc", "locarno", "file", "email")
_LONGEST, _WORD, _REMEMBERED = 200, 80, 10_000
_PARTIES = frozenset("applicants holders designers inventors producers authors".split())
_MARKS = frozenset("verbal titles names organisation".split())
_LETTER = re.compile(r"[^\W\d_]")


class Expected:
    """What the columns of a table are expected to hold, by the rules of the one field that each is; a column of no field
    or of several is expected to hold anything."""

    def __init__(self, rules: Sequence[Sequence[Row]]) -> None:
        self._kinds: dict[tuple[int, str], str] = {}
        self._rules = [some[0] if len(some) == 1 else None for some in rules]
        self._families = [family_of(rule.target) if rule else "" for rule in self._rules]
        known = [SHARES[family] for family in self._families if family]
        self.tells = len(known) > 1
        self._anywhere = {
            kind: sum(_of_filled(row, kind) for row in known) / max(1, len(known)) for kind in _KINDS[1:]
        }

    def weight(self, number: int, text: str) -> float:
        """How many times likelier a text without blanks around it is in a column than in any that holds a text; 1 where
        nothing tells."""
        family = self._families[number]
        if not family:
            return 1.0
        kind = self._kind(number, text)
        return _of_filled(SHARES[family], kind) / self._anywhere[kind]

    def empty(self, number: int) -> float | None:
        """The share of the cells of a column that are empty; None where nothing tells."""
        family = self._families[number]
        return SHARES[family]["empty"] if family else None

    def suits(self, number: int, text: str) -> bool:
        """Whether a text is surely what its column holds: a date in a column of dates, a country in one of countries."""
        family = self._families[number]
        return family in _KINDS and self._kind(number, text) == family

    def _kind(self, number: int, text: str) -> str:
        """The kind of a text in a column; those of so many are remembered."""
        known = self._kinds.get((number, text))
        if known is None:
            known = self._kind_in(number, text)
            if len(text) <= _LONGEST:
                if len(self._kinds) >= _REMEMBERED:
                    self._kinds.clear()
                self._kinds[number, text] = known
        return known

    def _kind_in(self, number: int, text: str) -> str:
        rule, family = self._rules[number], self._families[number]
        if rule is None:
            return "other"
        kind = _kind_of(text[: _LONGEST + 1], rule.mapping.right, rule.office.code)
        if family not in _KINDS:
            return kind
        fitting = _is_own(text, rule, family)
        return family if fitting else "other" if fitting is False and kind == family else kind


def expected_in(headings: Sequence[str], mapping: Mapping, office: Office) -> Expected | None:
    """What the columns of a table are expected to hold by its mapping; None where that says next to nothing."""
    rules: dict[str, list[Row]] = {}
    for field in mapping.fields:
        rules.setdefault(folded(field.source), []).append(Row(mapping, office, field, mapping.target(field)))
    found = Expected([rules.get(folded(heading), []) for heading in headings])
    return found if found.tells else None


def family_of(target: Target) -> str:
    """The family of a field, one of `SHARES`; empty where anything may stand in it."""
    first, last = target.steps[0], target.steps[-1]
    if target.kind in ("date", "class", "country"):
        return str(target.kind)
    if last == "names" and (first in _PARTIES or first == "representatives"):
        return "name" if first in _PARTIES else "agent"
    if last in _MARKS and len(target.steps) <= 2:
        return "mark"
    if last == "texts" and first in ("goods", "products"):
        return "goods"
    if last in ("vienna", "symbol", "filename", "email"):
        return "symbol"
    named = {"office_status": "status", "address_lines": "address", "notes": "notes"}
    return named.get(last, "number" if last in NUMBERS else "")


def _of_filled(shares: dict[str, float], kind: str) -> float:
    """The share of a kind among the cells of a family that hold a text."""
    return shares[kind] / (1 - shares["empty"])


def _is_own(text: str, rule: Row, family: str) -> bool | None:
    """Whether a text is surely what a field holds, or surely not; None where its kind tells."""
    if family == "number" and rule.target.generic == "application_number":
        digits = any(map(str.isdecimal, text))
        return digits and series_of(bare_number(text), rule.office, rule.mapping.right) is not None
    if family == "status":
        return _is_status(text, rule.mapping.right, rule.office.code) or None
    if family == "symbol":
        return _is_symbol(to_ascii(text))
    return fits(text, rule)


@lru_cache(maxsize=1 << 14)
def _kind_of(text: str, right: str, office: str) -> str:
    """The kind of a text; of a long one, whether it begins with a small letter."""
    if len(text) <= _LONGEST:
        bare = to_ascii(text)
        for kind in ("date", "class"):
            if holds(bare, kind):
                return kind
        if names_country(text):
            return "country"
        if _is_status(text, right, office):
            return "status"
        if _is_symbol(bare):
            return "symbol"
        if has_legal_form(text):
            return "firm"
        if holds(bare, "number"):
            return "number"
    first = _LETTER.search(text)
    return "lower" if first and first[0].islower() else "other"


def _is_symbol(text: str) -> bool:
    return len(text) <= _LONGEST and any(holds(text, content) for content in _SYMBOLS)


def _is_status(text: str, right: str, office: str) -> bool:
    """Whether a text is a word of status of the office, or one that is known in the region."""
    if len(text) > _WORD:
        return False
    return facts_of(office).word(f"{right}/statuses", text) is not None or plain(text) in _statuses()


@cache
def _statuses() -> frozenset[str]:
    return frozenset(plain(row["heading"]) for row in table_of("statuses"))
