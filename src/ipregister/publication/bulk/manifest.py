"""What a publication says of itself: counts, hashes of its files, what of the log it holds, on which terms."""

import hashlib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.model.errors import Unproven, UnreadableInput
from ipregister.publication.keys import PublicKey, Signer
from ipregister.publication.log.entries import Entry, Tree
from ipregister.publication.release import Terms

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
KIND = "manifest"
"""The kind of its signature."""
Content = Literal["records", "history", "images", "log"]
_encoder = msgspec.json.Encoder(order="sorted")


def office_of(part: str) -> str:
    """The office of a part (`LA-trademark`)."""
    return part.partition("-")[0]


class PublishedFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file: its part (`LA-trademark`), what is in it, how many, its size and hash."""

    name: str
    part: str
    content: Content
    format: str
    count: int
    bytes: int
    sha256: str


class Previous(Struct, frozen=True, forbid_unknown_fields=True):
    """The publication before: its name and the SHA-256 of its manifest."""

    name: str
    sha256: str


class Beginning(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the leaves of the file `log` begin: the size of the tree before, and the roots of its whole subtrees."""

    size: int
    frontier: tuple[str, ...]


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A publication. `changes`: first and last change number it covers; `moment` when the last was recorded.

    `tree` is the log up to the last leaf of a record, `since` where a delta begins in it (0 in a full one).
    `register_root` is over the leaves of the present states of all `records` in the order of keys. `days`: up to
    which day each office's data reaches. `rules`: hash of what decides on what goes out. `state`: deliveries and
    slices of the register."""

    format: int
    name: str
    kind: Literal["full", "delta"]
    day: str
    moment: str
    software: str
    key: str
    schema: int
    changes: tuple[int, int]
    state: tuple[int, int]
    records: int
    register_root: str
    tree: Tree
    since: Beginning
    days: dict[str, str]
    counts: dict[str, dict[str, int]]
    rules: str
    previous: Previous | None
    terms: tuple[Terms, ...]
    files: tuple[PublishedFile, ...]

    def content(self) -> bytes:
        """How it is written."""
        return msgspec.json.format(_encoder.encode(self), indent=1) + b"\n"

    @property
    def offices(self) -> frozenset[str]:
        """The offices of which it counts records."""
        return frozenset(office_of(part) for part in self.counts)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.bytes for file in self.files)


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """The file beside a manifest: the public key, and the signature over the bytes of the manifest."""

    key: str
    signature: str

    def content(self) -> bytes:
        """How it is written."""
        return _encoder.encode(self) + b"\n"


def signed(content: bytes, signer: Signer) -> Signature:
    """Sign the bytes of a manifest."""
    return Signature(signer.public.text, signer.sign(KIND, content))


def hash_of(content: bytes) -> str:
    """SHA-256 of the bytes of a manifest."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes, place: str) -> Manifest:
    """The manifest of bytes. Raises `UnreadableInput` where they are not what we write."""
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnreadableInput(f"is no manifest: {error}", place=place) from error
    if found.format != FORMAT:
        raise UnreadableInput(
            f"is a manifest of format {found.format}", place=place, remedy="use a newer version"
        )
    return found


def check(content: bytes, signature: bytes, key: PublicKey, place: str) -> Manifest:
    """The manifest, where it is signed with a key. Raises `Unproven`."""
    try:
        beside = msgspec.json.decode(signature, type=Signature)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unproven(f"is no signature: {error}", place=f"{place}/{SIGNATURE}") from error
    if beside.content() != signature or beside.key != key.text:
        raise Unproven("is not the signature of this key", place=f"{place}/{SIGNATURE}",
                              remedy="give the key of the publisher with --key")  # fmt: skip
    if not key.holds(KIND, content, beside.signature):
        raise Unproven("is not what was signed", place=f"{place}/{MANIFEST}", remedy="take another copy")
    return read(content, f"{place}/{MANIFEST}")


def load(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of a folder and its bytes. Raises `UnreadableInput`."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise UnreadableInput("has no manifest", place=str(folder), remedy="name a publication") from error
    return read(content, str(folder / MANIFEST)), content


def leaf_of(manifest: Manifest) -> bytes:
    """The hash of the leaf that a manifest is in the log."""
    return Entry("publication", name=manifest.name, hash=hash_of(manifest.content())).leaf()
