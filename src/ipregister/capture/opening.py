"""From a path to the one file that is kept: a zip or XML file as it is, a folder as one zip."""

import hashlib
import os
import zipfile
from pathlib import Path

from ipregister.capture.archive import CHUNK, BadArchive
from ipregister.capture.saved_as import require_bare_zip
from ipregister.model.errors import UnreadableInput

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHER = ((b"Rar!", "RAR"), (b"7z\xbc\xaf'\x1c", "7-Zip"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"),
          (b"\xfd7zXZ", "xz"))  # fmt: skip
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Marks of an encoding and blanks that may stand before the first tag."""
_PACKED = frozenset(["jpg", "jpeg", "png", "gif", "webp", "zip", "mp3", "mp4", "ogg"])
_REASONS = {
    "not-a-zip": ("is not a whole zip file", "copy it again from the office, and compare the sizes"),
    "members-overlap": (
        "is a forged zip: its members overlap",
        "do not load it. Ask the office for another file",
    ),
    "expands-too-far": (
        "would expand beyond the limit",
        "ask the office. If it is right, unpack it and load the folder",
    ),
    "too-many-members": ("has more files than the limit", "load it in parts"),
    "encrypted-member": ("is encrypted", "unpack it with the office's password and load the folder"),
}


def unreadable(path: Path, error: BadArchive) -> UnreadableInput:
    """The error for a delivery whose zip cannot be opened."""
    message, remedy = _REASONS.get(error.code, ("cannot be read", "ask the office to deliver it again"))
    return UnreadableInput(message, place=str(path), remedy=remedy)


def is_zip(path: Path) -> bool:
    """Whether a file is a zip. Raises `UnreadableInput` for other archives, a zip in name only, and what is neither
    XML nor JSON."""
    try:
        with path.open("rb") as handle:
            start = handle.read(1024)
    except OSError as error:
        raise UnreadableInput(f"cannot be opened: {error.strerror}", place=str(path),
                              remedy="check the path and the rights on the file") from error  # fmt: skip
    for magic, name in _OTHER:
        if start.startswith(magic):
            raise UnreadableInput(f"is a {name} archive", place=str(path),
                                  remedy="unpack it and load the folder, or pack it as zip")  # fmt: skip
    if start.startswith(_ZIP):
        return True
    require_bare_zip(path, start)
    if path.suffix.lower() == ".zip":
        raise unreadable(path, BadArchive("not-a-zip"))
    text = start.lstrip(_BEFORE_XML)
    if text and text[:1] not in (b"<", b"{", b"[") and path.suffix.lower() != ".xml":
        raise UnreadableInput("is neither a zip nor an XML file nor JSON", place=str(path),
                              remedy="check that it is the office's delivery")  # fmt: skip
    return False


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def pack(folder: Path, target: Path) -> tuple[str, list[str]]:
    """Write a folder as one zip that is the same for the same files. Answers the digest of the content
    (over sorted names and SHA-256) and the symbolic links, which are left out. Raises `UnreadableInput` where a
    part of the folder cannot be read."""
    try:
        return _pack(folder, target)
    except OSError as error:
        raise UnreadableInput(f"cannot be read: {error.strerror}", place=str(error.filename or folder),
                              remedy="check the rights on the folder and its files") from error  # fmt: skip


def _pack(folder: Path, target: Path) -> tuple[str, list[str]]:
    whole = hashlib.sha256()
    links: list[str] = []
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for name, path in sorted(_files(folder, links)):
            packed = path.suffix.lower().lstrip(".") in _PACKED
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info._compresslevel = 1  # type: ignore[attr-defined]  # the public way holds the file in memory
            info.file_size = path.stat().st_size
            one = hashlib.sha256()
            with path.open("rb") as source, archive.open(info, "w") as goal:
                while piece := source.read(CHUNK):
                    one.update(piece)
                    goal.write(piece)
            whole.update(f"{name}\0{one.hexdigest()}\n".encode())
    return whole.hexdigest(), sorted(links)


def _files(folder: Path, links: list[str]) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        for name in [*names, *folders]:
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
            if path.is_symlink():
                links.append(relative)
            elif path.is_file():
                found.append((relative, path))
    return found


def _refuse(error: OSError) -> None:
    raise error
