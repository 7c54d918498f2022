"""An offline edition held against what its publisher signed: the list of its files, each with its SHA-256.

The list and its signature are two members of the zip. Damage and changes are found by the key that stands in it; that
it is of the publisher himself only with his key from elsewhere.
"""

import hashlib
import os
import struct
import zipfile
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import Unproven
from ipregister.publication.bulk.manifest import Signature
from ipregister.publication.keys import PublicKey, Signer, public_key
from ipregister.publication.verify.report import Report
from ipregister.store.packs import file_digest

LIST, SIGNATURE, KIND = "edition.json", "edition.sig", "edition"
"""The members with the list and its signature; the kind of the signature."""
UNPACKED = ".unpacked"
"""What marks a folder in which an edition is unpacked as a whole."""
BESIDE = frozenset({LIST, SIGNATURE, UNPACKED})
"""What stands in such a folder beside the files of the list."""
FORMAT = 1
MOST_LIST = 64 << 20
_CHUNK = 1 << 20
_FAULTS = (zipfile.BadZipFile, EOFError, OSError, KeyError, NotImplementedError, RuntimeError, ValueError)
_encoder = msgspec.json.Encoder(order="sorted")
AGAIN = "get the file again from its publisher"
"""What to do about a damaged edition."""
_ZIP = b"PK\x03\x04"
_END = b"PK\x05\x06" + bytes(18)
"""What a zip without a comment ends with, but for the counts in it."""
_HEAD = struct.Struct("<26x2H")
"""Before a member: the lengths of its name and of what stands behind it."""


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of an edition."""

    name: str
    bytes: int
    sha256: str


class Edition(Struct, frozen=True, forbid_unknown_fields=True):
    """What an edition holds: the office whose records they are, and its files."""

    format: int
    office: str
    files: tuple[Member, ...]

    def content(self) -> bytes:
        """How it is written, and what is signed."""
        return msgspec.json.format(_encoder.encode(self), indent=1) + b"\n"


class SignedEdition(Struct, frozen=True):
    """The list of an edition, with the key that signed it."""

    edition: Edition
    key: PublicKey


def signed(edition: Edition, signer: Signer) -> bytes:
    """The signature of a list, as a member."""
    return Signature(signer.public.text, signer.sign(KIND, edition.content())).content()


def is_edition(path: Path) -> bool:
    """Whether a file is an edition with a list."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return LIST in archive.namelist()


def broken_off(path: Path) -> str:
    """What is wrong with a file that begins as an edition or another zip and has no end; empty for other files."""
    with path.open("rb") as file:
        begun = file.read(len(_ZIP)) == _ZIP
    if not begun or zipfile.is_zipfile(path):
        return ""
    size = path.stat().st_size
    return f"is cut off: it ends after {size} bytes, before the list of its files, so that nothing of it can be checked"


def signed_list(archive: zipfile.ZipFile, place: str, key: PublicKey | None = None) -> SignedEdition:
    """The list of an edition, by a key, else by the one it names. Raises `Unproven`."""
    try:
        if any(archive.getinfo(name).file_size > MOST_LIST for name in (LIST, SIGNATURE)):
            raise Unproven("has a list that is too long", place=place, remedy=AGAIN)
        content = archive.read(LIST)
        beside = msgspec.json.decode(archive.read(SIGNATURE), type=Signature)
        found, named = msgspec.json.decode(content, type=Edition), public_key(beside.key)
    except KeyError as error:
        raise Unproven("is not signed", place=place, remedy=AGAIN) from error
    except (*_FAULTS, msgspec.MsgspecError, RecursionError) as error:
        raise Unproven(f"has a list that cannot be read: {error}", place=place, remedy=AGAIN) from error
    if key is not None and named != key:
        raise Unproven(f"is signed by {named.text}, not by the key that was given", place=place,
                       remedy="get the file from the publisher whose key you have")  # fmt: skip
    if found.format != FORMAT or not named.holds(KIND, content, beside.signature):
        raise Unproven("is not what was signed", place=place, remedy=AGAIN)
    return SignedEdition(found, named)


def strange_bytes(archive: zipfile.ZipFile, path: Path) -> str:
    """What is wrong with a file that holds more than its members, before, between or behind them; empty for others."""
    with path.open("rb") as file:
        at = 0
        for one in sorted(archive.infolist(), key=lambda one: one.header_offset):
            file.seek(one.header_offset)
            head = file.read(_HEAD.size)
            if one.header_offset != at or len(head) != _HEAD.size:
                break
            at += _HEAD.size + sum(_HEAD.unpack(head)) + one.compress_size
        whole = at == archive.start_dir
        file.seek(-len(_END), os.SEEK_END)
        end = file.read()
    if whole and end.startswith(_END[:4]) and end.endswith(_END[-2:]):
        return ""
    return "holds bytes that are of no file that was signed, such as something written behind its end"


def check_files(archive: zipfile.ZipFile, edition: Edition, report: Report) -> None:
    """Hold every file against the list; none may lack, none stand beside it."""
    told = {one.name: one for one in edition.files}
    there = [name for name in archive.namelist() if name not in (LIST, SIGNATURE)]
    for name in sorted({*told} ^ {*there} | {name for name in there if there.count(name) > 1}):
        report.fault(name, "is not there, or there without being signed", AGAIN)
    if not report.holds:
        return
    for name, one in sorted(told.items()):
        if _digest(archive, name) != (one.bytes, one.sha256):
            report.fault(name, "is not the file that was signed", AGAIN)
    report.files = len(told)


def check_edition(path: Path, key: PublicKey | None, report: Report) -> None:
    """The same of a whole edition, with its signature."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = signed_list(archive, str(path), key)
            report.key = found.key.text
            if fault := strange_bytes(archive, path):
                report.fault(str(path), fault, AGAIN)
            check_files(archive, found.edition, report)
    except zipfile.BadZipFile as error:
        report.fault(str(path), f"is no edition: {error}", AGAIN)
    except Unproven as error:
        report.fault(error.place or str(path), error.message, error.remedy)


def changed_in(folder: Path, edition: Edition) -> str:
    """The first file of an unpacked edition that is not as it was signed, lacks, or stands there without being signed;
    empty where all are in order. Every file is read."""
    told = {one.name: one for one in edition.files}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        known = name in told or name in BESIDE or path.is_dir() or _is_left(path)
        if path.is_symlink() or not known:
            return name
    for name, one in sorted(told.items()):
        path = folder / name
        if not path.is_file() or path.stat().st_size != one.bytes or file_digest(path) != one.sha256:
            return name
    return ""


def _is_left(path: Path) -> bool:
    """Whether a file is one that serving leaves, and nothing is read from: a lock, a journal of SQLite without changes."""
    return path.name.endswith((".lock", "-shm")) or (path.name.endswith("-wal") and not path.stat().st_size)


def _digest(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    """Size and SHA-256 of a member; nothing of one that cannot be read."""
    made, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                made.update(chunk)
                size += len(chunk)
    except _FAULTS:
        return 0, ""
    return size, made.hexdigest()
