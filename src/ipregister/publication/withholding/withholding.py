"""The door: content of a record is withheld on a legal ground, from a day on.

Its bytes go from kept files, the register, small pictures and old publications. Key, versions, change numbers and
salted hashes stay, so that proofs hold; the log tells the ground and the day. Safe to repeat after a crash.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.capture.kept import read_member
from ipregister.model.offices import codes, office
from ipregister.publication import editions
from ipregister.publication.alone import Waiting, only_one
from ipregister.publication.bulk.folders import to_empty
from ipregister.publication.keys import Signer, signer
from ipregister.publication.log.entries import WITHDRAWAL, Entry
from ipregister.publication.log.following import follow
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.withholding import raw
from ipregister.publication.withholding.checking import check, check_form
from ipregister.publication.withholding.former import orders
from ipregister.publication.withholding.planned import FOLDER, Order, Plan, forget, keep, unfinished
from ipregister.publication.withholding.published import Wanted, empty_publications
from ipregister.store import notices
from ipregister.store import withholding as store
from ipregister.store.gate import entered
from ipregister.store.packs import file_digest
from ipregister.store.register import Register
from ipregister.store.rows import NewNotice, RawRef
from ipregister.store.snapshot import snapshot

ORIGINALS = ("uploads", "inbox", "demonstration")
"""Folders of the data folder in which a delivery may lie as it came, beside the packs."""


class Withheld(Struct, frozen=True):
    """What was done: kept files rewritten, versions emptied, files of publications rewritten; the leaf of the log and
    the change number under which it was told; the records concerned; the offline editions that were removed; the former
    numbers of the record under which it was withheld, too."""

    kept_files: int
    versions: int
    published_files: int
    originals: int
    leaf: int | None
    change: int
    keys: tuple[str, ...]
    editions: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def __add__(self, other: "Withheld") -> "Withheld":
        """The same with what was done under a former number."""
        return Withheld(
            self.kept_files + other.kept_files,
            self.versions + other.versions,
            self.published_files + other.published_files,
            self.originals + other.originals,
            self.leaf,
            self.change,
            tuple(dict.fromkeys((*self.keys, *other.keys))),
            tuple(dict.fromkeys((*self.editions, *other.editions))),
            (*self.former, other.keys[0]),
        )


def withhold(
    register: Register, data: Path, order: Order, *, now: dt.datetime | None = None, waiting: Waiting | None = None,
    followed: bool = False,
) -> Withheld:  # fmt: skip
    """Withhold content, also what stands under former numbers of the record. While another process publishes or
    withholds it waits, and calls `waiting`. `followed`: it is the order of a publisher, whose record may hold more than the
    copy here, and who orders each number by itself.

    Raises `NotFound`, `UsageError`, before anything is touched."""
    if followed:
        check_form(register, order)
    else:
        check(register, data, order)
    wanted = (order,) if followed else orders(register, order)
    moment = now or dt.datetime.now(dt.UTC)
    with only_one(data, waiting), closing(Ledger(data)) as ledger:
        ledger.make()
        to_empty(ledger, signer(data).public.text)
        for begun in unfinished(data):
            if begun.order not in wanted:
                _do(register, data, ledger, begun, moment)
        plans = [_planned(register, data, ledger, one) for one in wanted]
        done, *others = [_do(register, data, ledger, plan, moment) for plan in plans]
        return sum(others, start=done)


def _planned(register: Register, data: Path, ledger: Ledger, order: Order) -> Plan:
    """The plan of an order: the one that is kept where it was begun before."""
    begun = next((one for one in unfinished(data) if one.order == order), None)
    if begun is not None:
        return begun
    _bring_up(register, data, ledger)
    logged = _logged(ledger, order)
    others = {one.key for one in register.media(order.picture)} - {order.key} if order.picture else set()
    plan = Plan(
        order,
        (order.key, *sorted(others)),
        tuple(_places(register, order, data / FOLDER)),
        tuple(sorted(_pictures(register, order))),
        logged.hash if logged else _hash_of(ledger, order),
    )
    keep(data, plan)
    return plan


def _bring_up(register: Register, data: Path, ledger: Ledger) -> None:
    """Versions that were told since the last publication get their leaves before they are emptied: whoever took them
    from the feed can then know them again by their hashes."""
    if ledger.size():
        with snapshot(register.alias):
            follow(register, data, ledger, processes=1)


def _do(register: Register, data: Path, ledger: Ledger, plan: Plan, now: dt.datetime) -> Withheld:
    """Do what is planned; each step is safe to repeat. First the register tells it and gives the content no more."""
    order, pictures = plan.order, frozenset(plan.pictures)
    versions, change = _empty_register(register, plan, now, signer(data))
    leaf = _log(ledger, plan, change)
    kept = raw.empty(register.packs, list(plan.places), data / FOLDER)
    originals = _remove_originals(data, {place.blob for place in plan.places}) + _remove_copies(
        data, pictures
    )
    wanted = Wanted(order.key, order.version, pictures, record=not order.picture)
    published = 0
    for folder in to_empty(ledger, signer(data).public.text):
        published += empty_publications(folder, wanted, signer(data))
    heads = filter(None, map(register.head, plan.keys))
    removed = tuple(
        path for code in sorted({one.office for one in heads}) for path in editions.remove(ledger, code)
    )
    store.wipe(register.alias)
    with snapshot(register.alias):
        follow(register, data, ledger, processes=1, again=plan.keys)
    forget(data, plan)
    return Withheld(kept, versions, published, originals, leaf, change, plan.keys, removed)


def _logged(ledger: Ledger, order: Order) -> Entry | None:
    """The leaf that says it already."""
    return next((one.entry for one in ledger.of_keys([order.key]) if order.is_said_by(one.entry)), None)


def _hash_of(ledger: Ledger, order: Order) -> str:
    """The salted hash of the version that goes, as the log has it: two nodes may count versions differently."""
    said = [one.entry for one in ledger.of_keys([order.key]) if one.entry.kind == "record"]
    return next((one.hash for one in reversed(said) if order.version and one.version == order.version), "")


def _log(ledger: Ledger, plan: Plan, change: int) -> int | None:
    """Say it in the log, once; of a record that was never released nothing is said."""
    order, leaves = plan.order, ledger.of_keys([plan.order.key])
    for one in leaves:
        if order.is_said_by(one.entry):
            return one.number
    if not leaves:
        return None
    with ledger.writing():
        number = ledger.append([order.entry(plan.hash, change)])
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


def _empty_register(register: Register, plan: Plan, now: dt.datetime, key: Signer) -> tuple[int, int]:
    """Empty the versions and tell it among the changes, at once; how many, and the change number."""
    order, alias = plan.order, register.alias
    with entered(alias):
        told = notices.write(alias, list(_notices(register, plan, key)), now)
        if order.picture:
            return store.withhold_picture(alias, order.picture), told[0]
        if order.field:
            return store.withhold_field(alias, order.key, store.path_of(order.field), order.version), told[0]
        return store.withhold_versions(alias, order.key, order.version), told[0]


def _notices(register: Register, plan: Plan, key: Signer) -> Iterator[NewNotice]:
    """What is told of the records, signed, so that who follows the changes need not wait for the log."""
    order = plan.order
    for record in plan.keys:
        head = register.head(record)
        entry = msgspec.structs.replace(order, key=record).entry(plan.hash)
        said = {"field": order.field, "ground": order.ground, "hash": plan.hash, "picture": order.picture,
                "signature": key.sign(WITHDRAWAL, entry.content())}  # fmt: skip
        told = {name: value for name, value in said.items() if value}
        if head is not None:
            yield NewNotice(record, head.office, head.right, notices.WITHDRAWAL, order.day, order.version,
                            msgspec.json.encode(told, order="sorted").decode())  # fmt: skip


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
