"""From slices to what the register takes: read, keyed, checked, with their pictures."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, TypeVar

import msgspec
from msgspec import Struct

from ipregister.capture import readers
from ipregister.capture.answers import ANSWER, CONTENTS, ERROR
from ipregister.capture.delivery import Delivery, Slice
from ipregister.capture.images import identify
from ipregister.exchange.st96.design.lone_acts import ALONE
from ipregister.intake import replaced
from ipregister.intake.acts import standing
from ipregister.intake.documents import InHand
from ipregister.intake.elsewhere import ELSEWHERE, member_of
from ipregister.intake.facts import LIKENESS, BatchFacts, RecordFacts
from ipregister.intake.parts import holder_of, office_of_parts, parts_of
from ipregister.intake.pictures import Pictures
from ipregister.model import canonical
from ipregister.model.evidence import Reading
from ipregister.model.finding import Finding, Severity
from ipregister.model.numbers import Keyed, key_of, provisional_key, spellings
from ipregister.model.offices import Office, codes
from ipregister.model.record import Record, right_of
from ipregister.quality import rules
from ipregister.quality.checks.events import STATUS_MISSING
from ipregister.quality.checks.numbers import OFFICE, SERIES
from ipregister.quality.fill import FillCount
from ipregister.quality.rule import Case
from ipregister.store.closing import rank_of
from ipregister.store.joining import ACT, PARTS, PARTS_ALONE, PUBLICATION, WAITING
from ipregister.store.register import Register
from ipregister.store.rows import Incoming, MediaRef, RawRef
from ipregister.store.sheet import hash_of

UNKNOWN_SERIES = "unknown-series"
"""Reason of quarantine and finding code; the rules' own finding on the same number is left out."""
_SEVERITY: dict[str, Severity] = {
    ELSEWHERE: "notice",
    PARTS_ALONE: "notice",
    ANSWER: "notice",
    CONTENTS: "notice",
    ERROR: "warning",
}
"""Of reasons that are no error of the office."""
KEY_LENGTH = 100
"""A number that makes a longer key is no number."""


Item = TypeVar("Item")


class Read(Struct):
    """A slice with its reading and key; `refusal` is the reason why it cannot enter."""

    slice: Slice
    reading: Reading
    key: str
    right: str
    refusal: str = ""
    detail: str = ""
    keyed: Keyed | None = None


class Seen(Struct):
    """A slice that was looked at: its reading, the pictures beside it with findings on them, its case where rules are for it;
    of a record its canonical bytes, and the spellings of its numbers where it enters."""

    read: Read
    media: tuple[MediaRef, ...]
    odd: list[Finding]
    case: Case[Any] | None = None
    body: bytes = b""
    known: tuple[tuple[str, str], ...] = ()


def _other_office(record: Record, office: Office) -> str:
    """The code of another office that the record is of, or of another of the register that it names; empty for none:
    what is delivered under the wrong office shall not stand under its name."""
    if record.office not in ("", office.code):
        return record.office
    if not record.kept:
        return ""
    named = [kept.text for kept in record.kept if kept.field == "/office" and kept.reason == "unknown-code"]
    known = codes()
    for code in (text.strip().upper() for text in named):
        if code != office.code and code in known:
            return code
    return ""


def ruled(
    record: Record, office: Office, day: dt.date, facts: RecordFacts, refusal: str = "", part: str = ""
) -> list[Finding]:
    """What the rules say of a record that enters, or is refused for a reason which tells the same as one of them."""
    return _of_part(rules.check(record, office, day, facts), refusal, part)


def _of_part(found: list[Finding], refusal: str, part: str) -> list[Finding]:
    """What rules found, without what the refusal tells, and what cannot be missing.

    A document of a publication (`part`) tells what was published on its day; where it says no status of the right,
    nobody has left one out, and nobody could enter it there."""
    if refusal == UNKNOWN_SERIES:
        found = [one for one in found if (one.code, one.path) != (SERIES.code, "/application_number")]
    if part == PUBLICATION:
        found = [one for one in found if one.code != STATUS_MISSING.code]
    return found


def _is_ruled(one: Read) -> bool:
    """Whether our rules are for a record: no act, which has no registration to tell of, and no part of another record."""
    return one.refusal not in (ELSEWHERE, PARTS_ALONE) and one.reading.part not in (ACT, PARTS)


def _enters(one: Read) -> bool:
    """Whether a record is to be a record of the register."""
    return not one.refusal and one.reading.part not in (ACT, PARTS)


def _parts(some: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """What is done together."""
    return (some[at : at + rules.TOGETHER] for at in range(0, len(some), rules.TOGETHER))


class Preparation:
    """Reads and checks the slices of one delivery, on the day of its extraction. `blob` names the kept file; `again`:
    they are read out of quarantine, so that parts look for the record that they belong to."""

    def __init__(
        self, register: Register | None, office: Office, delivery: Delivery, container: BinaryIO, blob: str,
        *, again: bool = False,
    ) -> None:  # fmt: skip
        self._register, self._office, self._blob, self._again = register, office, blob, again
        self._pictures = Pictures(container)
        self._day = dt.date.fromisoformat(delivery.extracted[:10])
        self._pictures_beside = delivery.pictures_beside
        self._mapped = delivery.mapped
        self.fill: dict[str, int] = {}
        self.hand: dict[bytes, InHand] = {}

    def prepare(self, slices: Sequence[Slice]) -> list[Incoming]:
        """The slices of one batch, ready to be put; `fill` then counts their filled fields, and `hand` has their
        records by the hashes of their contents."""
        self.hand = {}
        found = [one for some in _parts(slices) for one in self._read(some)]
        records = [
            (one.key, one.reading.record)
            for one in found
            if one.reading.record is not None and not one.refusal and one.reading.part not in WAITING
        ]
        counted = FillCount()
        for _, record in records:
            counted.add(record)
        self.fill = counted.named()
        facts = self._facts(records)
        return [one for some in _parts(found) for one in self._checked(some, facts)]

    def _facts(self, records: Sequence[tuple[str, Record]]) -> BatchFacts:
        """What the rules may ask about the records of a batch."""
        return BatchFacts(self._register, self._office.code, records)

    def _read(self, some: Sequence[Slice]) -> list[Read]:
        """Slices that are read together, and then keyed."""
        found = [readers.read(one, self._office, self._mapped) for one in some]
        return [self._keyed(one, reading) for one, reading in zip(some, found, strict=True)]

    def _keyed(self, one: Slice, reading: Reading) -> Read:
        """A slice that was read, with its key, or why it has none."""
        if reading.record is None:
            right = readers.right_of_slice(one, self._office, self._mapped)
            key = provisional_key(self._office.code, right, one.data)
            reason, detail = reading.refusal, reading.refusal_detail
            if reason == ALONE and self._register is not None:
                reason, detail = standing(self._register, self._office, one.data)
            return Read(one, reading, key, right, reason, detail)
        right = right_of(reading.record)
        if reading.part == ACT:
            keyed = key_of(reading.record, self._office)
            key = keyed.key if keyed else provisional_key(self._office.code, right, one.data)
            return Read(one, reading, key, right, "" if keyed else ALONE, reading.refusal_detail)
        member = member_of(one.data, reading.record, self._office)
        if member:
            key = provisional_key(self._office.code, right, one.data)
            return Read(one, reading, key, right, ELSEWHERE, member)
        other = _other_office(reading.record, self._office)
        if other:
            key = provisional_key(self._office.code, right, one.data)
            return Read(one, reading, key, right, OFFICE.code, other)
        keyed = key_of(reading.record, self._office)
        if keyed is not None and len(keyed.key) <= KEY_LENGTH:
            return Read(one, reading, keyed.key, right, keyed=keyed)
        key, number = provisional_key(self._office.code, right, one.data), reading.record.application_number
        if elsewhere := office_of_parts(reading.record, self._office):
            return Read(one, reading, key, right, ELSEWHERE, elsewhere)
        if parts := parts_of(reading.record):
            return self._parts(Read(one, reading, key, right, PARTS_ALONE, parts), reading.record)
        return Read(one, reading, key, right, UNKNOWN_SERIES if number else "no-number", number)

    def _parts(self, read: Read, record: Record) -> Read:
        """Parts of a publication: they wait, or are documents of the record that holds it."""
        held = holder_of(self._register, self._office, record) if self._register and self._again else None
        if held is None:
            return read
        reading = msgspec.structs.replace(read.reading, part=PARTS)
        return Read(read.slice, reading, held.key, held.right, detail=read.detail)

    def _checked(self, some: Sequence[Read], facts: BatchFacts) -> Iterator[Incoming]:
        """Slices that are looked at together, each after the other ready to be put."""
        seen = [Seen(one, *self._media(one)) for one in some]
        asked = [
            (one, record)
            for one in seen
            if (record := one.read.reading.record) is not None and _is_ruled(one.read)
        ]
        records, told = [record for _, record in asked], [self._asked(one, facts) for one, _ in asked]
        for (one, _), case in zip(asked, rules.look_at(records, self._office, self._day, told), strict=True):
            one.case = case
        self._encode(seen)
        for one in seen:
            yield self._incoming(one, facts)

    def _encode(self, some: Sequence[Seen]) -> None:
        """Canonical bytes of records, and spellings of those that enter: one after the other, which takes a third less than
        in between what else is done with each."""
        found = [(one, record) for one in some if (record := one.read.reading.record) is not None]
        for one, record in found:
            one.body = canonical.encode(record)
        for one, record in found:
            if _enters(one.read):
                one.known = spellings(record, self._office, one.read.keyed)

    def _asked(self, one: Seen, facts: BatchFacts) -> RecordFacts:
        images = len(one.media) if one.media or self._pictures_beside else None
        return RecordFacts(one.read.key, images, facts)

    def _incoming(self, seen: Seen, facts: BatchFacts) -> Incoming:
        one = seen.read
        record, findings = one.reading.record, one.reading.findings
        raw = RawRef(self._blob, one.slice.member, one.slice.offset, one.slice.length)
        if one.refusal and one.refusal != OFFICE.code:  # of that the rules tell
            severity = _SEVERITY.get(one.refusal, "error")
            told = {"office": self._office.code} if one.refusal == ELSEWHERE else {}
            findings = (*findings, Finding(one.refusal, severity, value=one.detail[:1000], arguments=told))
        if record is None:
            return Incoming(one.slice.index, one.key, one.right, self._office.code, raw, findings=findings,
                            slice_repairs=one.reading.slice_repairs, quarantine=one.refusal,
                            detail=one.detail)  # fmt: skip
        if one.reading.part == ACT:  # no registration, of which rules could tell something
            return Incoming(one.slice.index, one.key, one.right, self._office.code, raw, seen.body,
                            one.reading.evidence, findings, one.reading.slice_repairs, quarantine=one.refusal,
                            detail=one.detail, part=ACT)  # fmt: skip
        checked = self._concluded(seen, len(findings), facts)
        body = seen.body
        content, forms = hash_of(body), tuple[tuple[str, str], ...]()
        if _enters(one):
            facts.add(one.key, record)
            self.hand[content] = InHand(record, body, seen.known)
            forms = (*seen.known, *[pair for pair in facts.forms(record) if pair[0] == LIKENESS])
        return Incoming(
            one.slice.index, one.key, one.right, self._office.code, raw, body, one.reading.evidence,
            (*findings, *checked, *seen.odd), one.reading.slice_repairs, forms, seen.media, record.deleted,
            quarantine=one.refusal, detail=one.detail, content=content, part=one.reading.part,
            rank=rank_of(record, self._office, one.right, self._day.isoformat(), content))  # fmt: skip

    def _concluded(self, seen: Seen, start: int, facts: BatchFacts) -> list[Finding]:
        """What the rules say of a record, those that compare it with the records before it among them; `start` findings
        stand before theirs, `facts` are what they ask."""
        one = seen.read
        found = _of_part(rules.conclude(seen.case), one.refusal, one.reading.part)
        return replaced.told(found, replaced.replaced_in(found, one.reading.slice_repairs, one.slice.data))

    def _media(self, read: Read) -> tuple[tuple[MediaRef, ...], list[Finding]]:
        """The pictures beside a record, and findings on them; none beside what is no record, or an act."""
        media: list[MediaRef] = []
        odd: list[Finding] = []
        if read.reading.record is None or read.reading.part == ACT or not read.slice.attachments:
            return (), odd
        for one in read.slice.attachments:
            data = self._pictures.read(one)
            picture = identify(data)
            if picture.problem:
                odd.append(Finding(picture.problem, "warning", "/mark/images", one.name))
            if data:
                media.append(MediaRef(one.name, one.member, hashlib.sha256(data).hexdigest(), picture.mime,
                                      picture.width, picture.height))  # fmt: skip
        return tuple(media), odd
