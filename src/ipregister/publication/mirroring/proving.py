"""Holds a publication against the log, and copies the log: the mirror's tree must be the publisher's, leaf by leaf."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import Unproven
from ipregister.publication.bulk.lines import Line, read_lines
from ipregister.publication.bulk.manifest import Manifest, PublishedFile
from ipregister.publication.bulk.shelf import Index
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.feed import Feed
from ipregister.publication.verify.parts import Leaves, checked_lines
from ipregister.publication.verify.report import Fault, Report
from ipregister.publication.working import Workers

_BATCH = 20_000


def copy_log(ledger: Ledger, manifest: Manifest, folder: Path) -> None:
    """Add the leaves of a publication to the copied log. Raises `Unproven` where the trees differ."""
    ledger.make()
    name = next(file.name for file in manifest.files if file.content == "log")
    start, have = manifest.since.size, ledger.size()
    if have < start:
        raise Unproven(f"begins at leaf {start}, but the log here ends at {have}", place=manifest.name,
                       remedy="a publication between is missing; begin again with the last full one")  # fmt: skip
    entries = (msgspec.json.decode(line, type=Entry) for line in read_lines(folder / name))
    fresh = islice(entries, have - start, None)
    while part := list(islice(fresh, _BATCH)):
        with ledger.writing():
            ledger.append(part)
    if ledger.size() < manifest.tree.size or ledger.tree(manifest.tree.size) != manifest.tree:
        raise Unproven(
            "the leaves do not give the root of the log",
            place=manifest.name,
            remedy="begin in a fresh folder",
        )


class _Given(Struct, frozen=True):
    """What a process that proves is given: the folder of the copied log, the leaves to look at, the publication."""

    log: Path
    first: int
    size: int
    folder: Path


class _Proved(Struct, frozen=True):
    """What a file holds: keys, numbers of leaves and salts of its lines; faults where there are some."""

    file: PublishedFile
    lines: list[tuple[str, int, bytes]]
    faults: list[Fault]


class _Prover:
    """Holds files against the leaves of the copied log, whose root was compared."""

    def __init__(self, given: _Given) -> None:
        self._folder, self._leaves = given.folder, Leaves()
        with closing(Ledger(given.log)) as ledger:
            self._leaves.begin(given.first)
            self._leaves.add(ledger.leaves()[given.first * merkle.SIZE : given.size * merkle.SIZE])

    def prove(self, file: PublishedFile) -> _Proved:
        """One file, line by line."""
        report = Report("publication", str(self._folder))
        kept = [(line.key, line.number, bytes.fromhex(line.salt if line.kind == "record" else ""))
                for line, _leaf in checked_lines(self._folder / file.name, self._leaves, report, file.name)]  # fmt: skip
        return _Proved(file, kept, report.faults)


def prove_lines(ledger: Ledger, feed: Feed, manifest: Manifest, folder: Path, processes: int = 1) -> None:
    """Hold every line against its leaf, note what stands, keep the salts. Raises `Unproven` with the first faults."""
    files = [one for one in manifest.files
             if one.format == "jsonl.zst" and one.content in ("records", "history")]  # fmt: skip
    given = _Given(ledger.data, manifest.since.size, manifest.tree.size, folder)
    workers = Workers(processes, _Prover, given, _Prover.prove)
    try:
        for proved in workers.results(files):
            for fault in proved.faults:
                raise Unproven(fault.message, place=fault.place, remedy="take the publication again")
            _keep(ledger, feed, proved)
    finally:
        workers.close()
    standing = ledger.register_tree()
    if (standing.size, standing.root) != (manifest.records, manifest.register_root):
        raise Unproven(
            "the records do not give the register root", place=manifest.name, remedy="begin in a fresh folder"
        )


def _keep(ledger: Ledger, feed: Feed, proved: _Proved) -> None:
    """Keep what stands, and the salts, of a file of which each line was proved."""
    if proved.file.content == "records":
        with ledger.writing():
            ledger.stand((key, number, proved.file.part) for key, number, _salt in proved.lines)
    feed.keep_salts((number, salt) for _key, number, salt in proved.lines if salt)


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a file that was proved."""
    decode = msgspec.json.Decoder(Line).decode
    return (decode(line) for line in read_lines(path))


def keep_head(ledger: Ledger, index: Index) -> None:
    """Keep the publisher's signed head, where the copied log has come so far."""
    head = index.head
    if (
        head is not None
        and ledger.size() >= head.head.size
        and ledger.tree(head.head.size).root == head.head.root
    ):
        with ledger.writing():
            ledger.keep_head(head)
