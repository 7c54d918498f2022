"""What a delivery counts while it is taken: filled fields, and findings by code."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from ipregister.model.finding import Finding
from ipregister.store import bulk, models


def added_fill(text: str, more: Mapping[str, int]) -> str:
    """Counts of filled fields with more of them added."""
    if not more:
        return text
    total = Counter(msgspec.json.decode(text, type=dict[str, int]) if text else {})
    total.update(more)
    return msgspec.json.encode(total).decode()


class Amount(NamedTuple):
    """How many findings, in how many records; None where no records were counted."""

    findings: int = 0
    records: int | None = 0


Kind = tuple[str, str]
"""Code and severity."""


def add_findings(tally: dict[Kind, Amount], findings: Iterable[Finding]) -> None:
    """Count the findings of one slice, which is one record however often it has a code."""
    seen = set()
    for one in findings:
        kind = (one.code, one.severity)
        amount, records = tally.get(kind, (0, 0))
        tally[kind] = Amount(amount + 1, (records or 0) + (kind not in seen))
        seen.add(kind)


def count_tally(alias: str, delivery: int, tally: Mapping[Kind, Amount]) -> None:
    """Add to the counts of finding codes of a delivery. Where no records were counted before, none are added."""
    rows = models.Tally.objects.using(alias).filter(delivery_id=delivery)
    known = {(code, severity): pk for pk, code, severity in rows.values_list("pk", "code", "severity")}
    more = [(amount, known[kind]) for kind, amount in tally.items() if kind in known]
    fresh = [(delivery, *kind, *amount) for kind, amount in tally.items() if kind not in known]
    bulk.add(alias, models.Tally, "amount", [(amount.findings, pk) for amount, pk in more])
    bulk.add(alias, models.Tally, "records", [(amount.records, pk) for amount, pk in more if amount.records])
    bulk.insert(alias, models.Tally, ("delivery", "code", "severity", "amount", "records"), fresh)
