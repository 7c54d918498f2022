"""What a publication is to hold, and what its manifest says when it is written."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister import __version__
from ipregister.model.canonical import SCHEMA
from ipregister.model.errors import UsageError
from ipregister.publication.bulk import manifest as manifests
from ipregister.publication.bulk.manifest import Beginning, Manifest, Previous, PublishedFile
from ipregister.publication.bulk.parts import Written
from ipregister.publication.bulk.shelf import Shelf
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import Tree
from ipregister.publication.log.following import Followed
from ipregister.publication.log.ledger import Ledger

Kind = Literal["full", "delta"]


class Plan(Struct, frozen=True):
    """What a publication is to hold: the tree of the log, where in it a delta begins, which publication came before.

    `state`: deliveries and slices of the register."""

    kind: Kind
    name: str
    state: tuple[int, int]
    tree: Tree
    since: Beginning
    first: int
    previous: Previous | None

    def identity(self, followed: Followed) -> bytes:
        """What must be the same for an unfinished publication to go on."""
        return msgspec.json.encode(
            (__version__, self, followed.rules.digest, followed.rules.days), order="sorted"
        )


def plan(ledger: Ledger, shelf: Shelf, followed: Followed, state: tuple[int, int], kind: Kind | None) -> Plan:
    """Plan a publication; without a kind a delta where there is one before. Raises `UsageError`."""
    listed = shelf.index().publications
    before = manifests.load(shelf.folder / listed[-1].name)[0] if listed else None
    kind = kind or ("delta" if before else "full")
    tree = ledger.tree(ledger.covered())
    if kind == "delta" and before is None:
        raise UsageError(
            "there is no publication to which this would be a delta", remedy="publish with --full"
        )
    start = before.tree.size if before is not None and kind == "delta" else 0
    if before is not None and (start > tree.size or ledger.tree(before.tree.size) != before.tree):
        raise UsageError("the publications here are of another register or of a later state of this one",
                         place=str(shelf.folder), remedy="publish into another folder")  # fmt: skip
    frontier = tuple(one.hex() for one in merkle.frontier(ledger.node, start))
    previous = Previous(listed[-1].name, listed[-1].manifest) if listed else None
    first = before.changes[1] + 1 if start and before else 1
    return Plan(
        kind,
        _name(shelf, followed, state, kind, tree),
        state,
        tree,
        Beginning(start, frontier),
        first,
        previous,
    )


def _name(shelf: Shelf, followed: Followed, state: tuple[int, int], kind: Kind, tree: Tree) -> str:
    """Day, change and kind; with the state of deliveries, the rules and the size of the log where the same change was
    published otherwise: a withdrawal has no change number."""
    day = followed.moment[:10] or "0000-00-00"
    name = f"{day}-{followed.change:010d}-{kind}"
    for one in shelf.index().publications:
        if one.name.startswith(f"{day}-{followed.change:010d}-{kind}"):
            held = shelf.manifest(one.name)
            if (held.state, held.rules, held.tree) == (state, followed.rules.digest, tree):
                return one.name
            name = f"{day}-{followed.change:010d}-{kind}-{state[1]}-{followed.rules.digest[:6]}-{tree.size}"
    return name


def unchanged(shelf: Shelf, plan: Plan, followed: Followed) -> Manifest | None:
    """The last publication, where a delta to it would say nothing."""
    listed = shelf.index().publications
    if plan.kind != "delta" or not listed:
        return None
    last = shelf.manifest(listed[-1].name)
    same = last.tree == plan.tree and last.state == plan.state and last.days == followed.rules.days
    return last if same else None


def manifest_of(
    ledger: Ledger, plan: Plan, followed: Followed, written: Sequence[Written], log: PublishedFile, key: str
) -> Manifest:
    """The manifest of what was written."""
    counts: dict[str, Counter[str]] = {}
    for one in written:
        if one.files:
            counts.setdefault(one.files[0].part, Counter()).update(one.counts)
    files = sorted((file for one in written for file in one.files), key=lambda file: file.name)
    standing = ledger.register_tree()
    terms = [followed.rules.release.terms(*part.split("-", 1)) for part in sorted(ledger.parts())]
    return Manifest(
        format=manifests.FORMAT,
        name=plan.name,
        kind=plan.kind,
        day=plan.name[:10],
        moment=followed.moment,
        software=__version__,
        key=key,
        schema=SCHEMA,
        changes=(plan.first, followed.change),
        state=plan.state,
        records=standing.size,
        register_root=standing.root,
        tree=plan.tree,
        since=plan.since,
        days=followed.rules.days,
        counts={part: dict(sorted(kinds.items())) for part, kinds in sorted(counts.items())},
        rules=followed.rules.digest,
        previous=plan.previous,
        terms=tuple(terms),
        files=(*files, log),
    )
