"""The lines of a publication: each must be written as we write it and be the leaf of the log that it names."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import zstandard

from ipregister.publication.bulk.lines import Line, read_lines
from ipregister.publication.keys import commitment
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.merkle import Frontier
from ipregister.publication.verify.report import Report

_MOST = 20
"""So many faulty lines of a file are told."""
_BROKEN = (zstandard.ZstdError, EOFError)


class Leaves:
    """The leaves of the log that were read, by number: their hashes."""

    def __init__(self) -> None:
        self.first, self._hashes = 0, bytearray()

    def begin(self, first: int) -> None:
        """Leaves from a number on follow."""
        self.first = first
        self._hashes.clear()

    def add(self, leaf: bytes) -> None:
        """The next leaf."""
        self._hashes += leaf

    def get(self, number: int) -> bytes | None:
        """A leaf; None where it was not read."""
        at = (number - self.first) * merkle.SIZE
        return bytes(self._hashes[at : at + merkle.SIZE]) if 0 <= at < len(self._hashes) else None


def check_log(
    path: Path, tree: Frontier, leaves: Leaves, marks: dict[int, bytes], report: Report, place: str
) -> None:
    """Grow a tree by the leaves of a file; note its root at the sizes that are asked for (`marks`)."""
    leaves.begin(tree.size)
    try:
        for content in read_lines(path):
            entry = msgspec.json.decode(content, type=Entry)
            if entry.content() != content:
                report.fault(place, f"leaf {tree.size} is not written as it was")
                return
            leaf = merkle.leaf_hash(content)
            leaves.add(leaf)
            tree.add(leaf)
            if tree.size in marks:
                marks[tree.size] = tree.root()
    except (*_BROKEN, msgspec.MsgspecError, ValueError, RecursionError) as error:
        report.fault(place, f"cannot be read: {error}", "take another copy")


def check_lines(path: Path, leaves: Leaves, report: Report, place: str) -> Iterator[tuple[str, bytes]]:
    """Keys and leaves of the lines of a file; faults are noted."""
    return ((line.key, leaf) for line, leaf in checked_lines(path, leaves, report, place))


def checked_lines(path: Path, leaves: Leaves, report: Report, place: str) -> Iterator[tuple[Line, bytes]]:
    """The lines of a file and their leaves; faults are noted."""
    told, decode = 0, msgspec.json.Decoder(Line).decode
    try:
        for number, content in enumerate(read_lines(path), 1):
            line = decode(content)
            leaf = line.entry().leaf()
            fault = _fault(line, content, leaf, leaves)
            if fault and told < _MOST:
                report.fault(f"{place} line {number} ({line.key})", fault, "take another copy")
                told += 1
            yield line, leaf
    except (*_BROKEN, msgspec.MsgspecError, ValueError, RecursionError) as error:
        report.fault(place, f"cannot be read: {error}", "take another copy")


def _fault(line: Line, content: bytes, leaf: bytes, leaves: Leaves) -> str:
    if line.content() != content:
        return "is not written as it was"
    record = bytes(line.record)
    withheld = not line.salt and not record
    if (
        line.kind == "record"
        and not withheld
        and commitment(bytes.fromhex(line.salt), record).hex() != line.hash
    ):
        return "the record is not the one in the log"
    known = leaves.get(line.number)
    if known is not None and known != leaf:
        return f"is not leaf {line.number} of the log"
    return ""
