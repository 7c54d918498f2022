"""Small deliveries for the tests of the store."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from ipregister.model import canonical
from ipregister.model.finding import Finding
from ipregister.model.mark import Trademark
from ipregister.store.register import Register
from ipregister.store.rows import DeliveryHead, Incoming, MediaRef, NewDelivery, RawRef

CONTAINER = "0" * 64
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def mark(key: str, status: str = "Registered", **fields: str) -> bytes:
    """The body of a small mark."""
    record = Trademark(office="LA", application_number=key, office_status=status)
    return canonical.encode(msgspec.structs.replace(record, **fields))


def slice_of(
    index: int,
    key: str,
    body: bytes = b"",
    *,
    findings: tuple[Finding, ...] = (),
    media: tuple[MediaRef, ...] = (),
    quarantine: str = "",
    deleted: bool = False,
) -> Incoming:
    """One slice on its way in."""
    return Incoming(
        index=index,
        key=key,
        right="trademark",
        office="LA",
        raw=RawRef(CONTAINER, f"{key}.xml", 0, 10),
        body=body,
        evidence={"/office_status": (12, "trim")},
        findings=findings,
        spellings=(("application", key.partition("-")[2]), ("key", key)),
        media=media,
        quarantine=quarantine,
        deleted=deleted,
    )


def deliver(
    register: Register,
    name: str,
    extracted: str,
    slices: Sequence[Incoming],
    *,
    kind: str = "delta",
    batch: int = 1000,
    now: dt.datetime = NOW,
    office: str = "LA",
) -> DeliveryHead:
    """Take a whole delivery in; its content is known by its name."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    head = register.begin(NewDelivery(office, digest, name, kind, extracted, CONTAINER), now)
    for part in _parts(slices, batch):
        register.put(head.id, part, next_index=part[-1].index + 1, now=now)
    return register.finish(head.id, now)


def _parts(slices: Sequence[Incoming], size: int) -> Iterable[Sequence[Incoming]]:
    return (slices[start : start + size] for start in range(0, len(slices), size))
