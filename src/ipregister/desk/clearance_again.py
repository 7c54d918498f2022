"""A clearance asked again: what is new, what is gone, what stands otherwise than in the report of before."""

import datetime as dt

import msgspec
from msgspec import Struct

from ipregister.desk.clearance import ClearHit, Question, Report, read_report
from ipregister.desk.closeness import BANDS
from ipregister.desk.name_batches import FORMAT as BATCH
from ipregister.desk.name_batches import BatchReport
from ipregister.desk.name_lists import MOST_NAMES
from ipregister.desk.standing import GROUPS
from ipregister.model import offices
from ipregister.model.errors import UnreadableInput
from ipregister.model.mark import NICE_CLASSES
from ipregister.search.similarity.romanise.script import SCRIPTS

MOST_SPELLINGS, LONGEST_NAME, MOST_GOODS, MOST_HITS, MOST_PICTURES = 8, 200, 2_000, 200, 8
"""What one question may hold: spellings, letters of each, letters of the goods, hits, pictures."""


class _Format(Struct, frozen=True):
    format: str


class Changed(Struct, frozen=True):
    """A hit that stands in both reports, with what is otherwise: (what, before, now)."""

    key: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


class Comparison(Struct, frozen=True):
    """What two reports on the same question have and have not in common. `same_algorithms` tells whether a
    difference can come from the register alone."""

    before: str
    now: str
    same_algorithms: bool
    same_register: bool
    new: tuple[ClearHit, ...]
    gone: tuple[ClearHit, ...]
    changed: tuple[Changed, ...]
    same: int


def reports_of(content: bytes) -> tuple[Report, ...]:
    """The report that a JSON file holds, or the reports of a list of names. Raises `UnreadableInput` for anything else,
    and for a question that nobody could have asked here: whoever writes such a file must not keep the program busy."""
    try:
        if msgspec.json.decode(content, type=_Format).format == BATCH:
            found = msgspec.json.decode(content, type=BatchReport).reports
        else:
            found = (read_report(content),)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(
            "this is no clearance report", remedy="give the JSON file of a report"
        ) from error
    if not found or len(found) > MOST_NAMES or not all(map(_can_be_compared, found)):
        raise UnreadableInput(
            "this is no clearance report that can be asked again", remedy="ask its question anew"
        )
    return found


def _can_be_compared(report: Report) -> bool:
    return (
        is_fair(report.question)
        and _asks_something(report.question)
        and all(hit.closeness in BANDS and hit.standing.group in GROUPS for hit in report.hits)
    )


def _asks_something(question: Question) -> bool:
    """Whether there is a name or a picture to be cleared, and no name of signs alone."""
    named = all(any(sign.isalnum() for sign in name) for name in question.names)
    return named and bool(question.names or question.pictures)


def is_fair(question: Question) -> bool:
    """Whether a question is within what can be asked."""
    try:
        dt.date.fromisoformat(question.day)
    except ValueError:
        return False
    return (
        len(question.names) <= MOST_SPELLINGS
        and len(question.pictures) <= MOST_PICTURES
        and all(len(text) <= LONGEST_NAME for text in (*question.names, question.applicant))
        and len(question.goods) <= MOST_GOODS
        and 1 <= question.limit <= MOST_HITS
        and set(question.classes) <= set(NICE_CLASSES)
        and set(question.offices) <= set(offices.codes())
        and set(question.scripts) <= set(SCRIPTS)
    )


def compared(before: Report, now: Report) -> Comparison:
    """The difference between two reports, hits in the order of their reports."""
    old = {hit.key: hit for hit in before.hits}
    new = {hit.key: hit for hit in now.hits}
    both = [(old[key], hit) for key, hit in new.items() if key in old]
    changed = [Changed(hit.key, hit.title, found) for first, hit in both if (found := _changes(first, hit))]
    return Comparison(
        before=before.made,
        now=now.made,
        same_algorithms=before.algorithms == now.algorithms,
        same_register=before.register == now.register,
        new=tuple(hit for key, hit in new.items() if key not in old),
        gone=tuple(hit for key, hit in old.items() if key not in new),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


def _changes(first: ClearHit, second: ClearHit) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        ("closeness", first.closeness, second.closeness),
        ("standing", first.standing.group, second.standing.group),
        ("day", first.standing.day, second.standing.day),
        ("status", first.status, second.status),
        ("score", f"{first.score:.4f}", f"{second.score:.4f}"),
        ("owner", first.owner, second.owner),
        ("classes", _listed(first.classes), _listed(second.classes)),
    )
    return tuple((what, one, other) for what, one, other in pairs if one != other)


def _listed(classes: tuple[int, ...]) -> str:
    return " ".join(map(str, classes))
