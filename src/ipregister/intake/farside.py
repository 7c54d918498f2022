"""The process that reads ahead: what it is given, what it does, and what it hands back of each batch."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from ipregister.capture.delivery import Delivery, Slice, open_delivery
from ipregister.exchange.st96.design.lone_acts import ALONE
from ipregister.intake.documents import Foreseen, build_many
from ipregister.intake.facts import BatchFacts, Forms
from ipregister.intake.memory import collecting_by_batch, keep_freed
from ipregister.intake.preparing import Preparation, Seen
from ipregister.model.canonical import SCHEMA
from ipregister.model.errors import UnreadableInput
from ipregister.model.finding import Finding
from ipregister.model.offices import office
from ipregister.model.offices import zones as zones_of_offices
from ipregister.model.record import Record
from ipregister.store.compression import squeeze, squeeze_evidence
from ipregister.store.packs import Packs
from ipregister.store.rows import CurrentBody, Incoming


class Named(Struct, frozen=True):
    """A delivery that is to be opened."""

    path: Path
    office: str
    scratch: Path
    day: dt.date | None
    kind: Literal["full", "delta"] | None


class Opening(Struct, frozen=True):
    """What is to be read of it: as it was opened here, where it is kept, and its first slice that is not taken yet."""

    digest: str
    extracted: str
    packs: Path
    container: str
    next_index: int


class Question(Struct):
    """What is to be asked of the register about a slice: kinds and forms that the rules wanted to know of others, how
    many pictures they knew of, where their findings stand; under which forms later slices find the record."""

    asked: set[tuple[str, str]]
    images: int | None
    start: int
    count: int
    forms: Forms = ()


class Drawn(Struct):
    """A batch: slices ready to be put, but for what is to be asked.

    `questions` by the place of the slice in the batch; `fill`, and `spelled` (spellings by the hash of the content), as
    in `Preparation`; `foreseen` the documents of the index by the same, where they were asked for. `again` are the slices where the batch must be prepared with the register at hand. At the end of a
    delivery there is nothing but its `findings`."""

    incoming: list[Incoming] = []
    questions: dict[int, Question] = {}
    fill: dict[str, int] = {}
    spelled: dict[bytes, tuple[tuple[str, str], ...]] = {}
    foreseen: dict[bytes, Foreseen] = {}
    again: list[Slice] = []
    findings: list[Finding] = []


class _Unasked(BatchFacts):
    """Facts of nobody: what is asked is noted, and answered with none."""

    def __init__(self, office: str, records: Sequence[tuple[str, Record]]) -> None:
        super().__init__(None, office, records)
        self.asked: set[tuple[str, str]] = set()
        self.added: Forms | None = None

    def others(self, key: str, kind: str, form: str) -> list[str]:
        """None; what is asked is noted."""
        self.asked.add((kind, form))
        return []

    def add(self, key: str, record: Record) -> None:
        """Note that later slices may find the record."""
        self.added = self.forms(record)


class _Reader(Preparation):
    """Prepares without the register, and notes what would have been asked of it."""

    questions: dict[int, Question]

    def _facts(self, records: Sequence[tuple[str, Record]]) -> _Unasked:
        self.questions = {}
        self._place = -1
        return _Unasked(self._office.code, records)

    def _incoming(self, seen: Seen, facts: BatchFacts) -> Incoming:
        self._place += 1
        if not isinstance(facts, _Unasked):
            raise TypeError("facts of the register are not asked here")
        facts.added = None
        found = super()._incoming(seen, facts)
        if facts.added is not None:
            empty = Question(set(), None, 0, 0)
            self.questions.setdefault(self._place, empty).forms = facts.added
        return _packed(found)

    def _concluded(self, seen: Seen, start: int, facts: BatchFacts) -> list[Finding]:
        if isinstance(facts, _Unasked):
            facts.asked = set()
        found = super()._concluded(seen, start, facts)
        case = seen.case
        if isinstance(facts, _Unasked) and case is not None and case.facts is not None:
            images = case.facts.images_delivered()
            self.questions[self._place] = Question(facts.asked, images, start, len(found))
        return found


def _packed(one: Incoming) -> Incoming:
    """With its bytes as the register keeps them, which say the same as its evidence."""
    if one.quarantine or not one.body:
        return one
    packed = squeeze(one.body), squeeze_evidence(one.evidence, one.slice_repairs)
    return msgspec.structs.replace(one, packed=packed, evidence={})


class _Work:
    """A delivery that is being read."""

    def __init__(self, named: Named) -> None:
        self.stack, self._path = ExitStack(), named.path
        named.scratch.mkdir(parents=True, exist_ok=True)
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(dir=named.scratch)))
        self._office = office(named.office)
        self.delivery: Delivery = self.stack.enter_context(
            open_delivery(named.path, self._office, scratch=folder, day=named.day, kind=named.kind)
        )

    def begin(self, opening: Opening) -> None:
        """Begin to read it."""
        if self.delivery.digest != opening.digest:
            raise UnreadableInput("changed while it was read", place=str(self._path),
                                  remedy="wait until the file is whole, then load it again")  # fmt: skip
        self.delivery.extracted = opening.extracted
        container = self.stack.enter_context(Packs(opening.packs).open(opening.container))
        self.reader = _Reader(None, self._office, self.delivery, container, opening.container)
        self.slices = self.delivery.slices(opening.next_index)
        self.collect = self.stack.enter_context(collecting_by_batch())

    def draw(self, size: int, *, foresee: bool) -> Drawn:
        """The next batch; `foresee`: with the documents of its records."""
        self.collect()
        part = list(islice(self.slices, size))
        if not part:
            return Drawn(findings=self.delivery.findings)
        ready = self.reader.prepare(part)
        self.delivery.require_unchanged()
        if any(one.quarantine == ALONE for one in ready):
            return Drawn(again=part)
        spelled = {content: one.spellings for content, one in self.reader.hand.items()}
        foreseen = self._foreseen(ready) if foresee else {}
        return Drawn(ready, self.reader.questions, self.reader.fill, spelled, foreseen)

    def _foreseen(self, ready: Sequence[Incoming]) -> dict[bytes, Foreseen]:
        hand, day = self.reader.hand, self.delivery.extracted.partition("#")[0]
        zones, moment = zones_of_offices(), dt.datetime.now(dt.UTC)
        stored = [CurrentBody(one.key, 0, one.office, SCHEMA, False, day, hand[one.content].body)
                  for one in ready if one.content in hand and not one.deleted]  # fmt: skip
        days = {one.office: moment.astimezone(ZoneInfo(zones[one.office])).date() for one in stored[:1]}
        built = build_many(stored, days, hand)
        contents = (one.content for one in ready if one.content in hand and not one.deleted)
        return {content: Foreseen(days[one.office], day, made)
                for content, one, made in zip(contents, stored, built, strict=True)}  # fmt: skip


_at_work: list[_Work] = []


def open_there(named: Named) -> None:
    """Open a delivery in this process; the one before is closed."""
    keep_freed()
    while _at_work:
        _at_work.pop().stack.close()
    _at_work.append(_Work(named))


def begin_there(opening: Opening) -> None:
    """Begin to read the delivery that is open in this process."""
    _at_work[-1].begin(opening)


def draw(size: int, foresee: bool) -> Drawn:
    """The next batch of the delivery that is open in this process."""
    return _at_work[-1].draw(size, foresee=foresee)
