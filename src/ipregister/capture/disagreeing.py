"""Rows of one number that tell different days on which it becomes public, or of which one cannot be read: none of them
enters, so that nothing becomes public that one of them says is not.

Only of rights whose records say themselves when they are public (`publicity.lies_in_content`). A few bytes of each line are
remembered while the lines are written; then only those are read whose numbers come again.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import Any, BinaryIO

import msgspec

from ipregister.exchange.json.cells import NOT_A_ROW
from ipregister.exchange.json.grouped import DISAGREE, HELD, SHOWN, key_of, told_of
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.mapped.repeating import NUMBERS
from ipregister.model import numbers
from ipregister.model.digits import to_ascii
from ipregister.model.offices import office
from ipregister.model.publicity import opening_of

Told = dict[str, list[str]]
"""What is told of a row for which it is held: the rows of its record, by the name of the reason."""
DECIDING = frozenset({"registration_date", "deferred_until", "deferment_requested", "deferment_period"})
"""Fields with one value each that tell from which day a record is public."""
_MOST_PARTS = 4
"""A number in a cell of a row that cannot be read has at most so many parts."""
_DIGITS = re.compile(r"[0-9]+")


def contradicting(lines: Iterable[bytes], mapping: Mapping) -> Iterator[bytes]:
    """The lines of records of several rows (`grouped`), marked where their rows tell different things of what decides on
    the day from which the record is public."""
    columns = [(field.source,) for field in mapping.fields if field.to in DECIDING]
    for line in lines:
        row = msgspec.json.decode(line) if columns and b'"$more"' in line else {}
        rows = [row, *row.get("$more", ())] if row else []
        told = ({text for one in rows for text in key_of(one, column)} for column in columns)
        if any(len(texts) > 1 for texts in told):
            line = msgspec.json.encode({**row, DISAGREE: [str(one["$row"]) for one in rows[:SHOWN]]}) + b"\n"
        yield line


class Disagreeing:
    """The numbers of the lines of a table, by short hashes: 8 bytes for each."""

    def __init__(self, mapping: Mapping) -> None:
        self._reader, self._office = MappedReader(mapping, office(mapping.office)), office(mapping.office)
        self._columns = [field.source for field in mapping.fields if field.to in NUMBERS]
        self._numbers = array("Q")

    def noted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines as they are, taken down."""
        for line in lines:
            self._numbers.extend(self._read(line)[1])
            yield line

    def marked(self, spool: BinaryIO) -> Iterator[bytes]:
        """The same lines once more, each that cannot stand by itself with the rows for which it is held."""
        spool.seek(0)
        found = self._found(spool)
        spool.seek(0)
        for line in spool:
            row = msgspec.json.decode(line) if found else {}
            told = found.get(row.get("$row", 0))
            yield msgspec.json.encode({**row, **told}) + b"\n" if told else line

    def _read(self, line: bytes) -> tuple[dict[str, Any], set[int], str]:
        """A line, its numbers, and why it cannot be read: then any of its cells may be its number. A number is the hash of
        its digits without the zeros on their left, however it is written."""
        row = msgspec.json.decode(line)
        why = row.get("$wrong", "") or self._shifted(line)
        if why.partition(":")[0] == NOT_A_ROW:
            return row, set(), why
        if why:
            said = {part for text in row["$cells"].values() for part in _parts(text)}
        else:
            said = {"/".join(_digits(text)) for column in self._columns for text in key_of(row, (column,))}
        return (
            row,
            {int.from_bytes(blake2b(one.encode(), digest_size=8).digest()) for one in said if one},
            why,
        )

    def _shifted(self, line: bytes) -> str:
        shift = self._reader.shift_in(line.rstrip(b"\n"))
        return f"shifted-row: {shift}" if shift else ""

    def _found(self, lines: Iterable[bytes]) -> dict[int, Told]:
        """What is told of the rows of records of which several lines tell different days, and of those that a row may be of
        which cannot be read."""
        again = {one for one, after in pairwise(sorted(self._numbers)) if one == after}
        days: dict[str, dict[int, str | None]] = {}
        keys: dict[int, set[str]] = {}
        unread: list[tuple[set[int], str]] = []
        for line in lines if again else ():
            row, hashes, why = self._read(line)
            if again.isdisjoint(hashes):
                continue
            read = None if why else self._reader.read(line.rstrip(b"\n"))
            keyed = None if read is None or read.record is None else numbers.key_of(read.record, self._office)
            if read is None or read.record is None or keyed is None:
                unread.append((hashes, told_of(row, why or (read.refusal if read else "") or "no number")))
                continue
            days.setdefault(keyed.key, {})[row["$row"]] = opening_of(read.record, self._office)
            for one in hashes:
                keys.setdefault(one, set()).add(keyed.key)
        return _told(days, _beside(unread, keys))


def _digits(text: str) -> list[str]:
    """The parts of a number, without the zeros on their left."""
    return [part.lstrip("0") for part in _DIGITS.findall(to_ascii(text))]


def _parts(text: str) -> Iterator[str]:
    """What may be a number in a cell, or in several that have run together."""
    parts = _digits(text)
    for start in range(len(parts)):
        for count in range(1, _MOST_PARTS + 1):
            yield "/".join(parts[start : start + count])


def _beside(unread: Iterable[tuple[set[int], str]], keys: dict[int, set[str]]) -> dict[str, list[str]]:
    """The rows that cannot be read, by the records that they may be of."""
    found: dict[str, list[str]] = {}
    for hashes, told in unread:
        for key in {key for one in hashes for key in keys.get(one, ())}:
            found.setdefault(key, []).append(told)
    return found


def _told(days: dict[str, dict[int, str | None]], beside: dict[str, list[str]]) -> dict[int, Told]:
    found: dict[int, Told] = {}
    for key, rows in days.items():
        told: Told = {HELD: beside[key][:SHOWN]} if key in beside else {}
        if len(set(rows.values())) > 1:
            told[DISAGREE] = [str(one) for one in list(rows)[:SHOWN]]
        if told:
            found.update(dict.fromkeys(rows, told))
    return found
