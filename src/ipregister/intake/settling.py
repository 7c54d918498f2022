"""What another process read ahead, settled here: what its rules asked of the register is asked, and answered."""

import datetime as dt

import msgspec

from ipregister.intake import replaced
from ipregister.intake.documents import InHand
from ipregister.intake.facts import BatchFacts, RecordFacts
from ipregister.intake.farside import Drawn, Question
from ipregister.intake.preparing import ruled
from ipregister.model.offices import Office
from ipregister.store.register import Register
from ipregister.store.rows import Incoming
from ipregister.store.upcast import decode


class Settling:
    """Settles the batches of one delivery, in their order, each just before it is put."""

    def __init__(self, register: Register, office: Office, extracted: str) -> None:
        self._register, self._office = register, office
        self._day = dt.date.fromisoformat(extracted[:10])
        self.hand: dict[bytes, InHand] = {}

    def settle(self, drawn: Drawn) -> list[Incoming]:
        """The slices as `Preparation.prepare` would have made them; `hand` then has what is in hand of them."""
        slices, questions = drawn.incoming, drawn.questions
        told = [(slices[at].key, one.forms) for at, one in questions.items() if one.forms]
        facts = BatchFacts.of_forms(self._register, self._office.code, told)
        settled: list[Incoming] = []
        for at, one in enumerate(slices):
            question = questions.get(at)
            settled.append(self._answered(one, question, facts) if question else one)
            if question and question.forms:
                facts.add_forms(one.key, question.forms, one.body)
        self.hand = {
            one.content: InHand(None, one.body, drawn.spelled[one.content], drawn.foreseen.get(one.content))
            for one in settled
            if one.content in drawn.spelled
        }
        return settled

    def _answered(self, one: Incoming, question: Question, facts: BatchFacts) -> Incoming:
        """A slice with the findings that the register's answers give."""
        if not any(facts.others(one.key, kind, form) for kind, form in question.asked):
            return one
        asked = RecordFacts(one.key, question.images, facts)
        found = ruled(decode(one.body), self._office, self._day, asked, one.quarantine, one.part)
        end = question.start + question.count
        found = replaced.told(found, replaced.paths_of(one.findings[question.start : end]))
        before, after = one.findings[: question.start], one.findings[end:]
        return msgspec.structs.replace(one, findings=(*before, *found, *after))
