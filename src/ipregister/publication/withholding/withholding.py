"""The door: content of a record is withheld on a legal ground, from a day on.

Its bytes go from kept files, the register, small pictures and old publications. Key, versions, change numbers and
salted hashes stay, so that proofs hold; the log tells the ground and the day. Safe to repeat after a crash.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from ipregister.capture.kept import read_member
from ipregister.model.errors import NotFound, UsageError
from ipregister.model.offices import codes, office
from ipregister.publication.bulk.publishing import folders, only_one
from ipregister.publication.keys import signer
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.following import follow
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.withholding import raw
from ipregister.publication.withholding.published import Wanted, empty_publications
from ipregister.store import withholding as store
from ipregister.store.packs import file_digest
from ipregister.store.register import Register
from ipregister.store.rows import RawRef
from ipregister.store.snapshot import snapshot

ORIGINALS = ("uploads", "inbox", "demonstration")
"""Folders of the data folder in which a delivery may lie as it came, beside the packs."""
_FIELD = re.compile(r"[a-z_*]+(?:/[a-z_*]+)*")


class Order(Struct, frozen=True):
    """What is withheld: a record, one `version` of it, a `field` (`applicants/*/names`) or a `picture` (SHA-256)."""

    key: str
    ground: str
    day: str
    version: int = 0
    field: str = ""
    picture: str = ""

    def entry(self) -> Entry:
        """The leaf of the log."""
        return Entry("withdrawal", self.key, self.version, field=self.field, picture=self.picture,
                     ground=self.ground, day=self.day)  # fmt: skip


class Withheld(Struct, frozen=True):
    """What was done: kept files rewritten, versions emptied, files of publications rewritten; the leaf of the log."""

    kept_files: int
    versions: int
    published_files: int
    originals: int
    leaf: int | None


def withhold(register: Register, data: Path, order: Order) -> Withheld:
    """Withhold content. Raises `NotFound`, `UsageError`, `Busy`."""
    _check(register, order)
    with only_one(data), closing(Ledger(data)) as ledger:
        ledger.make()
        leaf = _log(ledger, order)
        scratch = data / "log" / "withholding"
        places = _places(register, order, scratch)
        kept = raw.empty(register.packs, places, scratch)
        pictures = _pictures(register, order)
        originals = _remove_originals(data, {place.blob for place in places}) + _remove_copies(data, pictures)
        versions = _empty_register(register, order)
        wanted = Wanted(order.key, order.version, pictures, record=not order.picture)
        published = 0
        for folder in folders(ledger):
            if folder.is_dir():
                published += empty_publications(folder, wanted, signer(data))
        store.wipe(register.alias)
        with snapshot(register.alias):
            follow(register, data, ledger, processes=1, again=[order.key])
    return Withheld(kept, versions, published, originals, leaf)


def _check(register: Register, order: Order) -> None:
    if register.head(order.key) is None:
        raise NotFound(f"no record {order.key!r}")
    if not order.ground.strip() or not re.fullmatch(r"\d{4}-\d\d-\d\d", order.day):
        raise UsageError("a legal ground and a day are needed", remedy="--ground TEXT --day YYYY-MM-DD")
    if order.field and order.picture:
        raise UsageError("a field and a picture at once", remedy="run it twice")
    if order.field and not _FIELD.fullmatch(order.field):
        raise UsageError(f"no field {order.field!r}", remedy="name it as `applicants/*/names`")
    if order.version and register.get(order.key, order.version) is None:
        raise NotFound(f"no version {order.version} of {order.key!r}")


def _log(ledger: Ledger, order: Order) -> int | None:
    """Say it in the log, once; of a record that was never released nothing is said."""
    leaves = ledger.of_keys([order.key])
    entry = order.entry()
    for one in leaves:
        if one.entry == entry:
            return one.number
    if not leaves:
        return None
    with ledger.writing():
        number = ledger.append([entry])
        if not (order.version or order.field or order.picture):
            ledger.stand([(order.key, number, ledger.places([order.key])[order.key])])
    return number


def _places(register: Register, order: Order, scratch: Path) -> list[RawRef]:
    """All places of kept files that hold the content; of a field the whole delivered record."""
    found = store.lying(register.alias, order.key, order.version, order.picture)
    places = [*found.slices, *(() if order.field else found.media)]
    if order.picture:
        for key in sorted({one.key for one in register.media(order.picture)} | {order.key}):
            deliveries = store.lying(register.alias, key).deliveries
            for _, beside in _said_again(register, key, deliveries, scratch):
                places += [one for one in beside if _shows(register, one, order.picture)]
    else:
        for place, beside in _said_again(register, order.key, found.deliveries, scratch):
            places.append(place)
            places += [] if order.field or order.version else beside
    held = set(register.packs.digests())
    return [place for place in dict.fromkeys(places) if place.blob in held]


def _said_again(
    register: Register, key: str, deliveries: tuple[int, ...], scratch: Path
) -> Iterator[tuple[RawRef, list[RawRef]]]:
    """Deliveries that confirmed a state hold its bytes too, at places that were not noted."""
    held = set(register.packs.digests())
    for number in deliveries:
        head = register.delivery(number)
        if head.container in held and head.office in codes():
            yield from raw.places_of(
                register.packs, head.container, office(head.office), head.name, key, scratch
            )


def _shows(register: Register, place: RawRef, sha256: str) -> bool:
    with register.open_container(place.blob) as kept:
        return hashlib.sha256(read_member(kept, place.member)).hexdigest() == sha256


def _pictures(register: Register, order: Order) -> frozenset[str]:
    if order.picture:
        return frozenset({order.picture})
    if order.field or order.version:
        return frozenset()
    return frozenset(store.lying(register.alias, order.key).sha256s)


def _empty_register(register: Register, order: Order) -> int:
    if order.picture:
        return store.withhold_picture(register.alias, order.picture)
    if order.field:
        path = tuple(name for name in order.field.split("/") if name != "*")
        return store.withhold_field(register.alias, order.key, path, order.version)
    return store.withhold_versions(register.alias, order.key, order.version)


def _remove_originals(data: Path, containers: set[str]) -> int:
    """Remove deliveries that still lie as they came, byte for byte as they were kept."""
    removed = 0
    for name in ORIGINALS:
        for path in (data / name).rglob("*") if (data / name).is_dir() else ():
            if path.is_file() and file_digest(path) in containers:
                path.unlink()
                removed += 1
    return removed


def _remove_copies(data: Path, pictures: frozenset[str]) -> int:
    """Remove small copies of pictures."""
    removed = 0
    for sha256 in pictures:
        for path in (data / "media" / sha256[:2]).glob(f"{sha256}-*"):
            path.unlink()
            removed += 1
    return removed
