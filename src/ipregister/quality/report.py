"""The delivery report: what an office delivered, what became of it, and what is wrong with it."""

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct

from ipregister.model.finding import Finding, FindingKind, Severity
from ipregister.quality.fill import FillRate

SAMPLES = 5
_ORDER = {"error": 0, "warning": 1, "notice": 2}


class DeliveryFacts(Struct, frozen=True):
    """The delivery and its counts: `taken` = `stored` + `unchanged` + `quarantined`. Days are ISO 8601."""

    office: str
    delivery: str
    name: str
    kind: str
    extracted: str
    received: str
    taken: int
    stored: int
    unchanged: int
    quarantined: int
    declared: int | None = None


class FindingRow(Struct, frozen=True):
    """One finding with its record: key in the register and place in the delivery."""

    finding: Finding
    key: str = ""
    number: str = ""
    index: int = -1


class QuarantineRow(Struct, frozen=True):
    """One slice in quarantine."""

    reason: str
    index: int
    key: str = ""
    member: str = ""
    detail: str = ""


class Sample(Struct, frozen=True):
    """One record with a finding."""

    key: str
    index: int
    path: str
    value: str
    arguments: dict[str, str] = {}


class FindingCount(Struct, frozen=True):
    """How often a code was found, in how many `records`; `share` is that of the records that have it among those that
    came, `previous` the share in the delivery before."""

    code: str
    severity: Severity
    count: int
    records: int
    share: float
    previous: float | None = None
    samples: tuple[Sample, ...] = ()


class QuarantineCount(Struct, frozen=True):
    """How many slices are in quarantine for a reason."""

    reason: str
    count: int
    samples: tuple[QuarantineRow, ...] = ()


class DeliveryReport(Struct, frozen=True):
    """The whole report. `before` names the delivery that the trends are against."""

    facts: DeliveryFacts
    findings: tuple[FindingCount, ...] = ()
    quarantine: tuple[QuarantineCount, ...] = ()
    fill: tuple[FillRate, ...] = ()
    before: str = ""
    fill_before: tuple[FillRate, ...] = ()


class PublicQuality(Struct, frozen=True):
    """What the public sees: how full the fields are, and how old the data."""

    office: str
    extracted: str
    lag_days: int | None
    fill: tuple[FillRate, ...]


def build(
    facts: DeliveryFacts,
    findings: Iterable[FindingRow],
    quarantine: Iterable[QuarantineRow] = (),
    fill: tuple[FillRate, ...] = (),
    before: DeliveryReport | None = None,
    tally: Mapping[str, tuple[Severity, int, int]] | None = None,
) -> DeliveryReport:
    """A report from plain rows, read once. With a `tally` (code -> severity, count, records) the rows are samples only."""
    counts, samples = _counted(findings)
    counts = dict(tally) if tally is not None else counts
    earlier = {c.code: c.share for c in before.findings} if before else {}
    rows = [
        FindingCount(
            code,
            severity,
            count,
            records,
            min(records / facts.taken, 1.0) if facts.taken else 0.0,
            earlier.get(code, 0.0) if before else None,
            tuple(samples.get(code, ())),
        )
        for code, (severity, count, records) in counts.items()
    ]
    rows.sort(key=lambda row: (_ORDER[row.severity], -row.count, row.code))
    return DeliveryReport(
        facts=facts,
        findings=tuple(rows),
        quarantine=_by_reason(quarantine),
        fill=fill,
        before=before.facts.name if before else "",
        fill_before=before.fill if before else (),
    )


def _counted(
    findings: Iterable[FindingRow],
) -> tuple[dict[str, tuple[Severity, int, int]], dict[str, list[Sample]]]:
    """Of each code: severity, count and records; and its samples."""
    counts: dict[str, tuple[Severity, int, int]] = {}
    touched: set[tuple[str, str, str, int]] = set()
    samples: dict[str, list[Sample]] = {}
    for row in findings:
        one = row.finding
        _, found, records = counts.get(one.code, (one.severity, 0, 0))
        place = (one.code, row.key, row.number, row.index)
        counts[one.code] = one.severity, found + 1, records + (place not in touched)
        touched.add(place)
        shown = samples.setdefault(one.code, [])
        if len(shown) < SAMPLES:
            shown.append(Sample(row.key or row.number, row.index, one.path, one.value, one.arguments))
    return counts, samples


def _by_reason(rows: Iterable[QuarantineRow]) -> tuple[QuarantineCount, ...]:
    groups: dict[str, tuple[int, list[QuarantineRow]]] = {}
    for row in rows:
        count, shown = groups.get(row.reason, (0, []))
        if len(shown) < SAMPLES:
            shown.append(row)
        groups[row.reason] = (count + 1, shown)
    counts = [QuarantineCount(reason, count, tuple(shown)) for reason, (count, shown) in groups.items()]
    return tuple(sorted(counts, key=lambda row: (-row.count, row.reason)))


def severities(report: DeliveryReport) -> dict[Severity, int]:
    """Findings by severity."""
    totals: dict[Severity, int] = {"error": 0, "warning": 0, "notice": 0}
    for row in report.findings:
        totals[row.severity] += row.count
    return totals


def public_part(report: DeliveryReport, day: dt.date) -> PublicQuality:
    """The part of a report that is for everybody: fill rates, and the age of the data on a day."""
    try:
        lag = (day - dt.date.fromisoformat(report.facts.extracted[:10])).days
    except ValueError:
        lag = None
    return PublicQuality(report.facts.office, report.facts.extracted, lag, report.fill)


def undeclared(report: DeliveryReport, kinds: Mapping[str, FindingKind]) -> tuple[str, ...]:
    """Codes in the report that nobody declares: a fault of the program, not of the delivery."""
    return tuple(row.code for row in report.findings if row.code not in kinds)
