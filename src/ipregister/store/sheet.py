"""The rows of one batch, collected first and then written table by table."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from ipregister.model.canonical import SCHEMA
from ipregister.model.evidence import Origin
from ipregister.model.finding import Finding
from ipregister.store import bulk, models
from ipregister.store.compression import (
    arguments_text,
    findings_hash,
    squeeze,
    squeeze_evidence,
    unsqueeze_evidence,
)
from ipregister.store.placing import State
from ipregister.store.rows import Incoming, MediaRef, RawRef

_VERSION = ("change", "key", "number", "office", "right", "delivery", "extracted", "confirmed", "recorded_at",
            "cause", "schema", "content_hash", "media_hash", "rank", "findings_hash", "confirmations",
            "rereads", "deleted", "member", "offset", "length")  # fmt: skip
_RECORD = ("office", "right", "current", "versions", "extracted", "confirmed", "content_hash", "media_hash",
           "rank", "deleted", "seen", "confirmations")  # fmt: skip
_TOLD = ("told", "told_at", "withheld")
FINDING_FIELDS = (
    "delivery",
    "key",
    "number",
    "slice_index",
    "code",
    "severity",
    "path",
    "value",
    "arguments",
)
_MEDIA = ("key", "group", "delivery", "name", "member", "sha256", "mime", "width", "height")
_QUARANTINE = ("delivery", "slice_index", "office", "right", "key", "reason", "detail", "member", "offset",
               "length", "body", "content_hash", "state", "recorded_at")  # fmt: skip
_NONE = bytearray()
FORM_LENGTH = 128
"""Longer forms of a number are no numbers that a person types."""


def media_group(media: tuple[MediaRef, ...]) -> bytes:
    """What is compared of the files beside a record: hash over their names and contents; empty for none."""
    if not media:
        return b""
    return hashlib.sha256(msgspec.json.encode(sorted((m.name, m.sha256) for m in media))).digest()


def hash_of(body: bytes) -> bytes:
    """What is compared of a record: the hash of its canonical JSON."""
    return hashlib.sha256(body).digest()


NO_RECORD = "not-a-record"
"""Reason of quarantine of a slice that came without a record and without a reason: nothing of it could be read again."""


def _held(incoming: Incoming) -> Incoming:
    told = Finding(NO_RECORD, "error")
    return msgspec.structs.replace(incoming, quarantine=NO_RECORD, findings=(*incoming.findings, told))


class Packed:
    """A slice made ready outside the lock: its hashes, and its compressed bytes once they are needed."""

    def __init__(self, incoming: Incoming) -> None:
        self.incoming = incoming if incoming.body or incoming.quarantine else _held(incoming)
        self.content = incoming.content or (hash_of(incoming.body) if incoming.body else b"")
        self.rank = incoming.rank or self.content
        self.media = media_group(incoming.media)
        self._bytes: tuple[bytes, bytes] | None = incoming.packed

    def bytes(self) -> tuple[bytes, bytes]:
        """Compressed body and evidence."""
        if self._bytes is None:
            taken = self.incoming
            self._bytes = squeeze(taken.body), squeeze_evidence(taken.evidence, taken.slice_repairs)
        return self._bytes

    def tell(self, finding: Finding) -> None:
        """Add a finding, after those that it came with."""
        self.incoming = msgspec.structs.replace(self.incoming, findings=(*self.incoming.findings, finding))

    def evidence(self) -> dict[str, Origin]:
        """Its evidence."""
        taken = self.incoming
        return taken.evidence if taken.packed is None else unsqueeze_evidence(taken.packed[1])[0]


def distinct(packed: Sequence[Packed]) -> Iterator[list[Packed]]:
    """Slices in parts of distinct keys, in their order: the second of a key comes in the next part."""
    rest = list(packed)
    while rest:
        part: list[Packed] = []
        later: list[Packed] = []
        keys: set[str] = set()
        for item in rest:
            key = item.incoming.key
            repeated = key in keys and not item.incoming.quarantine
            (later if repeated else part).append(item)
            keys.add(key)
        yield part
        rest = later


class Sheet:
    """Rows to be written in one transaction. `change` is the last change number given."""

    def __init__(self, alias: str, delivery: int, now: dt.datetime, change: int) -> None:
        self.alias, self.delivery, self.change = alias, delivery, change
        self.now = bulk.moment(alias, now)
        self.tally: Counter[tuple[str, str]] = Counter()
        self.versions: list[tuple[Any, ...]] = []
        self.bodies: list[tuple[Any, ...]] = []
        self.new_records: list[tuple[Any, ...]] = []
        self.moved_records: list[tuple[Any, ...]] = []
        self.told_records: list[tuple[Any, ...]] = []
        self.seen_records: list[tuple[Any, ...]] = []
        self.confirmed_versions: list[tuple[Any, ...]] = []
        self.spellings: list[tuple[str, str, str]] = []
        self.findings: list[tuple[Any, ...]] = []
        self.media: list[tuple[Any, ...]] = []
        self.quarantine: list[tuple[Any, ...]] = []

    def add_version(
        self, packed: Packed, state: State, cause: str, number: int, before: State | None
    ) -> None:
        """A new version of a record with all that hangs on it; gives the state its change number."""
        taken = packed.incoming
        self.change += 1
        state.change, state.number, state.delivery = self.change, number, self.delivery
        state.media = packed.media or (before.media if before else b"")
        self.versions.append((
            self.change, taken.key, number, taken.office, taken.right, self.delivery, state.extracted,
            state.confirmed, self.now, cause, SCHEMA, *_hashes(state), _blob(findings_hash(taken.findings)),
            _blob(state.log), taken.rereads, taken.deleted, *_place(taken.raw)))  # fmt: skip
        body, evidence = packed.bytes()
        self.bodies.append((self.change, _blob(body), _blob(evidence)))
        self.add_findings(taken, number)
        self.spellings += [
            (form, kind, taken.key) for kind, form in taken.spellings if len(form) <= FORM_LENGTH
        ]
        if packed.media and packed.media != (before.media if before else b""):
            self.media += [(taken.key, packed.media, self.delivery, m.name, m.member, m.sha256, m.mime,
                            m.width, m.height) for m in taken.media]  # fmt: skip

    def add_record(self, taken: Incoming, state: State) -> None:
        """A record that was not there yet."""
        row = self._record(taken.office, taken.right, state, taken.deleted)
        self.new_records.append((taken.key, *row, state.change, self.now, False))

    def move_record(
        self, taken: Incoming, state: State, *, versions: int, deleted: bool, told: int = 0
    ) -> None:
        """A record with further versions. Where another one is current than before, `told` is the change number of the
        version that made it so: one of this record."""
        row = self._record(taken.office, taken.right, state, deleted, versions)
        self.moved_records.append((*row, taken.key))
        if told:
            self.told_records.append((told, self.now, False, taken.key))

    def _record(
        self, office: str, right: str, state: State, deleted: bool, versions: int = 1
    ) -> tuple[Any, ...]:
        return (office, right, state.change, versions, state.extracted, state.confirmed, *_hashes(state), deleted,
                self.delivery, _blob(state.log))  # fmt: skip

    def add_findings(self, taken: Incoming, number: int) -> None:
        """The findings of a version (or of a slice in quarantine: number 0)."""
        for finding in taken.findings:
            self.findings.append(finding_row(self.delivery, taken.key, number, taken.index, finding))

    def add_quarantine(self, packed: Packed, reason: str, detail: str) -> None:
        """A slice that does not enter the register."""
        taken = packed.incoming
        body = squeeze(taken.body) if taken.body else b""
        self.quarantine.append((
            self.delivery, taken.index, taken.office, taken.right, taken.key, reason, detail,
            *_place(taken.raw), body, packed.content, "open", self.now))  # fmt: skip
        self.add_findings(taken, 0)

    def write(self) -> None:
        """Write all rows."""
        alias = self.alias
        bulk.insert(alias, models.Version, _VERSION, self.versions)
        bulk.insert(alias, models.Body, ("change", "body", "evidence"), self.bodies)
        bulk.insert(alias, models.Record, ("key", *_RECORD, *_TOLD), self.new_records)
        bulk.update(alias, models.Record, _RECORD, self.moved_records)
        bulk.update(alias, models.Record, _TOLD, self.told_records)
        bulk.update(alias, models.Record, ("confirmed", "confirmations", "seen"), self.seen_records)
        bulk.update(alias, models.Version, ("confirmed", "confirmations"), self.confirmed_versions)
        bulk.insert_missing(alias, models.Spelling, ("form", "kind", "key"), self.spellings)
        bulk.insert(alias, models.Finding, FINDING_FIELDS, self.findings)
        bulk.insert(alias, models.Media, _MEDIA, self.media)
        bulk.insert(alias, models.Quarantine, _QUARANTINE, self.quarantine)


def finding_row(delivery: int, key: str, number: int, slice_index: int, finding: Finding) -> tuple[Any, ...]:
    """A row of the finding table. U+0000, which PostgreSQL cannot hold, is shown as U+2400."""
    value = finding.value.replace("\0", "␀") if "\0" in finding.value else finding.value
    return (delivery, key, number, slice_index, finding.code, finding.severity, finding.path, value,
            arguments_text(finding.arguments))  # fmt: skip


def _hashes(state: State) -> tuple[bytearray, bytearray, bytearray]:
    """What is compared of a state: hashes of its content and of its files, its rank."""
    content = _blob(state.content)
    return content, _blob(state.media), content if state.rank is state.content else _blob(state.rank)


def _blob(data: bytes) -> bytearray:
    """Bytes as `sqlite3` takes them at once; for `bytes` it first looks for an adapter, at each value."""
    return bytearray(data) if data else _NONE


def _place(raw: RawRef) -> tuple[str, int, int]:
    return raw.member, raw.offset, raw.length
