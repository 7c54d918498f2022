"""The register: one object through which everything is written and read."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from django.db import OperationalError

from ipregister.model.errors import Busy, NotFound
from ipregister.model.finding import Finding
from ipregister.model.record import Record
from ipregister.store import (
    bodies,
    changes,
    deliveries,
    harvest,
    listing,
    reading,
    rereading,
    resolving,
    standing,
    unchanged,
    writing,
)
from ipregister.store.deliveries import Delivered
from ipregister.store.harvest import Harvested, Place, Span
from ipregister.store.notices import Noticed
from ipregister.store.packs import Packs
from ipregister.store.rows import (
    Change,
    Counts,
    CurrentBody,
    DeliveryHead,
    Head,
    Incoming,
    Listed,
    Match,
    MediaRef,
    NewDelivery,
    Quarantined,
    StoredFinding,
    StoredMedia,
    StoredPlace,
    Version,
    VersionHead,
)
from ipregister.store.sheet import Packed
from ipregister.store.upcast import decode


class Register(Delivered, Noticed):
    """A register in the database `alias` with its kept files in `packs`. Cheap to make; holds no state."""

    def __init__(self, alias: str = "register", *, packs: Path) -> None:
        self.alias = alias
        self.packs = Packs(packs)

    # -- writing

    def begin(self, new: NewDelivery, now: dt.datetime | None = None) -> DeliveryHead:
        """Begin a delivery, or go on with the one begun before."""
        with _busy():
            return deliveries.begin(self.alias, new, now or _now())

    def put(
        self, delivery: int, batch: Sequence[Incoming], *, next_index: int, now: dt.datetime | None = None,
        fill: Mapping[str, int] = MappingProxyType({})
    ) -> Counts:  # fmt: skip
        """Take slices in and note the index of the next one, in one transaction; `fill` counts filled fields."""
        with _busy():
            return writing.put(self.alias, delivery, batch, next_index, now or _now(), fill)

    def finish(
        self, delivery: int, now: dt.datetime | None = None, *, findings: Sequence[Finding] = ()
    ) -> DeliveryHead:
        """The last slice of a delivery is in; `findings` are about the delivery as a whole."""
        with _busy():
            return deliveries.finish(self.alias, delivery, now or _now(), findings)

    def reported(self, delivery: int) -> None:
        """The counts of the load were told."""
        with _busy():
            deliveries.reported(self.alias, delivery)

    def reread(self, delivery: int, batch: Sequence[Incoming], now: dt.datetime | None = None) -> Counts:
        """Versions of a delivery, read anew."""
        with _busy():
            return rereading.reread(self.alias, delivery, batch, now or _now())

    def retry(self, delivery: int, batch: Sequence[Incoming], now: dt.datetime | None = None) -> Counts:
        """Slices in quarantine, read anew."""
        with _busy():
            return rereading.retry(self.alias, delivery, batch, now or _now())

    # -- records

    def head(self, key: str) -> Head | None:
        """The current state of a record without its content."""
        return reading.head(self.alias, key)

    def get(self, key: str, version: int | None = None) -> Version | None:
        """A version of a record (the current one), with evidence and findings."""
        if version is not None:
            return reading.one(self.alias, key, version)
        return reading.current(self.alias, [key], evidence=True, findings=True).get(key)

    def get_many(self, keys: Sequence[str], *, evidence: bool = False) -> dict[str, Version]:
        """The current versions of records by key, without findings."""
        return reading.current(self.alias, keys, evidence=evidence, findings=False)

    def current_bodies(
        self, keys: Sequence[str], in_hand: Mapping[bytes, bytes] = MappingProxyType({})
    ) -> list[CurrentBody]:
        """The contents of the current versions of records and nothing more; quicker than `get_many`.

        Contents that the caller has `in_hand`, by their hashes, are not read again."""
        return bodies.current_bodies(self.alias, keys, in_hand)

    def listed(self, keys: Sequence[str]) -> dict[str, Listed]:
        """The contents of current versions with their pictures by key: what lists show."""
        return bodies.listed(self.alias, keys)

    def news(self, extracted: str, batch: Sequence[Incoming]) -> set[str]:
        """The keys under which a delivery of that extraction would store something; nothing is written."""
        packed = [Packed(one) for one in batch if one.body]
        said = {one.incoming.key: (one.content, one.media, one.rank) for one in packed}
        return standing.news(self.alias, extracted, said)

    def as_of(self, key: str, day: dt.date, known: dt.datetime | None = None) -> Version | None:
        """What the office said by the end of a day; with `known`, as the register knew it at that time."""
        return reading.as_of(self.alias, key, day, known)

    def history(self, key: str) -> list[VersionHead]:
        """All versions of a record, in the order of their states."""
        return reading.history(self.alias, key)

    @staticmethod
    def record(version: Version) -> Record:
        """The record of a version, whatever schema it was stored under."""
        return decode(version.body, version.schema)

    def places(self, delivery: int) -> list[StoredPlace]:
        """Where every state that came with a delivery lies in it, with the number of its latest reading."""
        return reading.places(self.alias, delivery)

    def resolve(self, text: str) -> list[Match]:
        """All records that a typed number may mean."""
        return resolving.resolve(self.alias, text)

    def holders_of_forms(
        self, forms: Sequence[str], kinds: Sequence[str], office: str
    ) -> list[tuple[str, str, tuple[str, ...]]]:
        """Kind, form, and keys of records of the office that hold them (the first and the last)."""
        return list(resolving.holders_of_forms(self.alias, forms, kinds, office))

    def linked(self, key: str, record: Record) -> list[Match]:
        """The other records of the same international registration as a record."""
        return resolving.linked(self.alias, key, record)

    def redirect(self, key: str) -> str:
        """The present key of a record that moved; empty where it did not."""
        return resolving.redirect(self.alias, key)

    def keys(self, *, office: str = "", right: str = "", after: str = "", limit: int = 1000) -> list[str]:
        """Keys in order, page by page."""
        return listing.keys(self.alias, office=office, right=right, after=after, limit=limit)

    def harvest(self, span: Span, after: Place | None = None, limit: int = 500) -> list[Harvested]:
        """Current versions in the order of their recording, after a place in it."""
        return harvest.harvest(self.alias, span, after, limit)

    def present(self, key: str) -> Harvested | None:
        """The current version of a record without evidence, findings and pictures: quicker than `get`."""
        return harvest.one(self.alias, key)

    def pictures(self, key: str) -> tuple[MediaRef, ...]:
        """The pictures of the current version of a record."""
        return bodies.pictures(self.alias, [key]).get(key, ())

    def earliest(self) -> dt.datetime | None:
        """When the oldest version was recorded."""
        return harvest.earliest(self.alias)

    # -- changes

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        """The changes after a number, in order of commit."""
        return changes.changes(self.alias, since, limit)

    def latest(self, before: int = 0, limit: int = 1000, offices: Sequence[str] = ()) -> list[Change]:
        """The last changes, the newest first; of some offices alone where they are given."""
        return changes.latest(self.alias, before, limit, offices)

    def of_changes(self, numbers: Sequence[int]) -> list[Version]:
        """The versions with these change numbers, without evidence and findings."""
        return reading.of_changes(self.alias, numbers, evidence=False)

    def last_change(self) -> int:
        """The last change number."""
        return changes.last_change(self.alias)

    def digest(self) -> str:
        """The register digest."""
        return changes.digest(self.alias)

    # -- lists

    def findings(
        self, *, delivery: int = 0, key: str = "", code: str = "", office: str = "", after: int = 0,
        limit: int = 100
    ) -> list[StoredFinding]:  # fmt: skip
        """Findings, page by page."""
        return listing.findings(self.alias, delivery=delivery, key=key, code=code, office=office, after=after,
                                limit=limit)  # fmt: skip

    def findings_of_unchanged(self, delivery: int, code: str, limit: int) -> Iterator[StoredFinding]:
        """Findings with a code of the records that came unchanged with a delivery, at most `limit`."""
        return unchanged.findings(self.alias, delivery, code, limit)

    def finding_counts(self, office: str = "") -> list[tuple[str, str, str, int]]:
        """Office, code, severity, count."""
        return listing.finding_counts(self.alias, office)

    def quarantine(
        self, *, delivery: int = 0, office: str = "", reason: str = "", state: str = "open", after: int = 0,
        limit: int = 100
    ) -> list[Quarantined]:  # fmt: skip
        """Slices in quarantine, page by page, without their bodies; `limit` 0 = all."""
        return listing.quarantine(self.alias, delivery=delivery, office=office, reason=reason, state=state,
                                  after=after, limit=limit)  # fmt: skip

    def quarantined(self, number: int) -> Quarantined:
        """One slice in quarantine."""
        return listing.quarantined(self.alias, number)

    def quarantine_counts(self, office: str = "") -> list[tuple[str, str, int]]:
        """Office, reason, count of slices in quarantine."""
        return listing.quarantine_counts(self.alias, office)

    def counts(self) -> list[tuple[str, str, int, int]]:
        """Office, right, records, tombstones among them."""
        return listing.counts(self.alias)

    def freshness(self) -> dict[str, str]:
        """The latest extraction of every office from which at least one record was read."""
        return listing.freshness(self.alias)

    # -- kept files

    def media(self, sha256: str) -> list[StoredMedia]:
        """Every picture with these bytes and the record that shows it."""
        return list(listing.media(self.alias, sha256))

    def open_container(self, sha256: str) -> BinaryIO:
        """A kept delivery file, seekable."""
        return self.packs.open(sha256)

    def require(self, key: str) -> Version:
        """The current version of a record. Raises `NotFound`."""
        version = self.get(key)
        if version is None:
            raise NotFound(f"no record {key!r}")
        return version


@contextmanager
def _busy() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise Busy("another process writes the register", remedy="try again in a minute") from error


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
