"""What only the register can know: numbers taken by another record, a mark held twice by one owner."""

from collections.abc import Iterator

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.checks.parties import name_of
from ipregister.quality.rule import Case, Rule, found

_NAMED = 3

TAKEN = FindingKind(
    "number-taken",
    "error",
    "Another record of the office has the application number {value}: {others}.",
    remedies.MERGE,
    "INID 210",
)
REGISTRATION_TAKEN = FindingKind(
    "registration-number-taken",
    "warning",
    "Another record of the office has the registration number {value}: {others}.",
    remedies.MERGE,
    "INID 111",
)
SAME = FindingKind(
    "same-mark-same-owner",
    "notice",
    "The owner has the same mark in other records of the office: {others}.",
    remedies.MERGE,
    "",
)


def numbers(case: Case[Right]) -> Iterator[Finding]:
    """The record's numbers, held by another record of the same office."""
    facts, record = case.facts, case.record
    if facts is None:
        return
    for kind, number, finding in (
        ("application", record.application_number, TAKEN),
        ("registration", record.registration_number, REGISTRATION_TAKEN),
    ):
        others = facts.others_with_number(kind, number) if number else ()
        if others:
            yield found(finding, f"/{kind}_number", number, others=", ".join(others[:_NAMED]))


def marks(case: Case[Trademark]) -> Iterator[Finding]:
    """The same words and the same owner in another record of the same office."""
    facts, record = case.facts, case.record
    owners = record.holders or record.applicants
    if facts is None or not record.mark.verbal or not owners:
        return
    words = record.mark.verbal[0].text
    others = facts.others_with_mark(words, name_of(owners[0]))
    if others:
        yield found(SAME, "/mark/verbal/0/text", words, others=", ".join(others[:_NAMED]))


GENERAL: tuple[Rule[Right], ...] = (Rule((TAKEN, REGISTRATION_TAKEN), numbers, register=True, others=True),)
"""Those that hold for rights of every kind."""

RULES: tuple[Rule[Trademark], ...] = (
    Rule((TAKEN, REGISTRATION_TAKEN), numbers, register=True, others=True),
    Rule((SAME,), marks, register=True, others=True),
)
