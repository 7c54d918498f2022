"""Dates: missing, in the future, too old, a default, out of order, not the term of the office."""

from collections.abc import Iterator
from operator import attrgetter

from ipregister.model.event import Event, Recordal
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.right import Priority, Publication, Right
from ipregister.model.status import add_months, is_past, term_of
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_IN_FORCE = frozenset({"registered", "expired", "partially-refused"})
_DEFAULTS = frozenset({"1900-01-01", "1899-12-30", "1899-12-31", "1970-01-01", "1901-01-01", "1800-01-01"})
_CORE = ("application_date", "registration_date", "expiry_date", "status_date", "termination_date")
_DATED = ("publications", "priorities", "events", "recordals")
_core, _dated = attrgetter(*_CORE), attrgetter(*_DATED)
UNFILED = frozenset({"indication", "emblem"})
"""Rights that may be protected without an application of their own: by an agreement, by communication."""
_LAST_DEFAULT = max(_DEFAULTS)
"""Of a later date, nothing is asked but whether it is to come, and whole."""
_FAR_MONTHS = 25 * 12
OLDEST = "1800"
"""The first year that a date of a right is believed to lie in."""
_WHOLE = len("2026-01-31")
_Dated = Publication | Priority | Event | Recordal

FILING = FindingKind("filing-date-missing", "error", "The filing date is missing.", remedies.ADD, "INID 220")
REGISTRATION = FindingKind(
    "registration-date-missing",
    "error",
    "The mark is registered, but its registration date is missing.",
    remedies.ADD,
    "INID 151",
)
EXPIRY = FindingKind(
    "expiry-date-missing",
    "warning",
    "The mark is registered, but the end of its term is missing.",
    remedies.ADD,
    "INID 180",
)
FUTURE = FindingKind(
    "date-in-future",
    "warning",
    "The date {value} is still to come; such a date cannot lie in the future.",
    remedies.CORRECT_DATE,
    "INID 151, 220, 320, 450",
)
OLD = FindingKind(
    "date-too-old", "warning", "The date {value} is before 1800.", remedies.CORRECT_DATE, "INID 220"
)
DEFAULT = FindingKind(
    "date-default",
    "notice",
    "The date {value} looks like one that a program fills in where there is none.",
    remedies.CORRECT_DATE,
    "",
)
INCOMPLETE = FindingKind(
    "date-incomplete", "notice", "The date {value} is not complete.", remedies.CORRECT_DATE, "ISO 8601"
)
FAR = FindingKind(
    "expiry-far",
    "warning",
    "The term is said to end on {value}, more than 25 years from now.",
    remedies.CORRECT_DATE,
    "INID 180",
)
BEFORE_FILING = FindingKind(
    "registration-before-filing",
    "error",
    "The registration date {value} is before the filing date {filing}, and no priority or earlier right explains it.",
    remedies.CORRECT_DATE,
    "INID 151, 220",
)
AT_PRIORITY = FindingKind(
    "registration-at-priority",
    "notice",
    "The registration date {value} is before the filing date {filing}; it counts from a priority or an earlier right.",
    remedies.NOTHING,
    "Paris Convention, Article 4; law of the office",
)
ORDER = FindingKind(
    "date-order",
    "error",
    "The end {value} is before the beginning {other}.",
    remedies.CORRECT_DATE,
    "INID 141, 151, 180, 220",
)
STATUS_BEFORE = FindingKind(
    "status-before-filing",
    "warning",
    "The status date {value} is before the filing date {filing}.",
    remedies.CORRECT_DATE,
    "INID 220",
)
NO_TERM = FindingKind(
    "expiry-not-term",
    "notice",
    "The term ends on {value}; no whole term of {years} years from filing or registration ends on that day.",
    remedies.COMPARE,
    "term of protection in the law of the office",
)
PUBLISHED_BEFORE = FindingKind(
    "publication-before-filing",
    "warning",
    "The publication date {value} is before the filing date {filing}.",
    remedies.CORRECT_DATE,
    "INID 220, 450",
)
PUBLICATION_UNDATED = FindingKind(
    "publication-date-missing", "notice", "The publication {value} has no date.", remedies.ADD, "INID 450"
)


def presence(case: Case[Right]) -> Iterator[Finding]:
    """Dates that must be there."""
    record = case.record
    if case.right not in UNFILED and not record.application_date and not case.is_kept("/application_date"):
        yield found(FILING, "/application_date")
    if case.state not in _IN_FORCE or record.subtype != "TRADEMARK":
        return
    if not record.registration_date and record.office != "WO" and not case.is_kept("/registration_date"):
        yield found(REGISTRATION, "/registration_date")
    if not record.expiry_date and not case.is_kept("/expiry_date"):
        yield found(EXPIRY, "/expiry_date")


def plausible(case: Case[Right]) -> list[Finding]:
    """Every date by itself: future, too old, a default, incomplete."""
    record, day, findings = case.record, case.day, list[Finding]()
    for field, date in zip(_CORE, _core(record), strict=True):
        if date and (not _LAST_DEFAULT < date <= day or len(date) < _WHOLE) and _is_odd(date, day):
            findings += _oddities(f"/{field}", date, day)
    lists: tuple[tuple[_Dated, ...], ...] = _dated(record)
    for field, items in zip(_DATED, lists, strict=True):
        for place, item in enumerate(items):
            date = item.date
            if date and (not _LAST_DEFAULT < date <= day or len(date) < _WHOLE) and _is_odd(date, day):
                findings += _oddities(f"/{field}/{place}/date", date, day)
    expiry = record.expiry_date
    later = expiry and record.subtype == "TRADEMARK" and expiry[:4] > day[:4]
    if expiry and later and expiry > add_months(day, _FAR_MONTHS):
        findings.append(found(FAR, "/expiry_date", expiry))
    return findings


def _is_odd(date: str, day: str) -> bool:
    return date > day or len(date) < _WHOLE or date < OLDEST or date in _DEFAULTS


def _oddities(path: str, date: str, day: str) -> Iterator[Finding]:
    if date > day:
        if path != "/expiry_date":
            yield found(FUTURE, path, date)
    elif date < OLDEST:
        yield found(OLD, path, date)
    else:
        yield found(DEFAULT if date in _DEFAULTS else INCOMPLETE, path, date)


def order(case: Case[Right]) -> Iterator[Finding]:
    """Filing, registration, end of term and status in their order, with the exception for priorities."""
    record = case.record
    filed, registered, expiry = record.application_date, record.registration_date, record.expiry_date
    if filed and registered and registered < filed and not filed.startswith(registered):
        priorities = [p.date for p in record.priorities if p.date]
        explained = case.continues_a_right or any(date <= registered for date in priorities)
        yield found(
            AT_PRIORITY if explained else BEFORE_FILING, "/registration_date", registered, filing=filed
        )
    for path, end in (("/expiry_date", expiry), ("/termination_date", record.termination_date)):
        start = registered or filed
        if end and start and end < start and not start.startswith(end):
            yield found(ORDER, path, end, other=start)
    status = record.status_date
    if filed and status and is_past(status, filed) and not case.continues_a_right:
        yield found(STATUS_BEFORE, "/status_date", status, filing=filed)


def term(case: Case[Right]) -> Iterator[Finding]:
    """The end of the term against the term of protection of the office."""
    record = case.record
    expiry = record.expiry_date
    if not expiry or len(expiry) != 10 or record.subtype != "TRADEMARK":
        return
    law = term_of(case.office, "trademark", record.registration_date or record.application_date or expiry)
    if law is None or not law.years or expiry < (record.registration_date or record.application_date or ""):
        return
    starts = [d for d in (record.registration_date, record.application_date) if d and len(d) == 10]
    starts += [p.date for p in record.priorities if p.date and len(p.date) == 10]
    for start in starts:
        if _is_term(start, expiry, law.years, law.renewal_years):
            return
    if starts:
        yield found(NO_TERM, "/expiry_date", expiry, years=str(law.years))


def _is_term(start: str, end: str, years: int, renewal: int) -> bool:
    """Whether an end is a first term, or one with renewals, after a start, give or take a month."""
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])
    rest = (months - years * 12) % ((renewal or years) * 12)
    return months >= years * 12 - 1 and min(rest, (renewal or years) * 12 - rest) <= 1


def publications(case: Case[Right]) -> Iterator[Finding]:
    """Publications with a date, and not before the filing."""
    filed = case.record.application_date
    for place, publication in enumerate(case.record.publications):
        date = publication.date
        if not date:
            if publication.identifier and f"/publications/{place}/date" not in case.kept:
                yield found(PUBLICATION_UNDATED, f"/publications/{place}/date", publication.identifier)
        elif filed and date < filed and is_past(date, filed) and not case.continues_a_right:
            yield found(PUBLISHED_BEFORE, f"/publications/{place}/date", date, filing=filed)


RULES: tuple[Rule[Right], ...] = (
    Rule((FILING, REGISTRATION, EXPIRY), presence),
    Rule((FUTURE, OLD, DEFAULT, INCOMPLETE, FAR), plausible),
    Rule((BEFORE_FILING, AT_PRIORITY, ORDER, STATUS_BEFORE), order),
    Rule((NO_TERM,), term, "expiry_date"),
    Rule((PUBLISHED_BEFORE, PUBLICATION_UNDATED), publications, "publications"),
)
