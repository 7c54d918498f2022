"""The words that pages show for codes: English from the code lists of the model, translated when shown."""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipregister.model import codelists

Label = str | Promise

LISTS: dict[str, str] = {
    "status": "states",
    "feature": "mark_features",
    "kind": "mark_kinds",
    "right": "subtypes",
    "event": "event_kinds",
    "recordal": "recordal_kinds",
    "reference": "reference_kinds",
    "designation": "designation_states",
    "class": "nice",
    "vienna": "vienna",
}
"""The kinds of codes that pages show, and the code list of each."""

PUBLICATIONS: dict[str, Label] = {
    "application": _("Application, not examined"),
    "accepted": _("Accepted application"),
    "registration": _("Registration"),
    "grant": _("Grant of the patent"),
    "renewal": _("Renewal"),
    "correction": _("Correction"),
}
"""What was published."""

PERSONS: dict[str, Label] = {"natural": _("Natural person"), "legal": _("Legal person")}
"""What a party is."""

PRIORITIES: dict[str, Label] = {"convention": _("Priority"), "exhibition": _("Exhibition")}
"""What a priority rests on."""

CAUSES: dict[str, Label] = {
    "legal-event": _("Legal event"),
    "correction": _("Correction by the office"),
    "reader": _("Read again by a newer version of this software"),
    "mapping": _("Read again with newer tables"),
    "withholding": _("Withheld"),
    "deletion": _("Removed by the office"),
    "delivery": _("Delivery of the office"),
    "first": _("First delivery of this record"),
    "late": _("Said again: an older delivery came late"),
    "earlier": _("A state before the first known one: its delivery came late"),
    "document": _("One document by itself; the next version joins it with the others"),
    "addition": _("A further document tells what the others did not"),
}
"""Why there is a new version of a record."""

OWN: dict[str, dict[str, Label]] = {
    "publication": PUBLICATIONS, "cause": CAUSES, "person": PERSONS, "priority": PRIORITIES,
}  # fmt: skip
"""Tables of words that are no code list of the model."""

_TONES = {"registered": "good", "unknown": "none", "partially-refused": "wait", "term-ended": "over"}


@cache
def _words(name: str) -> dict[str, str]:
    return {code.casefold(): word for code, word in codelists.column(name, "label").items()}


def label(table: str, code: str) -> str:
    """The word for a code in the reader's language; the code itself where nobody has a word for it."""
    if table in OWN:
        word = OWN[table].get(code)
        return str(word) if word is not None else code.replace("-", " ")
    known = _words(LISTS[table]).get(code.casefold())
    return gettext(known) if known else code.replace("-", " ")


def sentence(state: str) -> str:
    """What a state means, in a sentence."""
    known = codelists.column("states", "sentence").get(state)
    return gettext(known) if known else ""


def tone(state: str) -> str:
    """How a state is coloured: good (in force), wait (under way), over (ended), none."""
    if state in _TONES:
        return _TONES[state]
    live = codelists.column("states", "live").get(state, "open")
    return {"yes": "wait", "no": "over"}.get(live, "none")
