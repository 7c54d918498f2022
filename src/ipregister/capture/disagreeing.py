"""Rows of one number that tell different days on which it becomes public: none of them enters, so that nothing becomes
public that one of them says is not.

Only of rights whose records say themselves when they are public (`publicity.lies_in_content`). A few bytes of each line are
remembered while the lines are written; then only those are read whose numbers come again.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import BinaryIO

import msgspec

from ipregister.exchange.json.grouped import DISAGREE, SHOWN, key_of
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.exchange.mapped.repeating import NUMBERS
from ipregister.model import numbers
from ipregister.model.digits import to_ascii
from ipregister.model.offices import office
from ipregister.model.publicity import opening_of

_DIGITS = re.compile(r"[0-9]+")


class Disagreeing:
    """The numbers of the lines of a table, by short hashes: 8 bytes for each."""

    def __init__(self, mapping: Mapping) -> None:
        self._reader, self._office = MappedReader(mapping, office(mapping.office)), office(mapping.office)
        self._columns = [field.source for field in mapping.fields if field.to in NUMBERS]
        self._numbers = array("Q")

    def noted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines as they are, taken down."""
        for line in lines:
            self._numbers.extend(self._hashes(line))
            yield line

    def marked(self, spool: BinaryIO) -> Iterator[bytes]:
        """The same lines once more, those that disagree with the rows that do."""
        spool.seek(0)
        found = self._found(spool)
        spool.seek(0)
        for line in spool:
            row = msgspec.json.decode(line) if found else {}
            rows = found.get(row.get("$row", 0))
            yield msgspec.json.encode({**row, DISAGREE: rows}) + b"\n" if rows else line

    def _hashes(self, line: bytes) -> set[int]:
        """Of each number in a line, however it is written: its digits without the zeros on their left."""
        row = msgspec.json.decode(line)
        texts = [text for column in self._columns for text in key_of(row, (column,))]
        said = {"/".join(part.lstrip("0") for part in _DIGITS.findall(to_ascii(text))) for text in texts}
        return {int.from_bytes(blake2b(one.encode(), digest_size=8).digest()) for one in said if one}

    def _found(self, lines: Iterable[bytes]) -> dict[int, list[str]]:
        """The rows of records of which several lines tell different days, each with the first rows of its record."""
        again = {one for one, after in pairwise(sorted(self._numbers)) if one == after}
        days: dict[str, dict[int, str | None]] = {}
        for line in lines if again else ():
            if again.isdisjoint(self._hashes(line)):
                continue
            record = self._reader.read(line.rstrip(b"\n")).record
            if record is not None and (keyed := numbers.key_of(record, self._office)) is not None:
                number = msgspec.json.decode(line)["$row"]
                days.setdefault(keyed.key, {})[number] = opening_of(record, self._office)
        differ = [rows for rows in days.values() if len(set(rows.values())) > 1]
        return {row: [str(one) for one in list(rows)[:SHOWN]] for rows in differ for row in rows}
