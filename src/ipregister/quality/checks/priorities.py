"""Priorities: complete, not after the filing, not older than the law allows."""

from collections.abc import Iterator

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.right import Right
from ipregister.model.status import add_months
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_SOURCE = "Paris Convention, Article 4"
_MONTHS = 7
_YEAR = frozenset({"patent", "utility-model"})
"""Rights whose priority lasts twelve months: `checks.patents` looks at them."""
_NUMBERLESS = frozenset({"sg"})
"""Feeds that have no place for the number of a priority."""

AFTER = FindingKind(
    "priority-after-filing",
    "error",
    "The priority date {value} is after the filing date {filing}.",
    remedies.CORRECT_DATE,
    f"{_SOURCE}A; INID 320",
)
EARLY = FindingKind(
    "priority-too-early",
    "warning",
    "The priority date {value} is more than six months before the filing date {filing}.",
    remedies.CORRECT_DATE,
    f"{_SOURCE}C(1); INID 320",
)
UNDATED = FindingKind(
    "priority-date-missing", "warning", "A priority is claimed without its date.", remedies.ADD, "INID 320"
)
NUMBERLESS = FindingKind(
    "priority-number-missing", "notice", "A priority is claimed without its number.", remedies.ADD, "INID 310"
)
COUNTRYLESS = FindingKind(
    "priority-country-missing",
    "warning",
    "A priority is claimed without its country.",
    remedies.ADD,
    "INID 330",
)
REPEATED = FindingKind(
    "priority-repeated", "notice", "The priority {value} is claimed twice.", remedies.SPLIT, "INID 300"
)


def claims(case: Case[Right]) -> Iterator[Finding]:
    """Each claimed priority."""
    filed = case.record.application_date
    seen = set()
    for place, priority in enumerate(case.record.priorities):
        path, date = f"/priorities/{place}", priority.date
        if not date:
            if f"{path}/date" not in case.kept:
                yield found(UNDATED, f"{path}/date")
        elif filed:
            if date > filed:
                yield found(AFTER, f"{path}/date", date, filing=filed)
            elif (
                len(date) == 10
                and add_months(date, _MONTHS) < filed
                and case.right not in _YEAR
                and not case.continues_a_right
            ):
                yield found(EARLY, f"{path}/date", date, filing=filed)
        told = priority.number or priority.kind != "convention" or f"{path}/number" in case.kept
        if not (told or case.office.feed.reader in _NUMBERLESS):
            yield found(NUMBERLESS, f"{path}/number")
        if not priority.country and f"{path}/country" not in case.kept:
            yield found(COUNTRYLESS, f"{path}/country")
        claim = (priority.country, priority.number, date, priority.classes)
        if claim in seen:
            yield found(REPEATED, path, f"{priority.country} {priority.number}".strip())
        seen.add(claim)


RULES: tuple[Rule[Right], ...] = (
    Rule((AFTER, EARLY, UNDATED, NUMBERLESS, COUNTRYLESS, REPEATED), claims, "priorities"),
)
