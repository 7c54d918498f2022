"""In what state a right is: the office's word first, then its events, then its dates, each by a named rule.

The clock alone never ends a right. A registration whose term is over is `term-ended`: "the term ended on DAY;
no renewal is in the data to DAY; late renewal possible until DAY". What nobody says is `unknown`.
"""

import datetime as dt
from functools import cache, lru_cache

from msgspec import Struct

from ipregister.model import codelists
from ipregister.model.event import Event
from ipregister.model.offices import Office, Term
from ipregister.model.record import right_of
from ipregister.model.right import Right


class State(Struct, frozen=True, omit_defaults=True):
    """A derived state, with the rule that gave it and the day it was asked for.

    `state` is a code of `codes/states.csv`, `rule` a code of `RULES`, whose message `arguments` fill.
    `since` is the day the state began, where the data say so. `term_end` is the end of the term as
    delivered, `late_renewal_until` the last day of late renewal by the office's law.
    `data_day` is the day the office extracted the data.
    """

    state: str
    rule: str
    since: str | None = None
    term_end: str | None = None
    late_renewal_until: str | None = None
    day: str = ""
    data_day: str = ""
    arguments: dict[str, str] = {}


class StatusRule(Struct, frozen=True, gc=False):
    """A rule that gives a state: its code, and what it says to the reader (`{name}` marks an argument)."""

    code: str
    message: str


RULES: tuple[StatusRule, ...] = (
    StatusRule("office-deletion", "The office has taken the record out of its register."),
    StatusRule("office-word", "The office says “{word}”."),
    StatusRule(
        "office-word-future",
        "The office says “{word}”, from {status_date}, a day still to come on the day asked.",
    ),
    StatusRule(
        "registration-over-word",
        "The office says “{word}”, but a registration of {date} is in the data, and the registration decides here.",
    ),
    StatusRule(
        "office-word-unknown", "The office says “{word}”; this register does not know what that means."
    ),
    StatusRule(
        "term-ended",
        "The term ended on {term_end}; no renewal is in the data to {data_day}; "
        "late renewal is possible until {late_renewal_until} ({source}).",
    ),
    StatusRule(
        "term-ended-no-late-renewal", "The term ended on {term_end}; no renewal is in the data to {data_day}."
    ),
    StatusRule(
        "term-ended-after-data",
        "The term ended on {term_end}, after the day of the data ({data_day}); whether it was renewed cannot be known.",
    ),
    StatusRule(
        "renewed", "The term as delivered ended on {term_end}, but a renewal of {renewed} is in the data."
    ),
    StatusRule("latest-event", "The latest event that tells the state is “{event}” of {date}."),
    StatusRule("termination-date", "The protection ended on {date}. The data do not say why."),
    StatusRule("registration-date", "Registered on {date}. The feed carries no status."),
    StatusRule("registration-number", "A registration number is in the data, but no status and no date."),
    StatusRule(
        "international-registration-date", "Registered internationally on {date}. The feed carries no status."
    ),
    StatusRule(
        "publication-date", "Published on {date}; no registration is in the data. The feed carries no status."
    ),
    StatusRule("filing-date", "Filed on {date}; no registration is in the data. The feed carries no status."),
    StatusRule("no-facts", "The data hold no status, no event and no date that tells the state."),
)
"""Every rule that `derive` may name."""

_Finding = tuple[str, str, str | None, dict[str, str]]

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_IN_FORCE = frozenset({"registered", "partially-refused"})
_STAGES = {"": 0, "filed": 1, "published": 2, "opposed": 3, "appealed": 3}
_EXAMINED_IN_PUBLIC = frozenset({"patent", "utility-model"})
"""Rights whose application is examined after its publication: a step of the examination leaves it published."""
_BEFORE_REGISTRATION = frozenset({"filed", "published"})
_RENEWALS = frozenset({"renewed", "restored"})


@lru_cache(maxsize=16384)
def add_months(day: str, months: int) -> str:
    """The ISO date so many months after a full ISO date, held to the end of a shorter month."""
    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
    years, month = divmod(month - 1 + months, 12)
    year += years
    last = 29 if month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else _DAYS[month]
    return f"{year:04d}-{month + 1:02d}-{min(number, last):02d}"


def term_of(office: Office, right: str, day: str) -> Term | None:
    """The office's term of protection in force on a day, None where its file has none."""
    found = None
    for term in office.terms:
        if (
            term.right == right
            and term.from_day <= day
            and (found is None or term.from_day >= found.from_day)
        ):
            found = term
    return found


def table_of(record: Right, name: str) -> str:
    """The name of a word table of an office for a record: `statuses` of a trademark, `design/statuses` of a design."""
    right = right_of(record)
    return name if right == "trademark" else f"{right}/{name}"


def is_past(date: str, day: str) -> bool:
    """Whether a date, which may be a month or a year alone, is wholly before a day."""
    return date < day[: len(date)]


def derive(record: Right, office: Office, day: dt.date, data_day: str) -> State:
    """The state of a right on a day in the office's zone, from data that the office extracted on `data_day` (ISO)."""
    asked = day.isoformat()
    state, rule, since, arguments = _said(record, office, asked) or _from_facts(record, office, asked)
    expiry, until = record.expiry_date, None
    if expiry and state in _IN_FORCE:
        term = term_of(office, right_of(record), expiry)
        if term and term.grace_months and len(expiry) == 10:
            until = add_months(expiry, term.grace_months)
        if is_past(expiry, asked):
            state, rule, since, arguments = _after_term(record, expiry, until, term, data_day, state, since)
    return State(
        state=state,
        rule=rule,
        since=since,
        term_end=expiry,
        late_renewal_until=until,
        day=asked,
        data_day=data_day,
        arguments=arguments,
    )


def state_of(record: Right, office: Office, day: dt.date, data_day: str) -> str:
    """The state alone of `derive`, for those who need no more of it, in half the time."""
    asked, expiry = day.isoformat(), record.expiry_date
    state, _, since, _ = _said(record, office, asked) or _from_facts(record, office, asked)
    if expiry and state in _IN_FORCE and is_past(expiry, asked):
        return _after_term(record, expiry, None, None, data_day, state, since)[0]
    return state


def _said(record: Right, office: Office, day: str) -> _Finding | None:
    """What the office itself says, None where the record carries no word of it."""
    word = record.office_status
    state = office.word(table_of(record, "statuses"), word) if word else None
    if record.deleted:  # the day of a word which says that the right lives is not that of the deletion
        lives = bool(state) and codelists.column("states", "live")[state or ""] == "yes"
        return "deleted", "office-deletion", None if lives else record.status_date, {}
    if not word:
        return None
    if not state or state == "unknown":
        return "unknown", "office-word-unknown", None, {"word": word}
    if state in _BEFORE_REGISTRATION and (found := _over_word(record, word, day)):
        return found
    if record.status_date and record.status_date > day:
        return state, "office-word-future", None, {"word": word, "status_date": record.status_date}
    return state, "office-word", record.status_date, {"word": word}


def _over_word(record: Right, word: str, day: str) -> _Finding | None:
    """What a registration in the record says against a word of the time before it; None where there is none.

    An office's “Published” may be that of the registration's publication, or be left behind by it."""
    state, telling = latest_telling(record.events, day)
    told = (telling.date or "") if telling else ""
    date = record.registration_date
    registered = date if date and date <= day else told if state == "registered" else ""
    if not registered:
        return None
    if telling and state not in _STAGES and state != "registered" and told >= registered:
        return state, "latest-event", told, {"event": telling.kind, "date": told}
    ended = record.termination_date
    if ended and ended <= day:
        return "inactive", "termination-date", ended, {"date": ended}
    return "registered", "registration-over-word", registered, {"word": word, "date": registered}


def _after_term(
    record: Right,
    expiry: str,
    until: str | None,
    term: Term | None,
    data_day: str,
    state: str,
    since: str | None,
) -> _Finding:
    renewed = renewal_of(record, expiry)
    if renewed:
        return state, "renewed", since, {"term_end": expiry, "renewed": renewed}
    if data_day and not is_past(expiry, data_day):
        return "term-ended", "term-ended-after-data", expiry, {"term_end": expiry, "data_day": data_day}
    arguments = {"term_end": expiry, "data_day": data_day}
    if until and term:
        arguments.update(late_renewal_until=until, source=term.source)
        return "term-ended", "term-ended", expiry, arguments
    return "term-ended", "term-ended-no-late-renewal", expiry, arguments


def renewal_of(record: Right, expiry: str) -> str:
    """The day of a renewal recorded within the last year of the term or after it, or an empty text."""
    opening = f"{int(expiry[:4]) - 1:04d}{expiry[4:]}"
    dates = [e.date for e in record.events if e.kind in _RENEWALS and e.date and e.date >= opening]
    for act in record.recordals:
        date = act.effective_date or act.date
        if act.kind == "renewal" and date and date >= opening:
            dates.append(date)
    return max(dates, default="")


@cache
def _effects() -> dict[str, tuple[str, bool]]:
    """Event kind -> the state it leads to and whether it is too weak to undo a registration."""
    rows = codelists.table("event_kinds").items()
    return {code: (row["state"], row["weak"] == "yes") for code, row in rows if row["state"]}


def latest_telling(events: tuple[Event, ...], day: str) -> tuple[str, Event | None]:
    """The state that the dated events to a day lead to, and the event that did it; weak events undo nothing."""
    if not events:
        return "", None
    effects = _effects()
    dated = [e for e in events if e.date and e.date <= day and e.kind in effects]
    dated.sort(key=_date)
    state, telling = "", None
    for event in dated:
        target, weak = effects[event.kind]
        if weak and (state not in _STAGES or _STAGES[target] < _STAGES[state]):
            continue
        state, telling = target, event
    return state, telling


def _date(event: Event) -> str:
    return event.date or ""


def _from_facts(record: Right, office: Office, day: str) -> _Finding:
    """The state from events and dates, where the feed carries no status."""
    state, telling = latest_telling(record.events, day)
    if telling is not None and state not in _STAGES:
        return state, "latest-event", telling.date, {"event": telling.kind, "date": telling.date or ""}
    ended = record.termination_date
    if ended and ended <= day:
        return "inactive", "termination-date", ended, {"date": ended}
    registered = _from_registration(record, office, day)
    if registered:
        return registered
    published = max((p.date for p in record.publications if p.date and p.date <= day), default="")
    examined = bool(published) and state == "filed" and right_of(record) in _EXAMINED_IN_PUBLIC
    if telling is not None and not examined:
        return state, "latest-event", telling.date, {"event": telling.kind, "date": telling.date or ""}
    if published:
        return "published", "publication-date", published, {"date": published}
    filed = record.application_date
    if filed and filed <= day:
        return "filed", "filing-date", filed, {"date": filed}
    return "unknown", "no-facts", None, {}


def _from_registration(record: Right, office: Office, day: str) -> _Finding | None:
    date = record.registration_date
    if date and date <= day:
        rule = "international-registration-date" if office.code == "WO" else "registration-date"
        return "registered", rule, date, {"date": date}
    if office.code == "WO" and record.application_date and record.application_date <= day:
        date = record.application_date
        return "registered", "international-registration-date", date, {"date": date}
    if record.registration_number and not date:
        return "registered", "registration-number", None, {}
    return None
