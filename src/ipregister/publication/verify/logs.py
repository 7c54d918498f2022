"""The log of a data folder, one's own or a mirror's: leaves, tree and signed head must agree."""

import sqlite3
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import RegisterError, UnreadableInput
from ipregister.publication.bulk.manifest import MANIFEST
from ipregister.publication.keys import PublicKey, named, public_key
from ipregister.publication.log.entries import check_head
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.log.merkle import Frontier
from ipregister.publication.verify.folders import read_manifest
from ipregister.publication.verify.report import Report
from ipregister.publication.verify.sources import Folder
from ipregister.store.packs import file_digest

MIRRORED = "mirror.json"
"""The file in which a mirror notes whose log it copied."""


class _Mirrored(Struct, frozen=True):
    key: str


def check_data(data: Path, key: PublicKey | None, report: Report) -> None:
    """Check the log of a data folder against its signed heads; of a mirror's copy also the manifests that it keeps."""
    ledger = Ledger(data)
    try:
        keys = [key] if key else _keys(data)
        tree, heads = Frontier(), {head.head.size: head for head in ledger.heads(1_000_000)}
        for one in ledger.entries(0, ledger.size()):
            tree.add(one.entry.leaf())
            head = heads.get(tree.size)
            if head is not None and head.head.root != tree.root().hex():
                report.fault(str(ledger.path), f"the first {tree.size} leaves do not give the root that was signed",
                             "restore the log from the backup")  # fmt: skip
        for head in heads.values():
            signed_by = next((one for one in keys if one.id == head.key), keys[0] if keys else None)
            if signed_by is not None:
                check_head(head, signed_by)
        report.tree_size, report.tree_root = tree.size, tree.root().hex()
        if ledger.tree().root != report.tree_root:
            report.fault(
                str(ledger.path), "the tree does not fit its leaves", "restore the log from the backup"
            )
        standing = ledger.register_tree()
        report.records, report.register_root = standing.size, standing.root
        report.key = keys[0].text if keys else ""
        if (data / MIRRORED).is_file():
            _check_kept(data, ledger, report)
    except RegisterError as error:
        report.fault(error.place or str(ledger.path), error.message, error.remedy)
    except sqlite3.DatabaseError as error:
        report.fault(str(ledger.path), f"cannot be read: {error}", "restore the log from the backup")
    finally:
        ledger.close()


def _keys(data: Path) -> list[PublicKey]:
    """The keys of an installation; of a mirror's copy that of the publisher."""
    if not (data / MIRRORED).is_file():
        return list(named(data).values())
    try:
        return [public_key(msgspec.json.decode((data / MIRRORED).read_bytes(), type=_Mirrored).key)]
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnreadableInput(f"cannot be read: {error}", place=str(data / MIRRORED)) from error


def _check_kept(data: Path, ledger: Ledger, report: Report) -> None:
    """Each manifest that a mirror keeps must be signed, and its tree the beginning of the log; its leaves must be the
    file that was published."""
    source = Folder(data)
    for path in sorted(data.glob(f"*/{MANIFEST}")):
        manifest = read_manifest(source, path.parent.name, public_key(report.key), report)
        if manifest is None:
            continue
        report.files += 1
        if manifest.tree.size > ledger.size() or ledger.tree(manifest.tree.size) != manifest.tree:
            report.fault(
                f"{manifest.name}/{MANIFEST}", "its tree is not in the log", "mirror into a fresh folder"
            )
        for file in manifest.files:
            kept = path.with_name(file.name)
            if file.content == "log" and (not kept.is_file() or file_digest(kept) != file.sha256):
                report.fault(
                    f"{manifest.name}/{file.name}", "is not the file that was published", "take another copy"
                )
