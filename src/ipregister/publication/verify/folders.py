"""Publications: one, and a shelf of all of them in their order."""

import hashlib
from pathlib import Path

import msgspec

from ipregister.model.errors import RegisterError, UnreadableInput
from ipregister.publication.bulk import manifest as manifests
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE, Manifest, PublishedFile, Signature
from ipregister.publication.bulk.shelf import INDEX, Index, Listed
from ipregister.publication.keys import PublicKey, public_key
from ipregister.publication.log import merkle
from ipregister.publication.log.entries import check_head
from ipregister.publication.log.merkle import Frontier
from ipregister.publication.verify.parts import Leaves, check_lines, check_log
from ipregister.publication.verify.report import Report
from ipregister.publication.verify.sources import Source
from ipregister.publication.withholding.published import FILE as WITHHELD
from ipregister.publication.withholding.published import rewritten
from ipregister.store.packs import file_digest


class Standing:
    """What stands after the publications that were read: the leaf of each record, the tree, the manifest before."""

    def __init__(self) -> None:
        self.leaves: dict[str, bytes] = {}
        self.tree = Frontier()
        self.before: Manifest | None = None

    def root(self) -> str:
        """The register root."""
        return merkle.root_of(self.leaves[key] for key in sorted(self.leaves)).hex()


def check_publication(
    source: Source, folder: str, key: PublicKey | None, report: Report, standing: Standing | None = None
) -> Manifest | None:
    """Check a publication, alone or after those before it (`standing`). None where its manifest does not hold."""
    signed = read_manifest(source, folder, key, report)
    if signed is None:
        return None
    manifest = signed
    prefix = f"{folder}/" if folder else ""
    _check_names(source, folder, manifest, report)
    manifest = without_withheld(source, folder, manifest, report)
    alone = standing is None
    standing = standing or Standing()
    if manifest.kind == "full":
        standing.leaves.clear()
    leaves = Leaves()
    _check_tree(source, prefix, manifest, leaves, standing, report)
    for file in manifest.files:
        if file.content == "log":
            continue
        try:
            with source.file(prefix + file.name) as path:
                if _check_file(path, file, report, prefix) and file.format == "jsonl.zst":
                    found = check_lines(path, leaves, report, prefix + file.name)
                    fresh = dict(found)
                    if file.content == "records":
                        standing.leaves.update(fresh)
        except RegisterError as error:
            report.fault(prefix + file.name, str(error))
    if (manifest.kind == "full" or not alone) and standing.root() != manifest.register_root:
        report.fault(f"{prefix}{MANIFEST}", "the records do not give the register root", "take another copy")
    standing.before = signed
    _tell(report, signed)
    return signed


def read_manifest(source: Source, folder: str, key: PublicKey | None, report: Report) -> Manifest | None:
    """The manifest of a publication where it is signed."""
    prefix = f"{folder}/" if folder else ""
    try:
        content, beside = source.read(prefix + MANIFEST), source.read(prefix + SIGNATURE)
        signed_by = key or public_key(msgspec.json.decode(beside, type=Signature).key)
        report.key = signed_by.text
        return manifests.check(content, beside, signed_by, f"{source.place}/{folder}".rstrip("/"))
    except RegisterError as error:
        report.fault(error.place or prefix + MANIFEST, error.message, error.remedy)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        report.fault(prefix + SIGNATURE, f"is no signature: {error}", "take another copy")
    return None


def without_withheld(source: Source, folder: str, manifest: Manifest, report: Report) -> Manifest:
    """The manifest with the hashes of files that were rewritten, as content in them was withheld by law."""
    prefix = f"{folder}/" if folder else ""
    try:
        content = source.read(prefix + WITHHELD)
    except UnreadableInput:
        return manifest
    try:
        told = rewritten(content, public_key(report.key), manifest, prefix + WITHHELD)
    except RegisterError as error:
        report.fault(prefix + WITHHELD, error.message, error.remedy)
        return manifest
    files = tuple(
        msgspec.structs.replace(file, bytes=told[file.name].bytes, sha256=told[file.name].sha256)
        if file.name in told else file for file in manifest.files
    )  # fmt: skip
    return msgspec.structs.replace(manifest, files=files)


def _tell(report: Report, manifest: Manifest) -> None:
    report.records, report.register_root = manifest.records, manifest.register_root
    report.tree_size, report.tree_root = manifest.tree.size, manifest.tree.root


def _check_names(source: Source, folder: str, manifest: Manifest, report: Report) -> None:
    there = source.names(folder)
    known = {MANIFEST, SIGNATURE, WITHHELD, *(file.name for file in manifest.files)}
    for name in set(there or ()) - known:
        report.fault(
            f"{folder}/{name}".lstrip("/"), "is not in the manifest", "it is not of the publisher: remove it"
        )


def _check_file(path: Path, file: PublishedFile, report: Report, prefix: str) -> bool:
    report.files += 1
    if path.stat().st_size == file.bytes and file_digest(path) == file.sha256:
        return True
    report.fault(prefix + file.name, "is not the file that was published", "take another copy")
    return False


def _check_tree(
    source: Source, prefix: str, manifest: Manifest, leaves: Leaves, standing: Standing, report: Report
) -> None:
    """The leaves must lead from the tree before to the tree that the manifest tells."""
    place, before = f"{prefix}{MANIFEST}", standing.before
    log = next((file for file in manifest.files if file.content == "log"), None)
    if log is None:
        report.fault(place, "names no leaves of the log")
        return
    try:
        tree = Frontier(manifest.since.size, [bytes.fromhex(one) for one in manifest.since.frontier])
    except ValueError as error:
        report.fault(place, str(error))
        return
    marks = {before.tree.size: tree.root() if before.tree.size == tree.size else b""} if before else {}
    try:
        with source.file(prefix + log.name) as path:
            if _check_file(path, log, report, prefix):
                check_log(path, tree, leaves, marks, report, prefix + log.name)
    except RegisterError as error:
        report.fault(prefix + log.name, str(error))
    if (tree.size, tree.root().hex()) != (manifest.tree.size, manifest.tree.root):
        report.fault(place, "the leaves do not give the root of the log", "take another copy")
    if before is not None and before.tree.size and marks[before.tree.size].hex() != before.tree.root:
        report.fault(
            place, "the log is not the one of the publication before, only longer", "tell the publisher"
        )
    standing.tree = tree


def check_shelf(source: Source, key: PublicKey | None, report: Report) -> None:
    """Check all publications of a folder, in their order, and that the log only grew."""
    try:
        content = source.read(INDEX)
        index = msgspec.json.decode(content, type=Index)
        signed_by = key or public_key(index.key)
    except (RegisterError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        report.fault(INDEX, f"cannot be read: {error}", "take another copy")
        return
    if index.content() != content or index.key != signed_by.text:
        report.fault(
            INDEX, "is not of this key, or not written as it was", "give the key of the publisher with --key"
        )
    report.key = signed_by.text
    standing, hash = Standing(), ""
    for listed in index.publications:
        try:
            hash = hashlib.sha256(source.read(f"{listed.name}/{MANIFEST}")).hexdigest()
        except RegisterError as error:
            report.fault(f"{listed.name}/{MANIFEST}", str(error))
            continue
        before = standing.before
        manifest = check_publication(source, listed.name, signed_by, report, standing)
        if manifest is not None:
            _check_listed(listed, hash, manifest, before, report)
    if index.publications:
        _check_end(index, standing, signed_by, report)


def _check_listed(
    listed: Listed, hash: str, manifest: Manifest, before: Manifest | None, report: Report
) -> None:
    said = (
        listed.manifest,
        listed.name,
        listed.kind,
        listed.day,
        listed.change,
        listed.records,
        listed.bytes,
    )
    found = (
        hash,
        manifest.name,
        manifest.kind,
        manifest.day,
        manifest.changes[1],
        manifest.records,
        manifest.size,
    )
    if said != found:
        report.fault(INDEX, f"tells {listed.name} otherwise than it is")
    previous = manifest.previous.name if manifest.previous else ""
    if previous != (before.name if before else ""):
        report.fault(f"{manifest.name}/{MANIFEST}", f"follows on {previous or 'none'}, which is not the one before",
                     "take the whole folder again")  # fmt: skip
    elif (
        before is not None
        and manifest.previous
        and manifests.hash_of(before.content()) != manifest.previous.sha256
    ):
        report.fault(
            f"{manifest.name}/{MANIFEST}", "names another manifest as the one before", "tell the publisher"
        )


def _check_end(index: Index, standing: Standing, key: PublicKey, report: Report) -> None:
    """The tree head of the index covers the last publication: its tree, and its manifest as a leaf."""
    last, before = index.publications[-1], standing.before
    if index.head is None or before is None:
        report.fault(INDEX, "has no tree head")
        return
    try:
        check_head(index.head, key)
        inclusion, consistency = (
            [bytes.fromhex(one) for one in proof] for proof in (index.inclusion, index.consistency)
        )
        root, old = bytes.fromhex(index.head.head.root), bytes.fromhex(before.tree.root)
    except (RegisterError, ValueError) as error:
        report.fault(INDEX, str(error))
        return
    leaf = manifests.leaf_of(before)
    if not merkle.is_included(leaf, last.leaf, index.head.head.size, inclusion, root):
        report.fault(INDEX, "the last manifest is not in the log")
    if before.tree.size and not merkle.is_consistent(
        before.tree.size, index.head.head.size, old, root, consistency
    ):
        report.fault(INDEX, "the log of the tree head is not that of the last publication, only longer")
