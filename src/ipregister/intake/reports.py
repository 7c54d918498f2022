"""The delivery report, filled from the register, and written as CSV, XLSX or JSON."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ipregister.intake.findings import NOT_LISTED, kinds
from ipregister.model.errors import UsageError
from ipregister.model.finding import Finding
from ipregister.quality.fill import FillRate, rates_of
from ipregister.quality.report import SAMPLES, DeliveryFacts, DeliveryReport, FindingRow, QuarantineRow, build
from ipregister.quality.writers import as_json, write_csv, write_xlsx
from ipregister.store.register import Register
from ipregister.store.rows import DeliveryHead, StoredFinding

_PAGE = 1000
COMPARED = 200
"""So many deliveries before one are looked at for the one that its trends are against."""
LISTED = 100_000
"""So many findings of one code are listed at most for records that came unchanged; the total is always told."""


def delivery_report(register: Register, head: DeliveryHead) -> DeliveryReport:
    """The report of a delivery, compared with the office's delivery before it."""
    earlier = _before(register, head)
    return _build(register, head, _build(register, earlier, None) if earlier else None)


def _before(register: Register, head: DeliveryHead) -> DeliveryHead | None:
    """The delivery whose data are the latest before those of this one, among those of the office that brought a right
    which this one brought. The order of loading tells nothing, and marks are no measure for designs."""
    rights = _rights(register, head)
    place = (head.extracted, head.id)
    done = (d for d in register.deliveries(head.office) if d.state == "done" and (d.extracted, d.id) < place)
    latest = sorted(done, key=lambda d: (d.extracted, d.id), reverse=True)[:COMPARED]
    return next((d for d in latest if not rights or rights & _rights(register, d)), None)


def _rights(register: Register, head: DeliveryHead) -> set[str]:
    """The rights of the records that a delivery brought; none where none could be read, nor of older programs."""
    return {rate.right for rate in fill_rates(register, head)}


def _build(register: Register, head: DeliveryHead, before: DeliveryReport | None) -> DeliveryReport:
    counts = head.counts
    facts = DeliveryFacts(head.office, head.digest, head.name, head.kind, head.extracted[:10],
                          head.received_at.date().isoformat(), counts.taken, counts.stored, counts.unchanged,
                          counts.quarantined, head.declared)  # fmt: skip
    touched = register.touched(head.id)
    tally = {code: (severity, amount, touched.get(code, min(amount, counts.taken)))
             for code, severity, amount in register.tally(head.id)}  # fmt: skip
    samples = (
        row for code, (_, amount, _) in tally.items() for row in _samples(register, head, code, amount)
    )
    return build(facts, samples, refused(register, head), fill_rates(register, head), before, tally)  # type: ignore[arg-type]


def _samples(register: Register, head: DeliveryHead, code: str, amount: int) -> Iterator[FindingRow]:
    own = register.findings(delivery=head.id, code=code, limit=SAMPLES)
    yield from map(_row, own)
    left = min(SAMPLES, amount) - len(own)
    if left > 0 and head.counts.unchanged:
        yield from map(_elsewhere, register.findings_of_unchanged(head.id, code, left))


def fill_rates(register: Register, head: DeliveryHead) -> tuple[FillRate, ...]:
    """How many records of a delivery have each field of their right filled."""
    return tuple(rates_of(register.fill(head.id)))


def refused(register: Register, head: DeliveryHead) -> list[QuarantineRow]:
    """What of a delivery is in quarantine."""
    held = register.quarantine(delivery=head.id, limit=0)
    return [QuarantineRow(q.reason, q.slice_index, q.key, q.raw.member, q.detail) for q in held]


def finding_rows(register: Register, head: DeliveryHead) -> Iterator[FindingRow]:
    """All findings of a delivery, page by page: those of what it changed, then those of unchanged records.

    Where a code has more than are listed, a last line tells so."""
    after = 0
    listed: Counter[str] = Counter()
    while page := register.findings(delivery=head.id, after=after, limit=_PAGE):
        listed.update(one.finding.code for one in page)
        yield from map(_row, page)
        after = page[-1].id
    for code, total in _totals(register, head).items():
        left = min(total - listed[code], LISTED) if head.counts.unchanged else 0
        for one in register.findings_of_unchanged(head.id, code, left):
            listed[code] += 1
            yield _elsewhere(one)
        if listed[code] < total:
            numbers = {"listed": str(listed[code]), "total": str(total)}
            yield FindingRow(Finding(NOT_LISTED, "notice", value=code, arguments=numbers))


def _totals(register: Register, head: DeliveryHead) -> Counter[str]:
    totals: Counter[str] = Counter()
    for code, _, amount in register.tally(head.id):
        totals[code] += amount
    return totals


def _elsewhere(one: StoredFinding) -> FindingRow:
    """A finding of a version that another delivery brought: its place is not one in this delivery."""
    return FindingRow(one.finding, one.key)


def _row(one: StoredFinding) -> FindingRow:
    return FindingRow(one.finding, one.key, "", one.slice_index)


def write(register: Register, head: DeliveryHead, target: Path, lang: str) -> None:
    """Write the report to a file; its ending says how. CSV begins with a byte-order mark: spreadsheets need it."""
    ending = target.suffix.lower()
    if ending == ".csv":
        with target.open("w", encoding="utf-8-sig", newline="") as out:
            write_csv(finding_rows(register, head), out, lang, kinds())
    elif ending == ".xlsx":
        made = delivery_report(register, head)
        write_xlsx(made, finding_rows(register, head), refused(register, head), target, lang, kinds())
    elif ending == ".json":
        target.write_bytes(as_json(delivery_report(register, head), lang, kinds()))
    else:
        raise UsageError(f"no report is written as {ending!r}", remedy="name a .csv, .xlsx or .json file")
