"""Numbers: missing, without digits, of no known series, of another year than the filing."""

import re
from collections.abc import Iterator

from ipregister.model import codelists
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.numbers import FIELDS
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.checks.dates import UNFILED
from ipregister.quality.rule import Case, Rule, found

_DIGIT = re.compile(r"\d")
_ENDED_OR_REGISTERED = frozenset({"registered", "expired", "partially-refused"})
_SUBTYPES = codelists.codes("subtypes")
_KINDS = codelists.codes("mark_kinds")
_ENTERED = frozenset({"TRADEMARK", "GI", "AO"})
"""Sorts of right that are registered; an emblem is only protected."""
_KINDLESS = frozenset({"madrid"})
"""Feeds that name the kind of a mark only where it is a collective or certification mark."""

OFFICE = FindingKind(
    "office-mismatch",
    "error",
    "The record names {value} as its office, but it was delivered by {office}.",
    remedies.CORRECT,
    "WIPO ST.66 RegistrationOfficeCode",
)
SUBTYPE = FindingKind(
    "right-unknown",
    "error",
    "“{value}” is no sort of right that the register knows.",
    remedies.CORRECT,
    "WIPO ST.66",
)
KIND = FindingKind("kind-unknown", "warning", "“{value}” is no kind of mark.", remedies.CORRECT, "INID 551")
KIND_MISSING = FindingKind(
    "kind-missing",
    "notice",
    "The kind of mark (individual, collective, certification) is not told.",
    remedies.ADD,
    "INID 551",
)
APPLICATION = FindingKind(
    "application-number-missing", "error", "The application number is missing.", remedies.ADD, "INID 210"
)
REGISTRATION = FindingKind(
    "registration-number-missing",
    "warning",
    "The right is registered, but its registration number is missing.",
    remedies.ADD,
    "INID 111",
)
DIGITLESS = FindingKind(
    "number-without-digits", "error", "The number “{value}” has no digits.", remedies.CORRECT, "INID 111, 210"
)
SERIES = FindingKind(
    "number-unknown-series",
    "warning",
    "The number “{value}” is of no series known for this office.",
    remedies.NUMBER,
    "number series of the office",
)
YEAR = FindingKind(
    "number-year",
    "notice",
    "The number “{value}” is of the year {year}, but the filing date is {date}.",
    remedies.COMPARE,
    "number series of the office",
)


def belonging(case: Case[Right]) -> Iterator[Finding]:
    """The office, and the sort of right."""
    record = case.record
    if record.office != case.office.code:
        yield found(OFFICE, "/office", record.office, office=case.office.code)
    elif "/office" in case.kept:
        named = next((k.text for k in record.kept if k.field == "/office" and k.reason == "unknown-code"), "")
        if named:
            yield found(OFFICE, "/office", named, office=case.office.code)
    if record.subtype not in _SUBTYPES:
        yield found(SUBTYPE, "/subtype", record.subtype)


def kind(case: Case[Trademark]) -> Iterator[Finding]:
    """The kind of mark: by whom it may be used."""
    record = case.record
    for place, word in enumerate(record.kinds):
        if word not in _KINDS:
            yield found(KIND, f"/kinds/{place}", word)
    silent = case.office.feed.reader in _KINDLESS or case.is_kept("/kinds")
    if not (record.kinds or silent) and record.subtype == "TRADEMARK":
        yield found(KIND_MISSING, "/kinds")


def presence(case: Case[Right]) -> Iterator[Finding]:
    """Numbers that must be there, and have digits."""
    record = case.record
    numbered = record.application_number or record.international_number or case.right in UNFILED
    if not (numbered or case.is_kept("/application_number")):
        yield found(APPLICATION, "/application_number")
    if (
        not record.registration_number
        and record.subtype in _ENTERED
        and case.state in _ENDED_OR_REGISTERED
        and record.office != "WO"
        and not case.office.shares_numbers
        and not case.may_lack("registration_number")
    ):
        yield found(REGISTRATION, "/registration_number")
    for field, number in (
        ("/application_number", record.application_number),
        ("/registration_number", record.registration_number),
        ("/international_number", record.international_number),
    ):
        if number and not _DIGIT.search(number):
            yield found(DIGITLESS, field, number)


def form(case: Case[Right]) -> Iterator[Finding]:
    """The series of the application number, also where another number names the record; and the year in it."""
    record = case.record
    number = record.application_number
    if not number or not case.office.series:
        return
    if case.series is None or case.series[0].field != FIELDS[0]:
        if case.series is None or _numbers_applications(case):
            yield found(SERIES, "/application_number", number)
        return
    series, parts = case.series
    year, filed = parts.get(series.year, ""), record.application_date
    if filed and len(year) == 4 and year != filed[:4] and not case.continues_a_right:
        yield found(YEAR, "/application_number", number, year=year, date=filed)


def _numbers_applications(case: Case[Right]) -> bool:
    """Whether the office has a series of application numbers for the right."""
    return any(one.right == case.right and one.field == FIELDS[0] for one in case.office.series)


GENERAL: tuple[Rule[Right], ...] = (
    Rule((OFFICE, SUBTYPE), belonging),
    Rule((APPLICATION, REGISTRATION, DIGITLESS), presence),
    Rule((SERIES, YEAR), form),
)
"""Those that hold for rights of every kind."""

RULES: tuple[Rule[Trademark], ...] = (
    Rule((OFFICE, SUBTYPE), belonging),
    Rule((KIND, KIND_MISSING), kind),
    Rule((APPLICATION, REGISTRATION, DIGITLESS), presence),
    Rule((SERIES, YEAR), form),
)
