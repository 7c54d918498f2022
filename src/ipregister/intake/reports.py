"""The delivery report, filled from the register, and written as CSV, XLSX or JSON."""

from collections.abc import Iterator
from pathlib import Path

from ipregister.intake.findings import kinds
from ipregister.model.errors import UsageError
from ipregister.quality.fill import FIELDS, FillRate
from ipregister.quality.report import SAMPLES, DeliveryFacts, DeliveryReport, FindingRow, QuarantineRow, build
from ipregister.quality.writers import as_json, write_csv, write_xlsx
from ipregister.store.register import Register
from ipregister.store.rows import DeliveryHead, StoredFinding

_PAGE = 1000


def delivery_report(register: Register, head: DeliveryHead) -> DeliveryReport:
    """The report of a delivery, compared with the office's delivery before it."""
    earlier = [d for d in register.deliveries(head.office) if d.id < head.id and d.state == "done"]
    before = _build(register, earlier[0], None) if earlier else None
    return _build(register, head, before)


def _build(register: Register, head: DeliveryHead, before: DeliveryReport | None) -> DeliveryReport:
    counts = head.counts
    facts = DeliveryFacts(head.office, head.digest, head.name, head.kind, head.extracted[:10],
                          head.received_at.date().isoformat(), counts.taken, counts.stored, counts.unchanged,
                          counts.quarantined, head.declared)  # fmt: skip
    tally = {code: (severity, amount) for code, severity, amount in register.tally(head.id)}
    samples = (_row(one) for code in tally
               for one in register.findings(delivery=head.id, code=code, limit=SAMPLES))  # fmt: skip
    return build(facts, samples, refused(register, head), fill_rates(register, head), before, tally)  # type: ignore[arg-type]


def fill_rates(register: Register, head: DeliveryHead) -> tuple[FillRate, ...]:
    """How many records of a delivery have each field filled."""
    counted = register.fill(head.id)
    return tuple(
        FillRate(field, inid, counted.get(field, 0), counted.get("", 0)) for field, inid, _ in FIELDS
    )


def refused(register: Register, head: DeliveryHead) -> list[QuarantineRow]:
    """What of a delivery is in quarantine."""
    held = register.quarantine(delivery=head.id, limit=0)
    return [QuarantineRow(q.reason, q.slice_index, q.key, q.raw.member, q.detail) for q in held]


def finding_rows(register: Register, head: DeliveryHead) -> Iterator[FindingRow]:
    """All findings of a delivery, page by page."""
    after = 0
    while page := register.findings(delivery=head.id, after=after, limit=_PAGE):
        yield from map(_row, page)
        after = page[-1].id


def _row(one: StoredFinding) -> FindingRow:
    return FindingRow(one.finding, one.key, "", one.slice_index)


def write(register: Register, head: DeliveryHead, target: Path, lang: str) -> None:
    """Write the report to a file; its ending says how."""
    ending = target.suffix.lower()
    if ending == ".csv":
        with target.open("w", encoding="utf-8", newline="") as out:
            write_csv(finding_rows(register, head), out, lang, kinds())
    elif ending == ".xlsx":
        made = delivery_report(register, head)
        write_xlsx(made, finding_rows(register, head), refused(register, head), target, lang, kinds())
    elif ending == ".json":
        target.write_bytes(as_json(delivery_report(register, head), lang, kinds()))
    else:
        raise UsageError(f"no report is written as {ending!r}", remedy="name a .csv, .xlsx or .json file")
