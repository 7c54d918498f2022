"""Events, recorded acts and the office's status, each against the others and against the dates."""

from collections.abc import Iterator

from ipregister.model import codelists
from ipregister.model.event import Event, Recordal
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.right import Right
from ipregister.model.status import add_months, latest_telling, renewal_of
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_PENDING = frozenset({"filed", "published", "opposed"})
_LIVE = frozenset({"filed", "published", "opposed", "registered", "partially-refused"})
_ENDED = frozenset(code for code, live in codelists.column("states", "live").items() if live == "no")
_GRACE_MONTHS = 12
_DAYLESS = frozenset({"previous-status"})
"""What a feed tells without any place for its day."""
_STATUSLESS = frozenset({"madrid", "kz"})

STATUS_MISSING = FindingKind(
    "status-missing", "warning", "The status is missing.", remedies.ADD, "WIPO ST.66"
)
UNDATED = FindingKind(
    "event-date-missing", "notice", "The event “{value}” has no date.", remedies.ADD, "WIPO ST.61"
)
BEFORE = FindingKind(
    "event-before-filing",
    "warning",
    "The event “{event}” of {value} is before the filing date {filing}.",
    remedies.CORRECT_DATE,
    "WIPO ST.61",
)
AFTER = FindingKind(
    "event-after-status",
    "notice",
    "The event “{event}” of {value} is after the status date {status}.",
    remedies.STATUS,
    "WIPO ST.61",
)
REPEATED = FindingKind(
    "event-repeated", "notice", "The event “{value}” of {date} is given twice.", remedies.SPLIT, "WIPO ST.61"
)
EVENT_DATE = FindingKind(
    "event-date-differs",
    "notice",
    "The event “{event}” is of {value}, but the record says {date}.",
    remedies.COMPARE,
    "INID 151, 220",
)
ENDED = FindingKind(
    "status-ignores-end",
    "warning",
    "The status is “{value}”, but the latest event that tells the state is “{event}” of {date}.",
    remedies.STATUS,
    "WIPO ST.61",
)
BEHIND = FindingKind(
    "status-behind-events",
    "notice",
    "The status is “{value}”, but the latest event that tells the state is “{event}” of {date}.",
    remedies.STATUS,
    "WIPO ST.61",
)
REGISTERED = FindingKind(
    "status-ignores-registration",
    "warning",
    "The status is “{value}”, but the record has a registration date, {date}.",
    remedies.STATUS,
    "INID 151",
)
EXPIRED = FindingKind(
    "expired-before-term",
    "warning",
    "The status is “{value}”, but the term ends only on {date}.",
    remedies.STATUS,
    "INID 180",
)
PAST_TERM = FindingKind(
    "registered-past-term",
    "notice",
    "The status is “{value}”, but the term ended on {date}, and no renewal is in the data.",
    remedies.TERM,
    "INID 180",
)
ACT_UNDATED = FindingKind(
    "recordal-date-missing",
    "notice",
    "The recorded act “{value}” has no date.",
    remedies.ADD,
    "WIPO ST.66 MarkRecord",
)
ACT_BEFORE = FindingKind(
    "recordal-before-filing",
    "notice",
    "The recorded act “{act}” of {value} is before the filing date {filing}.",
    remedies.CORRECT_DATE,
    "WIPO ST.66 MarkRecord",
)


def events(case: Case[Right]) -> Iterator[Finding]:
    """Each event by itself and against filing, registration and status date."""
    record = case.record
    filed, status = record.application_date, record.status_date
    seen = set()
    for place, event in enumerate(record.events):
        date, name = event.date, event.office_name or event.code or event.kind
        path = f"/events/{place}/date"
        if not date:
            if path not in case.kept and event.code not in _DAYLESS:
                yield found(UNDATED, path, name)
            continue
        if filed and date < filed and not filed.startswith(date) and not _is_explained(case, event, date):
            yield found(BEFORE, path, date, event=name, filing=filed)
        if status and date > status and not date.startswith(status):
            yield found(AFTER, path, date, event=name, status=status)
        known = (
            filed
            if event.kind == "filed"
            else record.registration_date
            if event.kind == "registered"
            else None
        )
        if known and known != date and not (case.continues_a_right or _takes_effect_early(case, event)):
            yield found(EVENT_DATE, path, date, event=name, date=known)
        step = (event.kind, date, event.code, event.office_code, event.office_name, event.country)
        if step in seen:
            yield found(REPEATED, f"/events/{place}", name, date=date)
        seen.add(step)


def _is_explained(case: Case[Right], event: Event, date: str) -> bool:
    """Whether an earlier right, or a priority that the registration counts from, explains an early event."""
    if case.continues_a_right:
        return True
    return event.kind == "registered" and any(p.date and p.date <= date for p in case.record.priorities)


def _takes_effect_early(case: Case[Right], event: Event) -> bool:
    """Whether a registration counts from its filing or priority by law, so that it was entered later."""
    record = case.record
    if event.kind != "registered":
        return False
    early = (record.application_date, *(priority.date for priority in record.priorities))
    return record.registration_date in early and (event.date or "") > (record.registration_date or "")


def status(case: Case[Right]) -> Iterator[Finding]:
    """The office's status against events, registration and term."""
    record, state = case.record, case.state
    word = record.office_status
    if not word:
        if case.office.feed.reader not in _STATUSLESS and not case.is_kept("/office_status"):
            yield found(STATUS_MISSING, "/office_status")
        return
    if not state:
        return
    if record.events:
        told, event = latest_telling(record.events, case.day)
        if event and told != state:
            name, date = event.office_name or event.code or event.kind, event.date or ""
            if state in _LIVE and told in _ENDED:
                yield found(ENDED, "/office_status", word, event=name, date=date)
            elif told == "registered" and (state in _PENDING or state == "refused"):
                yield found(BEHIND, "/office_status", word, event=name, date=date)
    if state in _PENDING and record.registration_date and not case.continues_a_right:
        yield found(REGISTERED, "/office_status", word, date=record.registration_date)
    expiry = record.expiry_date
    if not expiry or len(expiry) != 10:
        return
    if state == "expired" and expiry > case.day:
        yield found(EXPIRED, "/office_status", word, date=expiry)
    elif state == "registered" and expiry < case.day and add_months(expiry, _GRACE_MONTHS) < case.day:
        if renewal_of(record, expiry):
            return
        yield found(PAST_TERM, "/office_status", word, date=expiry)


def recordals(case: Case[Right]) -> Iterator[Finding]:
    """Recorded acts: dated, and not before the filing. Of an act that the header alone names the record's own
    dates tell."""
    filed = case.record.application_date
    for place, act in enumerate(case.record.recordals):
        if act.kind in case.acts and act == Recordal(kind=act.kind):
            continue
        dates = (act.date, act.effective_date, act.notification_date, act.decision_date)
        date = next((d for d in dates if d), None)
        name = act.word or act.kind
        if not date:
            if not case.is_kept(f"/recordals/{place}/"):
                yield found(ACT_UNDATED, f"/recordals/{place}/date", name)
        elif filed and date < filed and not filed.startswith(date) and case.record.office != "WO":
            yield found(ACT_BEFORE, f"/recordals/{place}/date", date, act=name, filing=filed)


RULES: tuple[Rule[Right], ...] = (
    Rule((UNDATED, BEFORE, AFTER, REPEATED, EVENT_DATE), events, "events"),
    Rule((STATUS_MISSING, ENDED, BEHIND, REGISTERED, EXPIRED, PAST_TERM), status),
    Rule((ACT_UNDATED, ACT_BEFORE), recordals, "recordals"),
)
