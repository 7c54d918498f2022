"""What a delivery counts while it is taken: filled fields, and findings by code."""

from collections import Counter
from collections.abc import Iterable, Mapping

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


TOUCHED = "records"
"""In place of a severity: how many slices have the code, however often."""


def add_findings(tally: dict[tuple[str, str], int], findings: Iterable[Finding]) -> None:
    """Count the findings of one slice."""
    codes = set()
    for one in findings:
        codes.add(one.code)
        tally[one.code, one.severity] = tally.get((one.code, one.severity), 0) + 1
    for code in codes:
        tally[code, TOUCHED] = tally.get((code, TOUCHED), 0) + 1


def count_tally(alias: str, delivery: int, tally: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts of finding codes of a delivery."""
    rows = models.Tally.objects.using(alias).filter(delivery_id=delivery)
    known = {(code, severity): pk for pk, code, severity in rows.values_list("pk", "code", "severity")}
    more = [(amount, known[found]) for found, amount in tally.items() if found in known]
    fresh = [(delivery, *found, amount) for found, amount in tally.items() if found not in known]
    bulk.add(alias, models.Tally, "amount", more)
    bulk.insert(alias, models.Tally, ("delivery", "code", "severity", "amount"), fresh)
