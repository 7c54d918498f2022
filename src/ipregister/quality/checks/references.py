"""Other rights that the record rests on, and designated countries."""

from collections.abc import Iterator

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_BASIC = ("basic-application", "basic-registration")
_OWN = frozenset({"division-parent", "division-child", "merged-from", "merged-into", "associated", "series"})
_DESIGNATING = frozenset({"trademark", "design"})
"""Rights whose international registration designates countries (Madrid, Hague)."""

NUMBERLESS = FindingKind(
    "reference-number-missing",
    "warning",
    "A reference ({kind}) has no number.",
    remedies.ADD,
    "INID 600-646, 821",
)
OFFICELESS = FindingKind(
    "reference-office-missing",
    "notice",
    "The basic application or registration {value} does not name its office.",
    remedies.ADD,
    "INID 821, 822",
)
LATER = FindingKind(
    "basic-after-international",
    "warning",
    "The basic application or registration is of {value}, after the international registration of {date}.",
    remedies.CORRECT_DATE,
    "Madrid Protocol, Article 2",
)
ITSELF = FindingKind(
    "reference-to-itself",
    "warning",
    "The record refers to itself ({value}).",
    remedies.CORRECT,
    "INID 600-646",
)
UNDESIGNATED = FindingKind(
    "designations-missing",
    "notice",
    "The international registration designates no country.",
    remedies.ADD,
    "INID 831-834",
)
REPEATED = FindingKind(
    "designation-repeated", "notice", "{value} is designated twice.", remedies.COMPARE, "INID 831-834"
)


def references(case: Case[Right]) -> Iterator[Finding]:
    """Each reference has a number and does not point to its own record; basic rights are older."""
    record = case.record
    for place, reference in enumerate(record.references):
        path = f"/references/{place}"
        number = reference.number or reference.registration_number
        if not number and not case.is_kept(f"{path}/"):
            yield found(NUMBERLESS, f"{path}/number", kind=reference.kind)
        if number and reference.kind in _BASIC:
            if not (reference.office or record.receiving_office or f"{path}/office" in case.kept):
                yield found(OFFICELESS, f"{path}/office", number)
            date, filed = reference.date or reference.registration_date, record.application_date
            if record.office == "WO" and date and filed and date > filed:
                yield found(LATER, f"{path}/date", date, date=filed)
        if reference.kind in _OWN and number and number == record.application_number:
            yield found(ITSELF, f"{path}/number", number)


def designations(case: Case[Right]) -> Iterator[Finding]:
    """An international registration designates somebody, and nobody twice."""
    record = case.record
    designating = case.right in _DESIGNATING and record.office == "WO"
    if designating and not record.designations and not case.is_kept("/designations"):
        yield found(UNDESIGNATED, "/designations")
    if len(record.designations) > 1:
        seen = set()
        for place, designation in enumerate(record.designations):
            one = (designation.country, designation.under, designation.date)
            if one in seen:
                yield found(REPEATED, f"/designations/{place}/country", designation.country)
            seen.add(one)


RULES: tuple[Rule[Right], ...] = (
    Rule((NUMBERLESS, OFFICELESS, LATER, ITSELF), references, "references"),
    Rule((UNDESIGNATED, REPEATED), designations),
)
