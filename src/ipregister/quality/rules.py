"""The one list of rules, and `check`, which asks a record all of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office
from ipregister.model.record import Record
from ipregister.model.right import Right
from ipregister.quality.checks import (
    classes,
    collisions,
    dates,
    designs,
    events,
    indications,
    languages,
    marks,
    numbers,
    parties,
    patents,
    places,
    priorities,
    references,
    texts,
    works,
)
from ipregister.quality.facts import RegisterFacts
from ipregister.quality.rule import Case, Rule

RULES: tuple[Rule[Trademark], ...] = (
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
"""Every rule on trademarks, in the order of their findings."""

GENERAL: tuple[Rule[Right], ...] = (
    *numbers.GENERAL,
    *dates.RULES,
    *priorities.RULES,
    *events.RULES,
    *parties.RULES,
    *places.RULES,
    *languages.GENERAL,
    *texts.GENERAL,
    *references.RULES,
    *collisions.GENERAL,
)
"""The rules among them that hold for rights of every kind."""

OF_RIGHT: dict[str, tuple[Rule[Any], ...]] = {
    "trademark": RULES,
    "patent": (*patents.RULES, *GENERAL),
    "utility-model": (*patents.RULES, *GENERAL),
    "design": (*designs.RULES, *GENERAL),
    "indication": (*indications.RULES, *GENERAL),
    "work": (*works.WORKS, *GENERAL),
    "emblem": (*works.EMBLEMS, *GENERAL),
}
"""Right -> its rules, in the order of their findings."""

TOGETHER = 32
"""So many records are best looked at together: what they are and what one rule does then both stay at hand."""


def _asked(rules: Iterable[Rule[Any]], *, register: bool, others: bool) -> tuple[Rule[Any], ...]:
    return tuple(rule for rule in rules if (register or not rule.register) and rule.others is others)


_ALONE, _BESIDE = (
    {
        (right, register): _asked(rules, register=register, others=others)
        for right, rules in OF_RIGHT.items()
        for register in (False, True)
    }
    for others in (False, True)
)
"""By right, and whether the register is asked: the rules on a record by itself, and those that compare it with others."""


def check(record: Record, office: Office, day: dt.date, facts: RegisterFacts | None = None) -> list[Finding]:
    """The findings on a record, on a day in the office's zone. A record to be deleted has none."""
    return check_each([record], office, day, [facts])[0]


def check_each(
    records: Sequence[Record], office: Office, day: dt.date, facts: Sequence[RegisterFacts | None]
) -> list[list[Finding]]:
    """The findings on each of several records, each with what may be asked about it."""
    return [conclude(case) for case in look_at(records, office, day, facts)]


def look_at(
    records: Sequence[Record], office: Office, day: dt.date, facts: Sequence[RegisterFacts | None]
) -> list[Case[Any] | None]:
    """The cases of records, of which every rule has been asked that looks at a record by itself; None of one to be
    deleted. It is done rule by rule, which takes two thirds of the time that it takes record by record."""
    today = day.isoformat()
    cases: list[Case[Any] | None] = [
        None if record.deleted else Case(record, office, today, asked)
        for record, asked in zip(records, facts, strict=True)
    ]
    alike: dict[tuple[str, bool], list[Case[Any]]] = {}
    for case in cases:
        if case is not None:
            alike.setdefault((case.right, case.facts is not None), []).append(case)
    for kind, some in alike.items():
        doubtful = [case for case in some if case.looked.doubtful]
        for rule in _ALONE[kind]:
            _ask(rule, doubtful if rule.doubtful else some)
    return cases


def _ask(rule: Rule[Any], cases: Iterable[Case[Any]]) -> None:
    look = rule.check
    if rule.part:
        part = attrgetter(rule.part)
        cases = [case for case in cases if part(case.record)]
    for case in cases:
        found = case.found
        found += look(case)


def conclude(case: Case[Any] | None) -> list[Finding]:
    """The findings on a case, after the rules that compare it with others."""
    if case is None:
        return []
    for rule in _BESIDE[case.right, case.facts is not None]:
        case.found += rule.check(case)
    return case.found


def kinds() -> tuple[FindingKind, ...]:
    """Every finding code that rules may emit, in the order of the rules, those of trademarks first."""
    every = (kind for rules in OF_RIGHT.values() for rule in rules for kind in rule.codes)
    return tuple({kind.code: kind for kind in every}.values())
