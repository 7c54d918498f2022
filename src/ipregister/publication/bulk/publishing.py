"""Making a publication: the log follows, the files are written piece by piece, the manifest last.

The same state of the register gives the same bytes: no clock is asked, names and days are the register's. A run
that was cut off goes on with the same command; nothing of it is seen before it is whole.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from ipregister.model.errors import Busy
from ipregister.publication.alone import Waiting, only_one
from ipregister.publication.bulk import collecting, planning
from ipregister.publication.bulk import folders as places
from ipregister.publication.bulk import manifest as manifests
from ipregister.publication.bulk.collecting import Range
from ipregister.publication.bulk.lines import LineFile
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE, Manifest, PublishedFile
from ipregister.publication.bulk.parts import (
    Piece,
    PieceWriter,
    Setting,
    Written,
    noted,
    published,
    write_piece,
)
from ipregister.publication.bulk.planning import Kind, Plan
from ipregister.publication.bulk.shelf import FILES, Index, Listed, Shelf, write_synced
from ipregister.publication.keys import signer
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.following import Followed, Step, follow, signed_head
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.withholding.planned import unfinished
from ipregister.publication.working import Workers
from ipregister.store import outgoing
from ipregister.store.register import Register
from ipregister.store.snapshot import snapshot

FOLDER = "publications"
"""Folder of the data folder in which publications stand where no other is named."""
LOG = "log.jsonl.zst"
"""The file with the leaves of the log."""
_MANY = 5000
"""From so many records on several processes write."""


class Published(Struct, frozen=True):
    """A publication and where it is; `fresh` where this run made it."""

    folder: Path
    manifest: Manifest
    fresh: bool


class Press(Struct, frozen=True):
    """What publishes: a register with its data folder, the log, the shelf of publications."""

    register: Register
    data: Path
    ledger: Ledger
    shelf: Shelf
    processes: int = 2
    progress: Step | None = None

    def step(self, done: int) -> None:
        """Tell how many records are done."""
        if self.progress is not None:
            self.progress(done, None)


def publish(
    register: Register, data: Path, folder: Path, kind: Kind | None = None, *, processes: int = 2,
    progress: Step | None = None, waiting: Waiting | None = None,
) -> Published:  # fmt: skip
    """Publish into a folder: a full publication, or a delta to the one before (where there is one, without `kind`).

    Where nothing changed since, the publication that is there is the answer. While another process publishes it waits
    and calls `waiting`; without that, and while a withholding is half done, it raises `Busy`. Raises `UsageError`."""
    with closing(Ledger(data)) as ledger:
        if ledger.exists:
            places.require_own(ledger, folder)
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(data, waiting):
        if unfinished(data):
            raise Busy(
                "a withholding was cut off", remedy="run the same `ipregister withhold` again, then publish"
            )
        return _made(register, data, folder, kind, processes, progress)


def _made(
    register: Register, data: Path, folder: Path, kind: Kind | None, processes: int, progress: Step | None
) -> Published:
    with snapshot(register.alias), closing(Ledger(data)) as ledger:
        press = Press(register, data, ledger, Shelf(folder), processes, progress)
        followed = follow(register, data, ledger, processes=processes, progress=progress)
        _settle(press, followed)
        made = _publish(press, followed, kind)
        _settle(press, followed)
        places.note(ledger, folder)
    return made


def _publish(press: Press, followed: Followed, kind: Kind | None) -> Published:
    state = outgoing.deliveries_state(press.register.alias)
    plan = planning.plan(press.ledger, press.shelf, followed, state, kind)
    there = press.shelf.folder / plan.name
    last = planning.unchanged(press.shelf, plan, followed)
    if last is not None or there.is_dir():
        press.shelf.clear()
        held = last or press.shelf.manifest(plan.name)
        return Published(press.shelf.folder / held.name, held, fresh=False)
    work = press.shelf.work(plan.identity(followed))
    written = _write(press, followed, plan, work)
    log = _write_log(press.ledger, plan, work / FILES / LOG)
    key = signer(press.data)
    manifest = planning.manifest_of(press.ledger, plan, followed, written, log, key.public.id)
    content = manifest.content()
    write_synced(work / FILES / SIGNATURE, manifests.signed(content, key).content())
    write_synced(work / FILES / MANIFEST, content)
    press.shelf.show(work, plan.name)
    return Published(there, manifest, fresh=True)


def _write(press: Press, followed: Followed, plan: Plan, work: Path) -> list[Written]:
    setting = Setting(work, press.register.packs.folder, followed.rules)
    size = plan.tree.size - plan.since.size
    processes = press.processes if size > _MANY else 1
    written: list[Written] = []
    done = 0
    with closing(Workers(processes, PieceWriter, setting, write_piece)) as workers:
        for one in workers.results(_pieces(press, plan, work, followed.rules.digest)):
            written.append(one)
            done += sum(one.counts.values())
            press.step(done)
    return written


def _pieces(press: Press, plan: Plan, work: Path, rules: str) -> Iterator[Piece | Written]:
    start = plan.since.size
    before = press.shelf.manifest(plan.previous.name) if plan.previous and start else None
    told = Range(start, again=before is not None and before.rules != rules)
    if plan.kind == "full":
        wanted = collecting.full_pieces(press.ledger)
    else:
        wanted = collecting.delta_pieces(press.ledger, start, plan.tree.size)
    for part, name, leaves in wanted:
        whole = noted(work, name)
        yield whole or collecting.piece_of(press.register, press.ledger, part, name, leaves, told)


def _write_log(ledger: Ledger, plan: Plan, path: Path) -> PublishedFile:
    file = LineFile(path, always=True)
    with closing(file):
        for one in ledger.entries(plan.since.size, plan.tree.size):
            file.add(one.entry.content())
    return published(path, "", "log", "jsonl.zst", file.count)


def _settle(press: Press, followed: Followed) -> None:
    """Give every finished publication its leaf in the log and its line in the index."""
    index, ledger = press.shelf.index(), press.ledger
    fresh = list(index.publications)
    for manifest, content in press.shelf.finished():
        hash = manifests.hash_of(content)
        leaf = ledger.publication(hash)
        if leaf is None:
            with ledger.writing():
                leaf = ledger.append([Entry("publication", name=manifest.name, hash=hash)])
        fresh.append(Listed(manifest.name, manifest.kind, manifest.day, manifest.changes[1], manifest.records,
                            manifest.size, hash, leaf))  # fmt: skip
    if fresh:
        made = _index(press, followed, fresh)
        if made != index:
            press.shelf.write_index(made)


def _index(press: Press, followed: Followed, listed: list[Listed]) -> Index:
    """The index of publications, with the proofs that the last one is in the log."""
    key, node = signer(press.data), press.ledger.node
    head = signed_head(press.ledger, key, followed.change, followed.moment)
    size, tree = head.head.size, press.shelf.manifest(listed[-1].name).tree
    inclusion = merkle.inclusion(node, listed[-1].leaf, size)
    consistency = merkle.consistency(node, tree.size, size) if tree.size else []
    return Index(key=key.public.text, head=head, publications=tuple(listed),
                 inclusion=tuple(one.hex() for one in inclusion),
                 consistency=tuple(one.hex() for one in consistency))  # fmt: skip
