"""What can be watched: a query, a list of numbers, a party, names like a name. One function a kind, in one table.

A function gets records that changed and all watches of its kind, and gives what fits, each with its reason: so that
what many watches look at is read once. The indexes must be at least as far as the changes.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.model.numbers import exact_form, folds
from ipregister.model.record import Record
from ipregister.search.faults import QueryError
from ipregister.search.index import SearchIndex
from ipregister.search.query import parse
from ipregister.search.similarity.few import Few
from ipregister.search.similarity.search import Shelf
from ipregister.search.tree import And, Closed, Everything, Query, Word, any_of
from ipregister.watch.models import Watch, WatchedNumber

Kind = Literal["query", "numbers", "party", "name"]
MOST_NUMBERS, MOST_LETTERS, MOST_HITS, PART = 100_000, 400, 1_000, 500
LONGEST_NUMBER = 80
SHOWN, TRIED = 5, 100
"""Numbers of a list that its owner is shown; lines that tell what stands between cells."""
CLOSE = 0.7
"""The score from which a name is told."""
Reason = dict[str, Any]
Look = Callable[[Sequence[str]], Iterable[tuple[str, Record]]]


class Wanted(Struct, frozen=True):
    """What a watch wants: a query line, the name of a party, a name with classes, or numbers (one a line, or CSV)."""

    kind: Kind
    text: str
    classes: tuple[int, ...] = ()
    least: float = CLOSE


class Ground(Struct, frozen=True):
    """What matching looks into. `look` gives records as they go out, by their keys."""

    index: SearchIndex
    shelf: Shelf
    look: Look
    closed: tuple[Closed, ...] = ()
    """What of the records that go out does not go out with them, so that no query may find it."""


class Changed:
    """Records that changed (`keys`) and that are not given any more (`gone`), with what several watches look at in them,
    made when the first one asks."""

    def __init__(self, ground: Ground, keys: Sequence[str], gone: Sequence[str] = ()) -> None:
        self.ground, self.keys, self.gone = ground, list(keys), list(gone)

    @cached_property
    def names(self) -> Few:
        """Their names."""
        return Few(self.ground.shelf, self.keys)

    @cached_property
    def by_form(self) -> dict[str, set[str]]:
        """Folded numbers that go out, with the keys of the records that have them; of those that are gone the key alone."""
        found: dict[str, set[str]] = {}
        for key in (*self.keys, *self.gone):
            for form in folds(key):
                found.setdefault(form, set()).add(key)
        for key, record in self.ground.look(self.keys):
            numbers = record.application_number, record.registration_number, record.international_number
            for number in filter(None, numbers):
                for form in folds(number):
                    found.setdefault(form, set()).add(key)
        return found


Fitting = Iterator[tuple[Watch, str, Reason]]
"""A watch, the key of a record that it is told of, and why."""
Matcher = Callable[[Changed, Sequence[Watch]], Fitting]


def checked(wanted: Wanted) -> tuple[dict[str, Any], list[str]]:
    """What is kept of a wish, and the folded numbers of a list. Raises `UsageError`."""
    if wanted.kind == "numbers":
        forms, left_out = numbers_in(wanted.text)
        return {"count": len(forms), "first": forms[:SHOWN], "left_out": left_out}, forms
    text = wanted.text.replace("\0", " ").strip()
    if not text or len(text) > MOST_LETTERS:
        raise UsageError(f"a watch needs a text of at most {MOST_LETTERS} letters")
    if wanted.kind == "query":
        try:
            parse(text)
        except QueryError as error:
            raise UsageError(
                f"the query cannot be read: {error}", remedy="try it in the search first"
            ) from error
    return {"text": text, "classes": list(wanted.classes), "least": wanted.least}, []


def numbers_in(text: str) -> tuple[list[str], int]:
    """The folded numbers of a list, and how many lines below its first have text without one: the first cell of each
    line, whether commas, semicolons or tabs stand between cells. Raises `UsageError`."""
    forms: dict[str, None] = {}
    left_out = 0
    for line, number in enumerate(_first_cells(text)):
        form = exact_form(number)
        if form and len(form) <= LONGEST_NUMBER and any(sign.isdigit() for sign in number):
            forms[form] = None
        else:
            left_out += bool(line and number)
        if len(forms) > MOST_NUMBERS:
            raise UsageError(f"more than {MOST_NUMBERS} numbers", remedy="divide the list")
    if not forms:
        raise UsageError("there is no number in the list", remedy="give one number a line")
    return list(forms), left_out


def _first_cells(text: str) -> Iterator[str]:
    """The first cell of each line that is not blank, line by line: a quote that nobody closed takes no other with it."""
    lines = [line for line in text.replace("\0", "").splitlines() if line.strip()]
    separator = max(",;\t", key="\n".join(lines[:TRIED]).count)
    for line in lines:
        try:
            yield next(csv.reader([line[:MOST_LETTERS]], delimiter=separator))[0].strip()
        except csv.Error as error:
            raise UsageError(
                f"the line {line[:40]!r} cannot be read", remedy="give one number a line"
            ) from error


def _by_query(changed: Changed, watches: Sequence[Watch]) -> Fitting:
    named = any_of([Word(key, "number") for key in changed.keys])
    there = set(changed.keys)
    for watch in watches:
        line = watch.wanted["text"]
        root = parse(line).root
        whole = named if isinstance(root, Everything) else And((root, named))
        query = Query(whole, changed.ground.closed)
        found, _next = changed.ground.index.walk(query, filters={}, limit=MOST_HITS)
        yield from ((watch, key, {"code": "query", "query": line}) for key in found if key in there)


def _by_party(changed: Changed, watches: Sequence[Watch]) -> Fitting:
    return _near(changed, watches, parties=True)


def _by_name(changed: Changed, watches: Sequence[Watch]) -> Fitting:
    return _near(changed, watches, parties=False)


def _near(changed: Changed, watches: Sequence[Watch], *, parties: bool) -> Fitting:
    for watch in watches:
        wanted = watch.wanted
        hits = changed.names.near(wanted["text"], wanted["least"], classes=wanted["classes"], parties=parties)
        for hit in hits:
            yield watch, hit.key, {
                "code": "party" if parties else "name", "name": hit.name, "score": round(hit.score, 4),
                "algorithm": hit.version, "why": [one.code for one in hit.reasons],
            }  # fmt: skip


def _by_numbers(changed: Changed, watches: Sequence[Watch]) -> Fitting:
    by_number = {watch.pk: watch for watch in watches}
    forms = sorted(changed.by_form)
    told: set[tuple[str, str]] = set()
    for start in range(0, len(forms), PART):
        held = WatchedNumber.objects.filter(form__in=forms[start : start + PART]).order_by("pk")
        for number, form in held.values_list("watch_id", "form"):
            for key in sorted(changed.by_form[form]) if number in by_number else ():
                if (number, key) not in told:
                    told.add((number, key))
                    yield by_number[number], key, {"code": "number", "number": form}


KINDS: dict[str, Matcher] = {
    "query": _by_query,
    "numbers": _by_numbers,
    "party": _by_party,
    "name": _by_name,
}
"""Every kind of watch and the function that finds what it is told of."""
