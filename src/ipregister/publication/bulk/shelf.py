"""The folder of all publications: each in a folder of its own, and an index that is written last."""

import os
import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.model.errors import UnreadableInput
from ipregister.publication.bulk import manifest as manifests
from ipregister.publication.bulk.manifest import MANIFEST, Manifest
from ipregister.publication.log.entries import SignedHead

INDEX, WORK = "index.json", ".unfinished"
FILES, NOTES = "files", "notes"
"""Inside the folder of work: what is to be shown, and the notes on finished pieces."""
FORMAT = 1
_encoder = msgspec.json.Encoder(order="sorted")


class Listed(Struct, frozen=True, forbid_unknown_fields=True):
    """A publication in the index: `manifest` is the SHA-256 of its manifest, `leaf` its number in the log."""

    name: str
    kind: str
    day: str
    change: int
    records: int
    bytes: int
    manifest: str
    leaf: int


class Index(Struct, frozen=True, forbid_unknown_fields=True):
    """All publications of a folder, the oldest first, with the public key and the latest signed tree head.

    `inclusion` leads from the leaf of the last manifest to that head, `consistency` from the tree that it tells."""

    format: int = FORMAT
    key: str = ""
    head: SignedHead | None = None
    publications: tuple[Listed, ...] = ()
    inclusion: tuple[str, ...] = ()
    consistency: tuple[str, ...] = ()

    def content(self) -> bytes:
        """How it is written."""
        return msgspec.json.format(_encoder.encode(self), indent=1) + b"\n"


class Shelf:
    """A folder of publications."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def index(self) -> Index:
        """The index; an empty one where there is none yet. Raises `UnreadableInput`."""
        path = self.folder / INDEX
        try:
            return msgspec.json.decode(path.read_bytes(), type=Index)
        except FileNotFoundError:
            return Index()
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise UnreadableInput(f"is no index of publications: {error}", place=str(path)) from error

    def manifest(self, name: str) -> Manifest:
        """The manifest of a publication."""
        return manifests.load(self.folder / name)[0]

    def finished(self) -> list[tuple[Manifest, bytes]]:
        """Publications that are whole but not in the index: what a run left that was cut off at the end."""
        known = {one.name for one in self.index().publications}
        folders = [path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
        found = [manifests.load(path) for path in folders
                 if path.name not in known and (path / MANIFEST).is_file()]  # fmt: skip
        return sorted(found, key=lambda one: (one[0].tree.size, one[0].name))

    def work(self, identity: bytes) -> Path:
        """The folder of an unfinished publication; what was begun for another state is thrown away."""
        folder = self.folder / WORK
        told = folder / "identity"
        if not told.is_file() or told.read_bytes() != identity:
            shutil.rmtree(folder, ignore_errors=True)
            for name in (FILES, NOTES):
                (folder / name).mkdir(parents=True)
            write_synced(told, identity)
        return folder

    def show(self, work: Path, name: str) -> None:
        """Make a finished publication visible, at once."""
        _sync(work / FILES)
        (work / FILES).rename(self.folder / name)
        _sync(self.folder)
        self.clear()

    def clear(self) -> None:
        """Take away the folder of work: what a run left that was cut off after it had shown its publication."""
        shutil.rmtree(self.folder / WORK, ignore_errors=True)

    def write_index(self, index: Index) -> None:
        """Write the index, whole or not at all."""
        beside = self.folder / f".{INDEX}.new"
        write_synced(beside, index.content())
        beside.replace(self.folder / INDEX)
        _sync(self.folder)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file; its bytes are on the disk when this returns."""
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
