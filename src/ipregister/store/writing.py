"""Taking a batch into the register: one transaction, one lock, one statement per table."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.db import connections
from django.db.models import F

from ipregister.model.acts import left_out
from ipregister.model.errors import NotFound
from ipregister.model.finding import Finding, Severity
from ipregister.model.reused import is_another_right
from ipregister.store import bulk, causes, confirmations, models
from ipregister.store.closing import KEY_COLLISION, tell_closing
from ipregister.store.gate import entered
from ipregister.store.joining import (
    PARTS_ALONE,
    WAITING,
    Joining,
    stands_alone,
    tell_late,
    tell_left_out,
    with_acts,
)
from ipregister.store.placing import Placed, State, current_since, is_joined, needs_history, place, rank_on
from ipregister.store.repeating import copy_version
from ipregister.store.rows import Counts, Incoming
from ipregister.store.sheet import Packed, Sheet, distinct
from ipregister.store.standing import Known, bodies_of, extractions, known, timelines
from ipregister.store.tallies import Amount, Kind, add_findings, added_fill, count_tally
from ipregister.store.upcast import decode

NUMBER_REUSED = "number-reused"
"""Code of the finding that a version tells another right than the one before it."""


def lock(alias: str) -> int:
    """Take the one lock of all writers (held to the end of the transaction) and give the last change number."""
    with connections[alias].cursor() as cursor:
        table = connections[alias].ops.quote_name(models.Counter._meta.db_table)
        cursor.execute(f"UPDATE {table} SET value = value WHERE name = 'change'")
        if cursor.rowcount != 1:
            raise NotFound("the register's tables are not there", remedy="run `ipregister init`")
        cursor.execute(f"SELECT value FROM {table} WHERE name = 'change'")
        return int(cursor.fetchone()[0])


def put(
    alias: str, delivery: int, batch: Sequence[Incoming], next_index: int, now: dt.datetime,
    fill: Mapping[str, int],
) -> Counts:  # fmt: skip
    """Take slices of a delivery in; slices that were taken before are passed over. Counts of this call.

    `fill` counts filled fields of the batch (`""` = records); they are added up for the delivery."""
    packed = _prepared(alias, batch)
    with entered(alias):
        sheet_change = lock(alias)
        row = models.Delivery.objects.using(alias).get(pk=delivery)
        fresh = [p for p in packed if p.incoming.index >= row.next_index]
        counts, change, tally, rights = take(alias, row, fresh, now, sheet_change)
        count_tally(alias, row.pk, tally)
        models.Counter.objects.using(alias).filter(name="change").update(value=change)
        held = {*filter(None, row.rights.split(",")), *rights}
        models.Delivery.objects.using(alias).filter(pk=row.pk).update(
            next_index=max(next_index, row.next_index), rights=",".join(sorted(held)),
            fill=added_fill(row.fill, fill if fresh else {}),
            taken=F("taken") + counts.taken, stored=F("stored") + counts.stored,
            unchanged=F("unchanged") + counts.unchanged, quarantined=F("quarantined") + counts.quarantined,
            findings=F("findings") + counts.findings)  # fmt: skip
    return counts


Taken = tuple[Counts, int, dict[Kind, Amount], set[str]]


def take(
    alias: str, delivery: models.Delivery, packed: Sequence[Packed], now: dt.datetime, change: int
) -> Taken:
    """Place and write slices inside a transaction; the second of two with one key comes after the first."""
    counts, rights = Counts(), set()
    tally: dict[Kind, Amount] = {}
    for part in distinct(packed):
        sheet = Sheet(alias, delivery.pk, now, change)
        batch = _Batch(alias, delivery, sheet, part)
        counts += batch.run()
        sheet.write()
        batch.say_again(now)
        change = sheet.change
    for item in packed:
        if not item.incoming.quarantine:
            rights.add(item.incoming.right)
        add_findings(tally, item.incoming.findings)
    return counts, change, tally, rights


def _prepared(alias: str, batch: Sequence[Incoming]) -> list[Packed]:
    """Hash all, and compress what is likely new, before the lock is taken."""
    packed = [Packed(incoming) for incoming in batch]
    current = dict(_contents(alias, [i.key for i in batch if not i.quarantine]))
    for item in packed:
        if not item.incoming.quarantine and current.get(item.incoming.key) != item.content:
            item.bytes()
    return packed


def _contents(alias: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for key, content in bulk.select(alias, models.Record, ("key", "content_hash"), "key", keys):
        yield key, bytes(content)


class _Batch:
    """Slices with distinct keys, placed one by one onto a sheet."""

    def __init__(self, alias: str, delivery: models.Delivery, sheet: Sheet, part: list[Packed]) -> None:
        self.alias, self.delivery, self.sheet, self.part = alias, delivery, sheet, part
        self.known = known(alias, [p.incoming.key for p in part if not p.incoming.quarantine])
        self.timelines = timelines(alias, [self.known[k] for k in self._unsure()])
        self.days = extractions(alias) if self.timelines else {}
        changed = [one for one in self.known.values() if one.versions > 1]
        designs = {one.incoming.key for one in part if one.incoming.right == "design"}
        self.acted = with_acts(alias, [one.key for one in changed if one.key in designs])
        self.again: list[tuple[State, State, Known]] = []
        self.stored = self.unchanged = self.quarantined = 0

    def _unsure(self) -> Iterator[str]:
        for item in self.part:
            head = self.known.get(item.incoming.key)
            if head is None or item.incoming.quarantine:
                continue
            day = self.delivery.extracted
            twice = head.state.content != item.content and (
                head.seen == self.delivery.pk or head.state.extracted == day
            )
            if twice or needs_history(head.state, day, item.rank):
                yield head.key

    def run(self) -> Counts:
        """Place all."""
        changed: list[tuple[Packed, State, State, Known, bool]] = []
        for item in self.part:
            if item.incoming.quarantine:
                self._quarantine(item, item.incoming.quarantine, item.incoming.detail)
            elif (head := self.known.get(item.incoming.key)) is None:
                if item.incoming.part in WAITING:
                    self._refuse(item, WAITING[item.incoming.part], item.incoming.detail)
                else:
                    self._first(item)
            elif self._beside(item, head):
                continue
            else:
                self._next(item, head, changed)
        self._write_changed(changed)
        findings = sum(len(item.incoming.findings) for item in self.part)
        return Counts(len(self.part), self.stored, self.unchanged, self.quarantined, findings)

    def _first(self, item: Packed) -> None:
        extracted = self.delivery.extracted
        state = State(extracted, item.rank, extracted, item.content)
        self.sheet.add_version(item, state, item.incoming.cause or causes.FIRST, 1, None)
        self.sheet.add_record(item.incoming, state)
        self.stored += 1

    def _beside(self, item: Packed, head: Known) -> bool:
        """Take a document beside others of its right; false where it is placed as a state of its own."""
        if not (item.incoming.part or is_joined(head.state) or head.key in self.acted):
            return False
        if head.key not in self.acted and stands_alone(self.alias, head, item, self.delivery):
            return False
        joining, record = Joining(self.alias, self.sheet, head), decode(item.incoming.body)
        if others := joining.contradicted(item, record, self.delivery):
            if item.incoming.rank > max(other.rank for other in others):
                tell_closing(item)
                self.stored += 1
                joining.add(item, record, self.delivery)
            else:
                self._refuse(item, KEY_COLLISION, head.key, {"key": head.key})
        elif joining.confirmed(item, record, self.delivery):
            self.unchanged += 1
        else:
            self.stored += 1
            joining.add(item, record, self.delivery)
        return True

    def _refuse(
        self, item: Packed, reason: str, detail: str, arguments: dict[str, str] | None = None
    ) -> None:
        severity: Severity = "notice" if reason == PARTS_ALONE else "error"
        finding = Finding(reason, severity, value="" if arguments else detail, arguments=arguments or {})
        item.tell(finding)
        self._quarantine(item, reason, detail)

    def _next(
        self, item: Packed, head: Known, changed: list[tuple[Packed, State, State, Known, bool]]
    ) -> None:
        states = self.timelines.get(head.key) or [head.state]
        placed = self._placed(item, head, states)
        if placed is None:
            return
        if placed.insert is None:
            self._unchanged(head, placed.confirm)
            return
        self.stored += 1
        if placed.again is not None and placed.before is not None:
            self.again.append((placed.again, placed.before, head))
        current = placed.current and placed.again is None
        if not current:
            head.state.extracted = current_since(states, placed)
        if placed.before is None:
            self._insert(item, placed.insert, None, head, causes.EARLIER, current=current)
        else:
            changed.append((item, placed.insert, placed.before, head, current))

    def _placed(self, item: Packed, head: Known, states: list[State]) -> Placed | None:
        """Where a state belongs; None where this delivery said another of the record, or this one, before."""
        number, day = self.delivery.pk, self.delivery.extracted
        placed = place(states, day, item.content, item.media, self.days, item.rank)
        here = [s for s in states if s.delivery == number or number in confirmations.deliveries(s.log)]
        if not (here or head.seen == number) or head.state.content == item.content:
            return placed
        if any(s.content == item.content for s in here):
            self.unchanged += 1
            return None
        cut = placed.before.change if placed.before else 0
        said = [rank_on(s, day) for s in states if s.extracted == day or s.change == cut]
        if placed.insert is None or item.incoming.rank <= max(said, default=b""):
            self._refuse(item, KEY_COLLISION, head.key, {"key": head.key})
            return None
        tell_closing(item)
        return placed

    def _write_changed(self, changed: list[tuple[Packed, State, State, Known, bool]]) -> None:
        bodies = bodies_of(self.alias, [before.change for _, _, before, _, _ in changed])
        for item, state, before, head, current in changed:
            after, earlier = decode(item.incoming.body), decode(*bodies[before.change])
            cause = item.incoming.cause or causes.cause_of(earlier, after)
            if is_another_right(earlier, after):
                item.tell(Finding(NUMBER_REUSED, "warning", arguments={"key": item.incoming.key}))
            if current:
                tell_left_out(item, left_out(earlier, after))
            self._insert(item, state, before, head, cause, current=current)

    def _insert(
        self, item: Packed, state: State, before: State | None, head: Known, cause: str, *, current: bool
    ) -> None:
        if not current:
            tell_late(self.alias, item, head)
        head.versions += 1
        self.sheet.add_version(item, state, cause, head.versions, before)
        if current:
            old = head.state
            self.sheet.confirmed_versions.append((old.confirmed, old.log, old.change))
            deleted = item.incoming.deleted
            self.sheet.move_record(
                item.incoming, state, versions=head.versions, deleted=deleted, told=state.change
            )
        else:
            self.sheet.move_record(item.incoming, head.state, versions=head.versions, deleted=head.deleted)

    def _unchanged(self, head: Known, confirm: State | None) -> None:
        self.unchanged += 1
        if confirm is not None:
            state = head.state if confirm.change == head.state.change else confirm
            state.confirmed = max(state.confirmed, self.delivery.extracted)
            state.log = confirmations.added(state.log, self.delivery.pk)
            if state is not head.state:
                self.sheet.confirmed_versions.append((state.confirmed, state.log, state.change))
        if confirm is not None or head.seen != self.delivery.pk:
            now = head.state
            self.sheet.seen_records.append((now.confirmed, now.log, self.delivery.pk, head.key))

    def _quarantine(self, item: Packed, reason: str, detail: str) -> None:
        self.quarantined += 1
        self.sheet.add_quarantine(item, reason, detail)

    def say_again(self, now: dt.datetime) -> None:
        """Repeat the states that a late delivery cut in two. Rare, so one by one."""
        for state, before, head in self.again:
            self.sheet.change += 1
            head.versions += 1
            models.Version.objects.using(self.alias).filter(pk=before.change).update(
                confirmed=before.confirmed, confirmations=before.log)  # fmt: skip
            copy_version(self.alias, state, head, self.sheet.change, now)
