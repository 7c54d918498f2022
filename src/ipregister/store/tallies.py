"""What a delivery counts while it is taken: filled fields, and findings by code."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from ipregister.store import bulk, models


def added_fill(text: str, more: Mapping[str, int]) -> str:
    """Counts of filled fields with more of them added."""
    if not more:
        return text
    total = Counter(msgspec.json.decode(text, type=dict[str, int]) if text else {})
    total.update(more)
    return msgspec.json.encode(total).decode()


def count_tally(alias: str, delivery: int, tally: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts of finding codes of a delivery."""
    rows = models.Tally.objects.using(alias).filter(delivery_id=delivery)
    known = {(code, severity): pk for pk, code, severity in rows.values_list("pk", "code", "severity")}
    more = [(amount, known[found]) for found, amount in tally.items() if found in known]
    fresh = [(delivery, *found, amount) for found, amount in tally.items() if found not in known]
    bulk.add(alias, models.Tally, "amount", more)
    bulk.insert(alias, models.Tally, ("delivery", "code", "severity", "amount"), fresh)
