"""Parts of a publication (claims, description, abstract) that tell no application: the record of that publication takes
them as documents of its own, when the register holds it; until then they wait in quarantine.

They look for it at the end of their delivery, and of every later one, so that the outcome does not hang on which came first.
"""

from collections.abc import Iterable, Sequence

from ipregister.model.joined import tells_publication
from ipregister.model.numbers import folds
from ipregister.model.offices import Office
from ipregister.model.patent import Patent
from ipregister.model.record import Record
from ipregister.store.joining import PARTS_ALONE
from ipregister.store.register import Register
from ipregister.store.rows import Match, Quarantined

_RIGHTS = frozenset({"patent", "utility-model"})
_KIND = "publication"
"""Under this kind the register knows the numbers of published documents."""


def publications_told(record: Record) -> list[tuple[str, str]]:
    """Number and kind of the publications of which a record without an application number tells parts."""
    if not isinstance(record, Patent) or record.application_number:
        return []
    return [(one.identifier, one.kind_code) for one in record.publications if one.identifier]


def office_of_parts(record: Record, office: Office) -> str:
    """Another office whose publications these are parts of; empty where they are the office's own."""
    if not publications_told(record) or not isinstance(record, Patent):
        return ""
    offices = {one.office for one in record.publications if one.identifier and one.office}
    return min(offices) if offices and office.code not in offices else ""


def parts_of(record: Record) -> str:
    """The publication of which a record tells parts, in words; empty for none."""
    return next((f"{number} {kind}".strip() for number, kind in publications_told(record)), "")


def holder_of(register: Register, office: Office, record: Record) -> Match | None:
    """The one record of an office that tells the publications of which these are parts; None where there is none, or where
    several do."""
    told = publications_told(record)
    matches = [one for number, _ in told[:1] for one in register.resolve(number)]
    found = [
        one
        for one in matches
        if one.office == office.code
        and one.right in _RIGHTS
        and not one.deleted
        and _tells(register, one, told)
    ]
    return found[0] if len(found) == 1 else None


def _tells(register: Register, match: Match, told: Sequence[tuple[str, str]]) -> bool:
    version = register.get(match.key)
    record = register.record(version) if version is not None else None
    return record is not None and all(tells_publication(record, *one) for one in told)


def come(register: Register, office: Office) -> list[Quarantined]:
    """The waiting parts of an office whose publication may be held now."""
    waiting = register.quarantine(office=office.code, reason=PARTS_ALONE, limit=0)
    forms = {one.id: _forms(one.detail) for one in waiting}
    wanted = sorted({form for found in forms.values() for form in found})
    held = (
        {form for _, form, _ in register.holders_of_forms(wanted, (_KIND,), office.code)} if wanted else set()
    )
    return [one for one in waiting if not held.isdisjoint(forms[one.id])]


def _forms(detail: str) -> Iterable[str]:
    """The forms of a publication's number, as it is told with its kind."""
    number, _, _ = detail.rpartition(" ")
    return {form for text in (detail, number) for form in folds(text)[:1]}
