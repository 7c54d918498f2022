"""Holds a publication against the log, and copies the log: the mirror's tree must be the publisher's, leaf by leaf."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from ipregister.model.errors import Unproven
from ipregister.publication.bulk.lines import Line, read_lines
from ipregister.publication.bulk.manifest import Manifest, PublishedFile
from ipregister.publication.bulk.shelf import Index
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.feed import Feed
from ipregister.publication.verify.parts import Leaves, check_lines
from ipregister.publication.verify.report import Report

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


def prove_lines(ledger: Ledger, feed: Feed, manifest: Manifest, folder: Path) -> None:
    """Hold every line against its leaf, note what stands, keep the salts. Raises `Unproven` with the first faults."""
    report = Report("publication", str(folder))
    leaves = Leaves()
    leaves.begin(manifest.since.size)
    for one in ledger.entries(manifest.since.size, manifest.tree.size):
        leaves.add(one.entry.leaf())
    for file in manifest.files:
        if file.format != "jsonl.zst" or file.content not in ("records", "history"):
            continue
        for _line in check_lines(folder / file.name, leaves, report, file.name):
            pass
        if report.holds:
            _keep(ledger, feed, file, folder)
    if not report.holds:
        first = report.faults[0]
        raise Unproven(first.message, place=first.place, remedy="take the publication again")
    standing = ledger.register_tree()
    if (standing.size, standing.root) != (manifest.records, manifest.register_root):
        raise Unproven(
            "the records do not give the register root", place=manifest.name, remedy="begin in a fresh folder"
        )


def _keep(ledger: Ledger, feed: Feed, file: PublishedFile, folder: Path) -> None:
    if file.content == "records":
        with ledger.writing():
            ledger.stand((line.key, line.number, file.part) for line in lines_of(folder / file.name))
    feed.keep_salts(lines_of(folder / file.name))


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a file that was proved."""
    return (msgspec.json.decode(line, type=Line) for line in read_lines(path))


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
