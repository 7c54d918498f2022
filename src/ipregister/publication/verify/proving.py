"""One door for all that can be verified: a copy, a file of a publication, a publication, all of them, an edition, a mirror."""

from pathlib import Path

import msgspec

from ipregister.model.errors import RegisterError, UnreadableInput
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE
from ipregister.publication.bulk.shelf import INDEX
from ipregister.publication.extract import check_copy
from ipregister.publication.keys import PublicKey
from ipregister.publication.log.ledger import FILE, FOLDER
from ipregister.publication.verify.edition import AGAIN, broken_off, check_edition, is_edition
from ipregister.publication.verify.folders import (
    check_publication,
    check_shelf,
    read_manifest,
    without_withheld,
)
from ipregister.publication.verify.logs import check_data
from ipregister.publication.verify.parts import Leaves, check_lines
from ipregister.publication.verify.report import EDITION, Report
from ipregister.publication.verify.sources import Folder, Source, Web
from ipregister.store.packs import file_digest

_COPY = 64 << 20
_PDF = b"%PDF-"
TAKEN = (
    "what can be verified: a copy of published data as JSON, an offline edition, a file of a publication beside its "
    "manifest.json, a folder of publications, a data folder, the address of a register"
)


def verify(what: str, key: PublicKey | None = None) -> Report:
    """Verify a file, a folder or an address; without a key, by the one it names. Raises `UnreadableInput`."""
    if what.startswith(("http://", "https://")):
        report = _address(what, key)
    else:
        path = Path(what)
        if not path.exists():
            raise UnreadableInput("is not there", place=what, remedy="name a file, a folder or an address")
        try:
            report = _folder(path, key) if path.is_dir() else _file(path, key)
        except PermissionError as error:
            raise UnreadableInput(f"cannot be read: {error.strerror}", place=str(error.filename or what),
                                  remedy="give the user that runs ipregister the right to read it") from error  # fmt: skip
    report.given = key is not None
    return report


def _folder(path: Path, key: PublicKey | None) -> Report:
    source = Folder(path)
    if (path / MANIFEST).is_file() and not (path / INDEX).is_file():
        report = Report("publication", str(path))
        check_publication(source, "", key, report)
    elif (path / INDEX).is_file():
        report = Report("publications", str(path))
        check_shelf(source, key, report)
    elif (path / FOLDER / FILE).is_file():
        report = Report("log", str(path))
        check_data(path, key, report)
    else:
        raise UnreadableInput("holds no publication and no log", place=str(path),
                              remedy=f"name a folder with {INDEX} or {MANIFEST}")  # fmt: skip
    return report


def _file(path: Path, key: PublicKey | None) -> Report:
    if path.name in (MANIFEST, SIGNATURE):
        report = Report("manifest", str(path))
        read_manifest(Folder(path.parent), "", key, report)
        return report
    if path.name == INDEX:
        return _folder(path.parent, key)
    if (path.parent / MANIFEST).is_file():
        return _part(path, key)
    if is_edition(path):
        report = Report(EDITION, str(path))
        check_edition(path, key, report)
        return report
    if fault := broken_off(path):
        raise UnreadableInput(fault, place=str(path), remedy=AGAIN)
    if not path.stat().st_size:
        raise UnreadableInput("is empty", place=str(path), remedy=f"{AGAIN}, whole; {TAKEN}")
    if path.stat().st_size > _COPY:
        raise UnreadableInput("is no copy, and no manifest lies beside it", place=str(path),
                              remedy="put manifest.json and manifest.sig beside it")  # fmt: skip
    return _copy(path.read_bytes(), str(path), key)


def _part(path: Path, key: PublicKey | None) -> Report:
    """A file of a publication, by the manifest that lies beside it."""
    report = Report("file of a publication", str(path), files=1)
    manifest = read_manifest(Folder(path.parent), "", key, report)
    if manifest is not None:
        manifest = without_withheld(Folder(path.parent), "", manifest, report)
    named = [file for file in manifest.files if file.name == path.name] if manifest else []
    if manifest is not None and not named:
        report.fault(path.name, "is not in the manifest", "it is not of the publisher")
    for file in named:
        report.records = file.count
        if path.stat().st_size != file.bytes or file_digest(path) != file.sha256:
            report.fault(path.name, "is not the file that was published", "take another copy")
        if file.format == "jsonl.zst" and file.content != "log":
            for _ in check_lines(path, Leaves(), report, path.name):
                pass
    return report


def _copy(content: bytes, place: str, key: PublicKey | None) -> Report:
    if content.startswith(_PDF):
        raise UnreadableInput("is a PDF, for people to read: its pages cannot be proved offline", place=place,
                              remedy="scan its code, which opens the check at the publisher, or verify the same "
                              "copy as JSON (`ipregister extract KEY -o FILE.json`)")  # fmt: skip
    report = Report("verified copy of published data", place)
    try:
        found = check_copy(content, key, place)
    except RegisterError as error:
        report.fault(error.place or place, error.message, error.remedy)
        return report
    head = found.copy.head.head
    report.key, report.records, report.tree_size, report.tree_root = found.key, 1, head.size, head.root
    return report


def _address(address: str, key: PublicKey | None) -> Report:
    """A register's address, its `/bulk/`, one publication, or a copy."""
    source: Source = Web(address)
    for below in ("", "bulk"):
        inner = Web(f"{source.place}/{below}".rstrip("/"))
        if _has(inner, INDEX):
            report = Report("publications", inner.place)
            check_shelf(inner, key, report)
            return report
        if _has(inner, MANIFEST):
            report = Report("publication", inner.place)
            check_publication(inner, "", key, report)
            return report
    return _copy(source.read(""), address, key)


def _has(source: Web, name: str) -> bool:
    try:
        msgspec.json.decode(source.read(name))
    except (RegisterError, msgspec.MsgspecError, ValueError, RecursionError):
        return False
    return True
