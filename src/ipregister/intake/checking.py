"""A dry run: what a delivery would do, finding by finding; nothing is written."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.capture.delivery import open_delivery
from ipregister.intake.dating import require_day
from ipregister.intake.loading import LoadResult, Progress, batches, working_folder
from ipregister.intake.parts import holder_of, publications_told
from ipregister.intake.preparing import Preparation
from ipregister.model import canonical
from ipregister.model.canonical import content_hash
from ipregister.model.finding import Finding
from ipregister.model.offices import Office
from ipregister.store.closing import CLOSING_COLLISION, KEY_COLLISION
from ipregister.store.joining import ACT, ACT_ALONE, PARTS_ALONE, PUBLICATION
from ipregister.store.register import Register
from ipregister.store.rows import Counts, Incoming

Report = Callable[[int, str, Finding], None]
"""Called with slice index (-1: the whole delivery), record key, finding."""


def check(
    register: Register | None, office: Office, path: Path, *, scratch: Path, report: Report,
    day: dt.date | None = None, kind: Literal["full", "delta"] | None = None,
    progress: Progress | None = None,
) -> LoadResult:  # fmt: skip
    """Read and check a delivery and say what `load` would count; compares with the register where there is one."""
    with (
        working_folder(scratch) as folder,
        open_delivery(path, office, scratch=folder, day=day, kind=kind) as found,
    ):
        require_day(register, office, found)
        counting = _Counting(register, found.extracted, report)
        with found.container.open("rb") as container:
            preparation = Preparation(register, office, found, container, found.digest)
            taken = 0
            for part in batches(found.slices()):
                counting.add(preparation.prepare(part))
                taken += len(part)
                if progress is not None:
                    progress(taken, found.declared())
        counting.settle(office)
        for finding in found.findings:
            counting.tell(-1, "", finding)
        return LoadResult(
            0, found.digest, office.code, found.name, found.kind, found.extracted, counting.counts
        )


class _Told(Struct, frozen=True):
    """The publications that a record tells, read from its canonical JSON."""

    publications: tuple["_Publication", ...] = ()


class _Publication(Struct, frozen=True):
    identifier: str = ""
    kind_code: str = ""


def told_publications(body: bytes) -> set[tuple[str, str]]:
    """Number and kind of the publications of a stored record."""
    return {(one.identifier, one.kind_code) for one in msgspec.json.decode(body, type=_Told).publications}


class _Counting:
    """Counts what would become of slices."""

    def __init__(self, register: Register | None, extracted: str, report: Report) -> None:
        self._register, self._extracted, self._report = register, extracted, report
        self._seen: dict[str, str] = {}
        self._ranks: dict[str, dict[str, bytes]] = {}
        self._documents: set[str] = set()
        self._publications: set[tuple[str, str]] = set()
        self._waiting: list[Incoming] = []
        self.counts = Counts()

    def tell(self, index: int, key: str, finding: Finding) -> None:
        """Report one finding and count it."""
        self._report(index, key, finding)
        self.counts = msgspec.structs.replace(self.counts, findings=self.counts.findings + 1)

    def add(self, ready: list[Incoming]) -> None:
        """One batch."""
        taken = [one for one in ready if not one.quarantine]
        first = {one.key: one for one in reversed(taken)}
        fresh = set(first)
        if self._register is not None:
            fresh = self._register.news(self._extracted, list(first.values()))
        for one in ready:
            if one.quarantine == PARTS_ALONE:
                self._waiting.append(one)
                continue
            for finding in one.findings:
                self.tell(one.index, one.key, finding)
            outcome = self._outcome(one, fresh)
            self.counts += outcome

    def settle(self, office: Office) -> None:
        """The parts of publications, when all others are counted: those whose publication is held join it."""
        for one in self._waiting:
            record = canonical.decode(one.body)
            told = set(publications_told(record))
            held = holder_of(self._register, office, record) if self._register else None
            joins = held is not None or told <= self._publications
            for finding in one.findings:
                if not (joins and finding.code == PARTS_ALONE):
                    self.tell(one.index, one.key, finding)
            key = held.key if held else ""
            self.counts += (
                self._document(msgspec.structs.replace(one, key=key)) if joins else Counts(1, quarantined=1)
            )

    def _held(self, key: str) -> bool:
        known = self._register is not None and self._register.head(key) is not None
        return known or key in self._seen

    def _outcome(self, one: Incoming, fresh: set[str]) -> Counts:
        if one.quarantine:
            return Counts(1, quarantined=1)
        if one.part == ACT and not self._held(one.key):
            self.tell(one.index, one.key, Finding(ACT_ALONE, "error", value=one.detail))
            return Counts(1, quarantined=1)
        content = content_hash(one.body)
        before = self._seen.get(one.key)
        self._seen.setdefault(one.key, content)
        held = self._ranks.get(one.key, {})
        if before not in (None, content) and content not in held and not one.part:
            return self._second(one, content, held)
        if one.rank:
            self._ranks[one.key] = {**held, content: one.rank}
        if one.part == PUBLICATION:
            self._publications.update(told_publications(one.body))
            return self._document(one, known=one.key not in fresh if before is None else None)
        known = before is not None or one.key not in fresh
        return Counts(1, unchanged=1) if known else Counts(1, stored=1)

    def _second(self, one: Incoming, content: str, held: dict[str, bytes]) -> Counts:
        """What becomes of another record of a key; `held` are the ranks of those that are closed, by their contents."""
        closes = one.rank > max(held.values(), default=b"")
        code = CLOSING_COLLISION if closes else KEY_COLLISION
        self.tell(one.index, one.key, Finding(code, "error", arguments={"key": one.key}))
        if not closes:
            return Counts(1, quarantined=1)
        self._ranks[one.key] = {**held, content: one.rank}
        return self._document(one)

    def _document(self, one: Incoming, known: bool | None = None) -> Counts:
        """What becomes of one document of several; `known`: whether the register holds it, where that is known."""
        content = content_hash(one.body)
        if known is None:
            known = (
                self._register is not None
                and bool(one.key)
                and not self._register.news(self._extracted, [one])
            )
        known = known or content in self._documents
        self._documents.add(content)
        return Counts(1, unchanged=1) if known else Counts(1, stored=1)
