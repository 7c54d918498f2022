"""The report of a delivery, made of what the register holds of it."""

from collections.abc import Iterator
from functools import cache

from ipregister.capture.findings import KINDS as CAPTURE_KINDS
from ipregister.exchange.findings import KINDS as READER_KINDS
from ipregister.intake.findings import KINDS as INTAKE_KINDS
from ipregister.model.finding import FindingKind, Severity
from ipregister.quality.messages import catalogue
from ipregister.quality.report import SAMPLES, DeliveryFacts, DeliveryReport, FindingRow, QuarantineRow, build
from ipregister.store.register import Register
from ipregister.store.rows import DeliveryHead, StoredFinding

PAGE = 1000


@cache
def kinds() -> dict[str, FindingKind]:
    """All finding codes that a delivery may show."""
    return catalogue(READER_KINDS, CAPTURE_KINDS, INTAKE_KINDS)


def report(register: Register, head: DeliveryHead, *, with_trend: bool = True) -> DeliveryReport:
    """The report, with some samples of each code and the trend against the office's delivery before."""
    tally: dict[str, tuple[Severity, int]] = {}
    rows: list[FindingRow] = []
    for code, severity, count in register.tally(head.id):
        tally[code] = (severity, count)  # type: ignore[assignment]  # a severity: written by the register itself
        if with_trend:
            rows += map(_row, register.findings(delivery=head.id, code=code, limit=SAMPLES))
    before = _before(register, head) if with_trend else None
    return build(facts(head), rows, quarantine_rows(register, head) if with_trend else (), (),
                 report(register, before, with_trend=False) if before else None, tally)  # fmt: skip


def facts(head: DeliveryHead) -> DeliveryFacts:
    """The delivery and its counts."""
    counts = head.counts
    return DeliveryFacts(head.office, head.digest, head.name, head.kind, head.extracted,
                         head.received_at.isoformat(), counts.taken, counts.stored, counts.unchanged,
                         counts.quarantined, head.declared)  # fmt: skip


def _before(register: Register, head: DeliveryHead) -> DeliveryHead | None:
    return next(iter(register.deliveries(head.office, limit=1, before=head.id)), None)


def _row(found: StoredFinding) -> FindingRow:
    return FindingRow(found.finding, found.key, "", found.slice_index)


def finding_rows(register: Register, head: DeliveryHead) -> Iterator[FindingRow]:
    """All findings of a delivery, page by page."""
    after = 0
    while found := register.findings(delivery=head.id, after=after, limit=PAGE):
        after = found[-1].id
        yield from map(_row, found)


def quarantine_rows(register: Register, head: DeliveryHead) -> Iterator[QuarantineRow]:
    """All slices of a delivery in quarantine."""
    for one in register.quarantine(delivery=head.id, limit=0):
        yield QuarantineRow(one.reason, one.slice_index, one.key, one.raw.member, one.detail)
