"""Takes the files of publications over, over the web: each goes on where it was cut off, and is held to its hash."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
import urllib3
from msgspec import Struct

from ipregister.model.errors import Unproven, UnreadableInput
from ipregister.publication.bulk.manifest import MANIFEST, SIGNATURE, Manifest, PublishedFile, check, load
from ipregister.publication.bulk.shelf import INDEX, Index, write_synced
from ipregister.publication.files import write_whole
from ipregister.publication.keys import PublicKey, public_key
from ipregister.publication.log.entries import check_head
from ipregister.publication.verify.folders import without_withheld
from ipregister.publication.verify.report import Report
from ipregister.publication.verify.sources import Folder, Source, Web
from ipregister.publication.withholding.published import FILE as WITHHELD
from ipregister.store.packs import file_digest

FOLDER, STATE, DIFFERING = "mirror", "mirror.json", "differing.json"
WANTED = "jsonl.zst"
"""Files of this format, and pictures, are taken over: the others say the same again."""
_CHUNK = 1 << 20


class Mirrored(Struct, frozen=True, forbid_unknown_fields=True):
    """A source: its address, the key it is held to, and the publications that are loaded, the oldest first."""

    address: str
    key: str
    loaded: tuple[str, ...] = ()


class Origin:
    """Another node, and what this one keeps of it: `DATA/mirror/ID/`."""

    def __init__(self, data: Path, address: str, key: PublicKey | None = None) -> None:
        """Raises `UnreadableInput` where nothing is published there, `Unproven` where the key is another one."""
        self.source, self.index = _reached(address.rstrip("/"))
        name = hashlib.sha256(self.source.place.encode()).hexdigest()[:12]
        self.folder = data / FOLDER / name
        self.folder.mkdir(parents=True, exist_ok=True)
        known = self._known()
        told = public_key(known.key if known else self.index.key)
        self.key = key or told
        if self.key.text != told.text or self.index.key != told.text:
            raise Unproven("publishes with another key than before", place=self.source.place,
                           remedy="ask the publisher; give the key you trust with --key, into a fresh folder")  # fmt: skip
        if self.index.head is not None:
            check_head(self.index.head, self.key)
        self.state = known or Mirrored(self.source.place, self.key.text)
        self._save(self.state)

    def _known(self) -> Mirrored | None:
        try:
            return msgspec.json.decode((self.folder / STATE).read_bytes(), type=Mirrored)
        except FileNotFoundError:
            return None

    def _save(self, state: Mirrored) -> None:
        write_whole(self.folder / STATE, msgspec.json.encode(state))
        self.state = state

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def node(self) -> str:
        """The address of the node, whose publications lie under `bulk`; empty for a folder."""
        return self.source.place.removesuffix("/bulk") if isinstance(self.source, Web) else ""

    def reached(self) -> int:
        """The last change number of what is loaded."""
        listed = {one.name: one.change for one in self.index.publications}
        return max((listed.get(name, 0) for name in self.state.loaded), default=0)

    def last(self) -> Manifest:
        """The publication that was loaded last."""
        return load(self.folder / self.state.loaded[-1])[0]

    def rules_before(self, manifest: Manifest) -> str:
        """The hash of the rules by which the publication that was loaded before this one was made; empty for the first."""
        before = [name for name in self.state.loaded if name != manifest.name]
        return load(self.folder / before[-1])[0].rules if before else ""

    def done(self, name: str) -> None:
        """Note that a publication is loaded; of its files manifest, signature and leaves stay as evidence, the records
        stand in the register."""
        self._save(msgspec.structs.replace(self.state, loaded=(*self.state.loaded, name)))
        self.forget_files(name)

    def forget_files(self, name: str) -> None:
        """Delete the files of a publication with records and pictures."""
        for path in (self.folder / name).iterdir():
            if path.name.endswith((".jsonl.zst", ".images.zip")) and not path.name.startswith("log."):
                path.unlink()

    def waiting(self) -> list[str]:
        """Publications that are not loaded yet: from the last full one on, in their order."""
        names = [one.name for one in self.index.publications]
        full = [one.name for one in self.index.publications if one.kind == "full"]
        if not full:
            return []
        loaded = [names.index(name) for name in self.state.loaded if name in names]
        start = max(loaded) + 1 if loaded else names.index(full[-1])
        return names[start:]

    def differing(self) -> tuple[str, ...]:
        """The keys of the records that did not stand here as they were published, when they were looked at last."""
        try:
            return msgspec.json.decode((self.folder / DIFFERING).read_bytes(), type=tuple[str, ...])
        except FileNotFoundError:
            return ()

    def note_differing(self, keys: Iterable[str]) -> None:
        """Keep them for the next run."""
        if found := sorted(set(keys)):
            write_whole(self.folder / DIFFERING, msgspec.json.encode(found))
        else:
            (self.folder / DIFFERING).unlink(missing_ok=True)

    def leaves_of(self, name: str) -> tuple[int, int]:
        """The leaves of the log that a loaded publication tells: the first, and the one behind the last."""
        manifest, _content = load(self.folder / name)
        return manifest.since.size, manifest.tree.size

    def fetch_again(self, name: str, parts: frozenset[str]) -> Manifest:
        """Take the records of some parts of a publication over once more; the manifest with those files alone. Raises
        `Unproven`, `UnreadableInput` where they cannot be had any more."""
        folder = self.folder / name
        signed, _content = load(folder)
        self._fetch_withheld(name, folder)
        manifest = self._now(name, signed)
        files = tuple(one for one in manifest.files
                      if one.part in parts and one.content == "records" and one.format == WANTED)  # fmt: skip
        for file in files:
            self._fetch(f"{name}/{file.name}", folder / file.name, file)
        return msgspec.structs.replace(manifest, files=files)

    def fetch(self, name: str) -> Manifest:
        """Take a publication over: its manifest, signed, then its files. Raises `Unproven`, `UnreadableInput`."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        content, beside = self.source.read(f"{name}/{MANIFEST}"), self.source.read(f"{name}/{SIGNATURE}")
        manifest = check(content, beside, self.key, f"{self.source.place}/{name}")
        listed = next(one for one in self.index.publications if one.name == name)
        if hashlib.sha256(content).hexdigest() != listed.manifest:
            raise Unproven(
                "is not the manifest that the index names", place=f"{name}/{MANIFEST}", remedy="try again"
            )
        write_synced(folder / MANIFEST, content)
        write_synced(folder / SIGNATURE, beside)
        self._fetch_withheld(name, folder)
        now = self._now(name, manifest)
        for file in now.files:
            if file.format == WANTED or file.content == "images":
                self._fetch(f"{name}/{file.name}", folder / file.name, file)
        return now

    def _now(self, name: str, manifest: Manifest) -> Manifest:
        """A manifest with the hashes of files that were rewritten since."""
        report = Report("publication", self.source.place, key=self.key.text)
        now = without_withheld(Folder(self.folder), name, manifest, report)
        if report.faults:
            raise Unproven(report.faults[0].message, place=report.faults[0].place)
        return now

    def _fetch_withheld(self, name: str, folder: Path) -> None:
        """What was rewritten since, as content was withheld by law; most publications have nothing of it."""
        try:
            write_synced(folder / WITHHELD, self.source.read(f"{name}/{WITHHELD}"))
        except UnreadableInput:
            (folder / WITHHELD).unlink(missing_ok=True)

    def _fetch(self, name: str, path: Path, file: PublishedFile) -> None:
        if path.is_file() and path.stat().st_size == file.bytes and file_digest(path) == file.sha256:
            return
        part = path.with_name(f".{path.name}.part")
        if isinstance(self.source, Web):
            _download(f"{self.source.place}/{name}", part, file.bytes)
        else:
            with self.source.file(name) as there:
                part.write_bytes(there.read_bytes())
        if part.stat().st_size != file.bytes or file_digest(part) != file.sha256:
            part.unlink()
            raise Unproven("is not the file that was published", place=name, remedy="try again")
        part.replace(path)


def _reached(address: str) -> tuple[Source, Index]:
    """The publications at an address or in a folder: there, or under `bulk`."""
    if not address.startswith(("http://", "https://")):
        return Folder(Path(address)), _index_of(Folder(Path(address)))
    below = Web(f"{address}/bulk")
    try:
        return below, _index_of(below)
    except UnreadableInput:
        return Web(address), _index_of(Web(address))


def _index_of(source: Source) -> Index:
    content = source.read(INDEX)
    try:
        return msgspec.json.decode(content, type=Index)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnreadableInput(
            "tells of no publications", place=source.place, remedy="name a node or its /bulk/"
        ) from error


def _download(address: str, part: Path, size: int) -> None:
    """Load a file, from where a download before was cut off."""
    have = part.stat().st_size if part.exists() else 0
    if have > size:
        part.unlink()
        have = 0
    if have == size:
        return
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=10, read=60), retries=urllib3.Retry(3, redirect=0)
    )
    try:
        answer = pool.request("GET", address, headers=headers, preload_content=False)
        if answer.status not in (200, 206):
            raise UnreadableInput(f"answers {answer.status}", place=address, remedy="try again later")
        with part.open("ab" if answer.status == 206 else "wb") as out:
            for chunk in answer.stream(_CHUNK):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except urllib3.exceptions.HTTPError as error:
        raise UnreadableInput(
            f"broke off: {error}", place=address, remedy="the same command goes on"
        ) from error
    finally:
        pool.clear()
