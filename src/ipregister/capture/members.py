"""The members of an open delivery: which are XML, which belong to records, and how their bytes come."""

import os
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from ipregister.capture.archive import CHUNK, Archive, BadArchive, Member, check
from ipregister.capture.images import sniff
from ipregister.capture.limits import Limits
from ipregister.capture.slices import Attachment
from ipregister.exchange.sources import recognise

_BESIDE = frozenset(["jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp", "svg", "mp3", "wav", "ogg", "mp4", "avi", "mov", "pdf", "txt", "csv", "doc", "docx", "xls", "xlsx", "htm", "html", "xsd", "xsl", "xslt", "dtd", "css", "md5", "sha1", "sha256", "db", "ini"])  # fmt: skip
_JSON = frozenset(["json", "jsonl", "ndjson"])
_ARCHIVES = frozenset(["rar", "7z", "gz", "tgz", "tar", "bz2", "tbz", "tbz2", "xz", "txz", "zst", "lz", "lzma", "lzh", "arj", "cab", "iso"])  # fmt: skip
_PACKED = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
"""What archives that are no zip begin with."""
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<([^\s/>!?<]+)")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Source(NamedTuple):
    """One member as the delivery reads it: its full name, size, and how to get its bytes."""

    name: str
    size: int
    read: Callable[[], bytes]
    chunks: Callable[[], Iterator[bytes]]


class Scope:
    """One archive of the delivery: its members sorted into files of records (XML, and JSON of a shape that is
    known), zips and other files. With `only`, that one file is all that is looked at."""

    def __init__(self, archive: Archive, prefix: str, limits: Limits, only: str = "") -> None:
        self.archive = archive
        self.prefix = prefix
        self.limits = limits
        self.notes: list[tuple[str, str]] = []
        self.order: list[tuple[Member, str]] = []
        self.beside: dict[str, list[Attachment]] = {}
        self.unopened: list[Attachment] = []
        self.used: set[str] = set()
        members = list(archive.members())
        check(members, archive.size, limits)
        for member in members:
            if only and member.name == only:
                self.order.append((member, "xml"))
            elif not only:
                self._place(member)
        self._names: dict[str, list[Attachment]] | None = None
        self.alone = self._folders()

    def _place(self, member: Member) -> None:
        name = member.name
        if name.startswith(_JUNK) or name.rpartition("/")[2] in _JUNK:
            return
        if member.unsafe or len(name) > self.limits.name:
            self.notes.append(("unsafe-name", self.prefix + name[: self.limits.name]))
        if member.is_link:
            self.notes.append(("link-skipped", self.prefix + name))
            return
        kind = self._kind(member)
        attachment = Attachment(self.prefix + name, name.rpartition("/")[2], member.size)
        if kind == "archive":
            self.notes.append(("unopened-archive", self.prefix + name))
            self.unopened.append(attachment)
        elif kind == "file":
            folder = name.rpartition("/")[0]
            self.beside.setdefault(folder, []).append(attachment)
        else:
            self.order.append((member, kind))

    def _kind(self, member: Member) -> str:
        ending = member.name.rpartition("/")[2].lower().rpartition(".")[2]
        if ending == "xml":
            return "xml"
        if ending in _JSON:
            return "xml" if self._tells_records(member) else "file"
        if ending == "zip":
            return "zip"
        if ending in _ARCHIVES:
            return "archive"
        if ending in _BESIDE:
            return "file"
        try:
            start = next(self.archive.chunks(member), b"")[:4096]
        except BadArchive:
            return "file"
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and sniff(start) != "image/svg+xml":
            return "xml"
        if start.startswith(_PACKED) or start[257:262] == b"ustar":
            return "archive"
        return "zip" if start.startswith(b"PK\x03\x04") else "file"

    def _tells_records(self, member: Member) -> bool:
        """Whether a file of JSON begins as one of records."""
        try:
            return recognise(next(self.archive.chunks(member), b"")) is not None
        except BadArchive:
            return False

    def _folders(self) -> dict[str, list[Attachment]]:
        """Folder of a lone XML file -> the other files in it and below, which are that record's."""
        files: dict[str, int] = {}
        for member, kind in self.order:
            if kind == "xml":
                folder = member.name.rpartition("/")[0]
                files[folder] = files.get(folder, 0) + 1
        owned: dict[str, list[Attachment]] = {}
        for folder, attachments in self.beside.items():
            owner = folder
            while owner not in files and owner:
                owner = owner.rpartition("/")[0]
            if files.get(owner) == 1:
                owned.setdefault(owner, []).extend(attachments)
        return owned

    def beside_record(self, name: str) -> tuple[Attachment, ...]:
        """The files that are the lone record's in the file `name` by their place."""
        folder = name.rpartition("/")[0]
        found = self.alone.get(folder, ())
        self.used.update(attachment.member for attachment in found)
        return tuple(found)

    def is_lone(self, name: str, raw: bytes) -> bool:
        """Whether these bytes are the only record of the file `name`: most of it, and no other has their root."""
        member = self._files.get(name)
        root = _ROOT.match(raw)
        if member is None or root is None or member.size > max(2 * len(raw), len(raw) + 4096):
            return False
        try:
            data = self.archive.read(member, self.limits.in_memory)
        except BadArchive:
            return False
        starts = re.compile(rb"<" + re.escape(root[1]) + rb"[\s/>]")
        return len(starts.findall(data)) == len(starts.findall(raw))

    @cached_property
    def _files(self) -> dict[str, Member]:
        return {member.name: member for member, kind in self.order if kind == "xml"}

    @cached_property
    def owned(self) -> frozenset[str]:
        """The files that lie with a lone XML file: where that is one record, they are its own and no other's."""
        return frozenset(attachment.member for files in self.alone.values() for attachment in files)

    def named(self, wanted: list[str], *, lone: bool = False) -> tuple[Attachment, ...]:
        """The files in a folder that bears one of the names, else those that bear one themselves, with or
        without their ending. `ATTACHMENT/logo` is the name of every record's picture: a name that files of
        several folders bear is nobody's, and a `lone` record of a file has none of those that lie with another."""
        bases = [name.replace("\\", "/").rpartition("/")[2].lower() for name in wanted]
        found = {a.member: a for base in bases for a in self._in_folders.get(base, ())}
        if not found:
            found = {a.member: a for base in bases for a in _of_one_folder(self.names.get(base, []))}
        if lone:
            found = {member: a for member, a in found.items() if member not in self.owned}
        self.used.update(found)
        return tuple(found.values())

    def cited(self, name: str, wanted: list[str]) -> tuple[Attachment, ...]:
        """The files that a document in the file `name` cites by their exact names and that lie beside it, in its own
        folder; of names that differ in upper and lower case alone none, where not one is spelled as it is cited."""
        folder = name.rpartition("/")[0]
        found: dict[str, Attachment] = {}
        for one in wanted if folder in self.beside else ():
            same = self._beside_named.get((folder, one.lower()), [])
            exact = [file for file in same if file.name == one] or same
            if len(exact) == 1:
                found[exact[0].member] = exact[0]
        self.used.update(found)
        return tuple(found.values())

    @cached_property
    def _beside_named(self) -> dict[tuple[str, str], list[Attachment]]:
        """Folder and name in lower case -> the files that bear it there."""
        named: dict[tuple[str, str], list[Attachment]] = {}
        for folder, attachments in self.beside.items():
            for one in attachments:
                named.setdefault((folder, one.name.lower()), []).append(one)
        return named

    @cached_property
    def _in_folders(self) -> dict[str, list[Attachment]]:
        folders: dict[str, list[Attachment]] = {}
        for path, attachments in self.beside.items():
            for part in {part.lower() for part in path.split("/") if part}:
                folders.setdefault(part, []).extend(attachments)
        return folders

    @property
    def names(self) -> dict[str, list[Attachment]]:
        """Files by lower-case name and by name without ending."""
        if self._names is None:
            self._names = {}
            for attachments in self.beside.values():
                for attachment in attachments:
                    name = attachment.name.lower()
                    for key in {name, os.path.splitext(name)[0]}:
                        self._names.setdefault(key, []).append(attachment)
        return self._names

    def source(self, member: Member) -> Source:
        """How the delivery reads a member of this archive."""
        archive, limit = self.archive, self.limits.in_memory
        return Source(self.prefix + member.name, member.size, lambda: archive.read(member, limit),
                      lambda: archive.chunks(member))  # fmt: skip

    def unassigned(self) -> Iterator[Attachment]:
        """Files that no record claimed, and archives. Complete once all records were cut."""
        yield from self.unopened
        for attachments in self.beside.values():
            for attachment in attachments:
                if attachment.member not in self.used:
                    yield attachment


def _of_one_folder(files: list[Attachment]) -> list[Attachment]:
    return files if len({file.member.rpartition("/")[0] for file in files}) == 1 else []


def file_source(descriptor: int, size: int) -> Source:
    """A delivery that is itself one XML file."""

    def chunks() -> Iterator[bytes]:
        at = 0
        while piece := os.pread(descriptor, CHUNK, at):
            at += len(piece)
            yield piece

    return Source("", size, lambda: os.pread(descriptor, size, 0), chunks)
