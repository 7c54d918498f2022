"""Documents of one right beside each other: each is kept as a version, and the state that they make together is one.

A joined state has no bytes of its own. Its evidence names the version that holds a value, `3!17` (position 17 in the raw
record of version 3), and its findings stay with the documents. It sorts behind every document of its extraction.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ipregister.model import canonical
from ipregister.model.acts import left_out
from ipregister.model.evidence import Origin, elsewhere, split_origin
from ipregister.model.finding import Finding
from ipregister.model.joined import (
    Joined,
    holding,
    join,
    moved,
    publications_of,
    same_document,
    same_telling,
)
from ipregister.model.parts import contradict, replaces
from ipregister.model.record import Record
from ipregister.store import bulk, causes, confirmations, models
from ipregister.store.compression import unsqueeze_evidence
from ipregister.store.placing import State, is_joined, joined_rank
from ipregister.store.rows import Incoming
from ipregister.store.sheet import Packed, Sheet, hash_of
from ipregister.store.standing import Known, bodies_of, known, timelines
from ipregister.store.upcast import decode

PUBLICATION, ACT, PARTS = "publication", "act", "parts"
"""What a slice may be a part of: the publications of an application, a registration and its acts, one publication."""
ACT_ALONE, ACT_TOLD, PARTS_ALONE = "act-alone", "act-told", "publication-parts"
"""Reasons of quarantine: the registration of an act is not held; an act of several registrations, which tell it; the
publication of which a document tells parts is not held."""
ACTS_LEFT_OUT = "acts-left-out"
"""Code of the finding that the present state of a registration does not tell acts which another one told."""
WAITING = {ACT: ACT_ALONE, PARTS: PARTS_ALONE}
"""What waits for its right, and the reason under which it does."""


class Document(Struct):
    """A document of a right: its state, its record, its evidence where it is at hand."""

    state: State
    record: Record
    evidence: dict[str, Origin] | None = None


def stands_alone(alias: str, head: Known, item: Packed, delivery: models.Delivery) -> bool:
    """Whether a delivered document needs no other: it is placed among the states of its record as any other."""
    if is_joined(head.state) or item.incoming.part in WAITING:
        return False
    if item.incoming.part != PUBLICATION or head.state.content == item.content:
        return True
    old, new = decode(*bodies_of(alias, [head.state.change])[head.state.change]), decode(item.incoming.body)
    held, told = publications_of(old), publications_of(new)
    if not held or not told:
        return True
    if head.seen == delivery.pk:
        return held == told and contradict(old, new)
    if delivery.extracted >= head.state.extracted:
        return held <= told and replaces(new, old)
    return told <= held and replaces(old, new)


class Joining:
    """Takes a document into a record that has others."""

    def __init__(self, alias: str, sheet: Sheet, head: Known) -> None:
        self._alias, self._sheet, self._head = alias, sheet, head
        states = [one for one in timelines(alias, [head]).get(head.key, []) if not is_joined(one)]
        bodies = bodies_of(alias, [one.change for one in states])
        self.documents = [Document(one, decode(*bodies[one.change])) for one in states]

    def contradicted(self, item: Packed, record: Record, delivery: models.Delivery) -> list[State]:
        """The documents by which the same delivery told the same otherwise before."""
        return [
            one.state
            for one in self.documents
            if one.state.delivery == delivery.pk
            and one.state.content != item.content
            and same_document(one.record, record)
            and contradict(one.record, record)
        ]

    def confirmed(self, item: Packed, record: Record, delivery: models.Delivery) -> bool:
        """Note that a document is said again; false where it is not what was said last."""
        before = [one.state for one in self.documents
                  if one.state.extracted <= delivery.extracted and same_telling(one.record, record)]  # fmt: skip
        last = max((one.extracted for one in before), default="")
        same = [one for one in before if one.extracted == last and one.content == item.content]
        if not same:
            return False
        head = self._head
        for state in {same[-1].change: same[-1], head.state.change: head.state}.values():
            state.confirmed = max(state.confirmed, delivery.extracted)
            if state.delivery != delivery.pk:
                state.log = confirmations.added(state.log, delivery.pk)
            self._sheet.confirmed_versions.append((state.confirmed, state.log, state.change))
        self._sheet.seen_records.append((head.state.confirmed, head.state.log, delivery.pk, head.key))
        return True

    def add(self, item: Packed, record: Record, delivery: models.Delivery) -> None:
        """Store a document, and the state that it makes with the others."""
        head = self._head
        state = State(delivery.extracted, item.rank, delivery.extracted, item.content)
        self.documents.append(Document(state, record, item.evidence()))
        self._tell_left_out(item, state)
        head.versions += 1
        self._sheet.add_version(item, state, self._cause(state, record), head.versions, None)
        self.settle(item.incoming)

    def _tell_left_out(self, item: Packed, state: State) -> None:
        """Say of a new document which acts the present state does not tell: its own, or those of the states before."""
        chosen = self._holding()
        records = [one.record for one in self.documents]
        present = join(records, chosen).record if len(chosen) > 1 else records[chosen[0]]
        held = any(self.documents[at].state is state for at in chosen)
        others = [one.record for one in self.documents if (one.state is state) != held]
        tell_left_out(item, [act for one in others for act in left_out(one, present)])

    def _cause(self, state: State, record: Record) -> str:
        """Why the version of a new document is: it is the present state by itself, or one document of several."""
        if [self.documents[at].state for at in self._holding()] != [state]:
            return causes.DOCUMENT
        return causes.joined_cause(decode(*self._body(self._head.state.change)), record)

    def _holding(self) -> list[int]:
        """The places of the documents that hold, once they are in their order."""
        self.documents.sort(key=lambda one: (one.state.extracted, one.state.rank))
        records = [one.record for one in self.documents]
        return holding(records, [one.state.extracted for one in self.documents])

    def settle(self, incoming: Incoming, cause: str = "") -> bool:
        """Make the present state of the documents that hold; whether it is another one than before."""
        chosen = self._holding()
        head, old = self._head, self._head.state
        if len(chosen) == 1:
            one = self.documents[chosen[0]]
            self._move(incoming, one.state, deleted=one.record.deleted)
        else:
            made = join([one.record for one in self.documents], chosen)
            body = canonical.encode(made.record)
            if is_joined(old) and old.content == hash_of(body):
                self._move(incoming, old, deleted=head.deleted)
            else:
                self._add_joined(incoming, made, body, chosen, cause)
        return head.state.change != old.change

    def _add_joined(
        self, incoming: Incoming, made: Joined, body: bytes, chosen: Sequence[int], cause: str
    ) -> None:
        parts = [self.documents[at].state for at in chosen]
        content, since = hash_of(body), max(one.extracted for one in parts)
        state = State(since, joined_rank(len(self.documents), content), since, content)
        whole = msgspec.structs.replace(
            incoming, body=body, evidence=self._evidence(made, chosen), findings=(), slice_repairs=(), spellings=(),
            media=(), deleted=made.record.deleted, content=content, part="", rereads=0, packed=None)  # fmt: skip
        before = self._head.state
        beside = State("", b"", "", b"", media=next((one.media for one in reversed(parts) if one.media), b""))
        cause = cause or causes.joined_cause(decode(*self._body(before.change)), made.record)
        self._head.versions += 1
        self._sheet.add_version(Packed(whole), state, cause, self._head.versions, beside)
        self._move(incoming, state, deleted=whole.deleted)

    def _move(self, incoming: Incoming, state: State, *, deleted: bool) -> None:
        head, old, told = self._head, self._head.state, 0
        if state.change != old.change:
            self._sheet.confirmed_versions.append((old.confirmed, old.log, old.change))
            told = max(state.change, *(one.state.change for one in self.documents))
        self._sheet.move_record(incoming, state, versions=head.versions, deleted=deleted, told=told)
        head.state, head.deleted = state, deleted

    def _body(self, change: int) -> tuple[bytes, int]:
        return bodies_of(self._alias, [change])[change]

    def _evidence(self, made: Joined, chosen: Sequence[int]) -> dict[str, Origin]:
        found: dict[str, Origin] = {}
        for at in chosen:
            one = self.documents[at]
            if one.evidence is None:
                row = models.Body.objects.using(self._alias).get(pk=one.state.change)
                one.evidence = unsqueeze_evidence(row.evidence)[0]
            for pointer, origin in moved(one.evidence, at, made.sources):
                position, repairs = split_origin(origin)
                place = elsewhere(one.state.number, position)
                found[pointer] = (place, *repairs) if repairs else place
        return found


def settle_again(alias: str, sheet: Sheet, incoming: Incoming, cause: str) -> bool:
    """Make the joined state of a record anew, one of whose documents was read again."""
    head = known(alias, [incoming.key])[incoming.key]
    several = is_joined(head.state) or bool(with_acts(alias, [incoming.key]))
    return several and Joining(alias, sheet, head).settle(incoming, cause)


def tell_left_out(item: Packed, acts: Sequence[str]) -> None:
    """Add to a document the finding that the present state of its right does not tell these acts."""
    if acts:
        item.tell(Finding(ACTS_LEFT_OUT, "warning", "/recordals", ", ".join(dict.fromkeys(acts))))


def tell_late(alias: str, item: Packed, head: Known) -> None:
    """Add to a state that came late the finding that the present one does not tell acts which it tells."""
    if item.incoming.right == "design":
        change = head.state.change
        present = decode(*bodies_of(alias, [change])[change])
        tell_left_out(item, left_out(decode(item.incoming.body), present))


def with_acts(alias: str, keys: Sequence[str]) -> set[str]:
    """Which of these designs have documents beside their registration, though that may be their present state alone."""
    found: set[str] = set()
    for part in bulk.chunks(keys):
        rows = models.Version.objects.using(alias).filter(key__in=part, right="design", cause=causes.DOCUMENT)
        found.update(rows.values_list("key", flat=True))
    return found
