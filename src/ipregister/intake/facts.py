"""What rules may ask of the register, answered for a whole batch with one question to the database."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Self

from ipregister.model.digits import bare_number
from ipregister.model.mark import Trademark
from ipregister.model.numbers import exact_form
from ipregister.model.record import Record
from ipregister.quality.checks.parties import name_of
from ipregister.store.register import Register
from ipregister.store.upcast import decode

LIKENESS = "likeness"
"""Kind of spelling: a hash of words and owner. Nobody can type it."""
_KINDS = ("application", "registration", LIKENESS)
Forms = Sequence[tuple[str, str]]
"""Kinds and forms of what is compared of a record with others."""


@lru_cache(maxsize=4096)
def likeness(mark: str, owner: str) -> str:
    """One form for the same words of the same owner."""
    text = "\0".join(" ".join(part.split()).casefold() for part in (mark, owner))
    return "=" + hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def words_and_owner(record: Record) -> tuple[str, str] | None:
    """The words of a mark and its first owner, where it has both."""
    owners = record.holders or record.applicants
    if not isinstance(record, Trademark) or not record.mark.verbal or not owners:
        return None
    words, owner = record.mark.verbal[0].text, name_of(owners[0])
    return (words, owner) if words.strip() and owner.strip() else None


def forms_of(record: Record) -> list[tuple[str, str]]:
    """Kind and form of everything that is compared with other records."""
    forms: list[tuple[str, str]] = []
    if form := exact_form(record.application_number):
        forms.append(("application", form))
    if form := exact_form(record.registration_number):
        forms.append(("registration", form))
    if pair := words_and_owner(record):
        forms.append((LIKENESS, likeness(*pair)))
    return forms


class BatchFacts:
    """What the register and the earlier records of a batch hold, for the records of one office."""

    def __init__(self, register: Register | None, office: str, records: Sequence[tuple[str, Record]]) -> None:
        self._held: dict[tuple[str, str], list[str]] = {}
        self._forms: dict[int, list[tuple[str, str]]] = {}
        self._records: dict[str, Record | bytes | None] = {}
        forms = [(key, forms_of(record)) for key, record in records]
        self._forms = {id(record): pairs for (_, record), (_, pairs) in zip(records, forms, strict=True)}
        if register is not None:
            self._ask(register, office, forms)

    @classmethod
    def of_forms(cls, register: Register, office: str, forms: Sequence[tuple[str, Forms]]) -> Self:
        """The facts for records of which only keys and forms are at hand."""
        made = cls(None, office, ())
        made._ask(register, office, forms)
        return made

    def _ask(self, register: Register, office: str, forms: Sequence[tuple[str, Forms]]) -> None:
        wanted = sorted({form for _, pairs in forms for _, form in pairs})
        for kind, form, keys in register.holders_of_forms(wanted, _KINDS, office):
            self._held[kind, form] = list(keys)
        known = forms if self._held else ()
        others = {other for key, pairs in known for pair in pairs for other in self.others(key, *pair)}
        for key, version in register.get_many(sorted(others)).items():
            self._records[key] = None if version.deleted else Register.record(version)

    def add(self, key: str, record: Record) -> None:
        """An earlier record of the batch."""
        self.add_forms(key, self.forms(record), record)

    def add_forms(self, key: str, forms: Iterable[tuple[str, str]], record: Record | bytes) -> None:
        """An earlier record of the batch, or its canonical bytes, with its forms."""
        self._records[key] = record
        for pair in forms:
            held = self._held.setdefault(pair, [])
            if key not in held:
                held.append(key)

    def forms(self, record: Record) -> list[tuple[str, str]]:
        """What is compared of a record. Those of the batch live as long as it, so that their identity tells them."""
        found = self._forms.get(id(record))
        return forms_of(record) if found is None else found

    def others(self, key: str, kind: str, form: str) -> list[str]:
        """Keys of other records that hold a form."""
        held = self._held.get((kind, form))
        return sorted([other for other in held if other != key]) if held else []

    def record(self, key: str) -> Record | None:
        """A record that holds a form, by its key; None where it is deleted."""
        found = self._records.get(key)
        return decode(found) if isinstance(found, bytes) else found


class RecordFacts:
    """The `quality.facts.RegisterFacts` of one record."""

    def __init__(self, key: str, images: int | None, batch: BatchFacts | None) -> None:
        self._key, self._images, self._batch = key, images, batch

    def images_delivered(self) -> int | None:
        """How many picture files came beside the record; None where pictures do not come that way."""
        return self._images

    def others_with_number(self, kind: str, number: str) -> Sequence[str]:
        """Keys of other records of the office with exactly this number."""
        found = []
        for key in self._candidates(kind, exact_form(number)):
            other = self._batch.record(key) if self._batch else None
            held = getattr(other, f"{kind}_number", "") if other else ""
            if bare_number(held) == bare_number(number):
                found.append(key)
        return found

    def others_with_mark(self, mark: str, owner: str) -> Sequence[str]:
        """Keys of other live records of the office with the same words and the same owner."""
        keys = self._candidates(LIKENESS, likeness(mark, owner))
        return [key for key in keys if self._batch and self._batch.record(key) is not None]

    def _candidates(self, kind: str, form: str) -> list[str]:
        return self._batch.others(self._key, kind, form) if self._batch is not None and form else []
