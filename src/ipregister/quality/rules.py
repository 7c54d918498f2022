"""The one list of rules, and `check`, which asks a record all of them."""

import datetime as dt
from collections.abc import Callable, Iterable
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

Asked = tuple[tuple[str, Callable[[Case[Any]], Iterable[Finding]]], ...]
"""Rules as they are asked: the field without which there is nothing to look at, and the function."""


def _asked(rules: Iterable[Rule[Any]], *, register: bool, doubtful: bool) -> Asked:
    """The rules that may have something to say of a record: where the register is asked, and where it has texts that
    are doubtful."""
    return tuple(
        (rule.part, rule.check)
        for rule in rules
        if (register or not rule.register) and (doubtful or not rule.doubtful)
    )


_ASKED: dict[tuple[str, bool, bool], Asked] = {
    (right, register, doubtful): _asked(rules, register=register, doubtful=doubtful)
    for right, rules in OF_RIGHT.items()
    for register in (False, True)
    for doubtful in (False, True)
}
"""By right, whether the register is asked, and whether a text is doubtful."""


def check(record: Record, office: Office, day: dt.date, facts: RegisterFacts | None = None) -> list[Finding]:
    """The findings on a record, on a day in the office's zone. A record to be deleted has none."""
    if record.deleted:
        return []
    case: Case[Any] = Case(record, office, day.isoformat(), facts)
    found: list[Finding] = []
    for part, look in _ASKED[case.right, facts is not None, bool(case.looked.doubtful)]:
        if not part or getattr(record, part):
            found += look(case)
    return found


def kinds() -> tuple[FindingKind, ...]:
    """Every finding code that rules may emit, in the order of the rules, those of trademarks first."""
    every = (kind for rules in OF_RIGHT.values() for rule in rules for kind in rule.codes)
    return tuple({kind.code: kind for kind in every}.values())
