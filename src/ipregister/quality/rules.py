"""The one list of rules, and `check`, which asks a record all of them."""

import datetime as dt

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office
from ipregister.model.record import Record
from ipregister.quality.checks import (
    classes,
    collisions,
    dates,
    events,
    languages,
    marks,
    numbers,
    parties,
    places,
    priorities,
    references,
    texts,
)
from ipregister.quality.facts import RegisterFacts
from ipregister.quality.rule import Case, Rule

RULES: tuple[Rule, ...] = (
    *numbers.RULES,
    *dates.RULES,
    *priorities.RULES,
    *events.RULES,
    *marks.RULES,
    *classes.RULES,
    *parties.RULES,
    *places.RULES,
    *languages.RULES,
    *texts.RULES,
    *references.RULES,
    *collisions.RULES,
)
"""Every rule, in the order of their findings."""

_ALONE = tuple(rule for rule in RULES if not rule.register)
"""The rules that ask nothing of the register."""


def check(record: Record, office: Office, day: dt.date, facts: RegisterFacts | None = None) -> list[Finding]:
    """The findings on a record, on a day in the office's zone. A record to be deleted has none."""
    if record.deleted or not isinstance(record, Trademark):
        return []
    case = Case(record, office, day.isoformat(), facts)
    found: list[Finding] = []
    for rule in RULES if facts is not None else _ALONE:
        if not rule.part or getattr(record, rule.part):
            found.extend(rule.check(case))
    return found


def kinds() -> tuple[FindingKind, ...]:
    """Every finding code that rules may emit, in the order of the rules."""
    return tuple(kind for rule in RULES for kind in rule.codes)
