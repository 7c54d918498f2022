"""What can be watched: a query, a list of numbers, a party, names like a name. One function a kind, in one table.

A function gets the changes of released records and what the watch wants, and gives those that fit, each with its
reason. The indexes must be at least as far as the changes.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.model.numbers import exact_form, folds
from ipregister.model.offices import office
from ipregister.model.publicity import public_record
from ipregister.search.faults import QueryError
from ipregister.search.index import SearchIndex
from ipregister.search.query import parse
from ipregister.search.similarity.search import Shelf, similar_names
from ipregister.search.tree import And, Query, Word, any_of
from ipregister.store.register import Register
from ipregister.store.upcast import decode
from ipregister.watch.models import Watch

Kind = Literal["query", "numbers", "party", "name"]
MOST_NUMBERS, MOST_LETTERS, NEAREST, PART = 100_000, 400, 500, 50
CLOSE = 0.7
"""The score from which a name is told."""
Reason = dict[str, Any]


class Wanted(Struct, frozen=True):
    """What a watch wants: a query line, the name of a party, a name with classes, or numbers (one a line, or CSV)."""

    kind: Kind
    text: str
    classes: tuple[int, ...] = ()
    least: float = CLOSE


class Ground(Struct, frozen=True):
    """What matching looks into, on a day."""

    today: dt.date
    register: Register
    index: SearchIndex
    shelf: Shelf


Matcher = Callable[[Ground, Watch, Sequence[str]], Mapping[str, Reason]]


def checked(wanted: Wanted) -> tuple[dict[str, Any], list[str]]:
    """What is kept of a wish, and the folded numbers of a list. Raises `UsageError`."""
    if wanted.kind == "numbers":
        forms = numbers_in(wanted.text)
        return {"count": len(forms)}, forms
    text = wanted.text.strip()
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


def numbers_in(text: str) -> list[str]:
    """The folded numbers of a list: the first cell of each line, headings without a digit left out."""
    forms: dict[str, None] = {}
    for cells in csv.reader(io.StringIO(text)):
        number = cells[0].strip() if cells else ""
        if number and exact_form(number) and any(sign.isdigit() for sign in number):
            forms[exact_form(number)] = None
        if len(forms) > MOST_NUMBERS:
            raise UsageError(f"more than {MOST_NUMBERS} numbers", remedy="divide the list")
    if not forms:
        raise UsageError("there is no number in the list", remedy="give one number a line")
    return list(forms)


def _by_query(ground: Ground, watch: Watch, keys: Sequence[str]) -> Mapping[str, Reason]:
    line = watch.wanted["text"]
    found = _among(ground.index, parse(line), keys)
    return {key: {"code": "query", "query": line} for key in found}


def _by_party(ground: Ground, watch: Watch, keys: Sequence[str]) -> Mapping[str, Reason]:
    return _near(ground, watch, keys, parties=True)


def _by_name(ground: Ground, watch: Watch, keys: Sequence[str]) -> Mapping[str, Reason]:
    return _near(ground, watch, keys, parties=False)


def _near(ground: Ground, watch: Watch, keys: Sequence[str], *, parties: bool) -> Mapping[str, Reason]:
    wanted, among = watch.wanted, set(keys)
    hits = similar_names(
        ground.shelf, wanted["text"], classes=wanted["classes"], parties=parties, limit=NEAREST
    )
    return {
        hit.key: {"code": "party" if parties else "name", "name": hit.name, "score": round(hit.score, 4),
                  "algorithm": hit.version, "why": [one.code for one in hit.reasons]}
        for hit in hits if hit.key in among and hit.score >= wanted["least"]
    }  # fmt: skip


def _by_numbers(ground: Ground, watch: Watch, keys: Sequence[str]) -> Mapping[str, Reason]:
    found: dict[str, Reason] = {}
    for stored in ground.register.current_bodies(keys):
        record = public_record(decode(stored.body, stored.schema), office(stored.office), ground.today)
        if record is None:
            continue
        forms = {
            form
            for number in (record.application_number, record.registration_number, record.international_number)
            if number for form in folds(number)
        }  # fmt: skip
        held = watch.numbers.filter(form__in=sorted(forms)).values_list("form", flat=True).first()
        if held:
            found[stored.key] = {"code": "number", "number": held}
    return found


def _among(index: SearchIndex, query: Query, keys: Sequence[str]) -> list[str]:
    """Those of the keys whose records fit a query."""
    found: list[str] = []
    for start in range(0, len(keys), PART):
        part = keys[start : start + PART]
        chosen = any_of([Word(key, "number") for key in part])
        result = index.search(Query(And((query.root, chosen))), limit=10 * PART)
        found += [hit.key for hit in result.hits if hit.key in part]
    return found


KINDS: dict[str, Matcher] = {
    "query": _by_query,
    "numbers": _by_numbers,
    "party": _by_party,
    "name": _by_name,
}
"""Every kind of watch and the function that finds what it is told of."""


def matcher_of(watch: Watch) -> Matcher:
    """The function of a watch's kind."""
    return KINDS[watch.kind]
