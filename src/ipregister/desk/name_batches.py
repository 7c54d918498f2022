"""Batches of names, cleared in the background one after another.

What is asked lies in a file that only this program reads, from the upload until the batch is done; the queue of tasks
knows its number alone. The answer is sealed under the link of who asked (`sealed`).
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.desk.clearance import Question, Report
from ipregister.desk.name_lists import Listed, NameList
from ipregister.desk.sealed import SealedAnswers, is_link, new_link, number_of, write_private

FORMAT = "ipregister clearance batch 1"
HITS_EACH = 20
"""Hits that a batch keeps of each name."""
PAUSE = 10
"""Names after which progress is told."""
KEPT_EACH = 50
"""Names after which what is done is kept, sealed, so that a crash costs no more."""
_ASKED, _PROGRESS, _PART = ".asked", ".progress", ".part"


class Batch(Struct, frozen=True, omit_defaults=True):
    """What is asked: names with the question they share. `link` is the link of who asked."""

    link: str
    names: tuple[Listed, ...]
    question: Question
    findings: tuple[tuple[str, str], ...] = ()


class Progress(Struct, frozen=True):
    """How far a batch is. `state`: waiting, working, done, failed."""

    state: str
    done: int
    total: int


class BatchReport(Struct, frozen=True, omit_defaults=True):
    """The reports of all names, in the order of the list, and findings on the list: codes with arguments."""

    format: str
    reports: tuple[Report, ...]
    findings: tuple[tuple[str, str], ...] = ()


class Batches:
    """The batches of a folder, which also holds their sealed answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = SealedAnswers(folder)

    def ask(self, listed: NameList, question: Question) -> str:
        """Keep a batch until it is worked on; its link. The caller queues its number."""
        link = new_link()
        self._tell(number_of(link), Progress("waiting", 0, len(listed.names)))
        asked = Batch(link, listed.names, question, listed.findings)
        write_private(self.folder / f"{number_of(link)}{_ASKED}", msgspec.json.encode(asked))
        return link

    def progress(self, link: str) -> Progress | None:
        """How far the batch of a link is; None where there is none."""
        if not is_link(link):
            return None
        try:
            held = (self.folder / f"{number_of(link)}{_PROGRESS}").read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(held, type=Progress)

    def waiting(self) -> list[str]:
        """The numbers of the batches that are not done."""
        return sorted(file.name.removesuffix(_ASKED) for file in self.folder.glob(f"*{_ASKED}"))

    def work(
        self, number: str, one: Callable[[Question], Report], stopping: Callable[[], bool] = lambda: False
    ) -> None:
        """Clear the names of a batch, or go on where it was cut off; where the process is to end, the next one goes
        on. What was asked is deleted with the last name, or when a name fails; a batch that its owner deleted
        meanwhile leaves nothing."""
        file = self.folder / f"{Path(number).name}{_ASKED}"
        try:
            asked = msgspec.json.decode(file.read_bytes(), type=Batch)
        except FileNotFoundError:
            return  # done already, or deleted by its owner
        try:
            reports = self._reports(asked, file, one, stopping)
        except Exception:
            self._tell(number, Progress("failed", 0, len(asked.names)))
            self._drop(number)
            raise
        if not file.exists():
            self.answers.forget(asked.link)
        elif len(reports) == len(asked.names):
            self.answers.keep(asked.link, _encoded(asked, reports))
            self._tell(number, Progress("done", len(reports), len(reports)))
            self._drop(number)

    def _reports(
        self, asked: Batch, file: Path, one: Callable[[Question], Report], stopping: Callable[[], bool]
    ) -> list[Report]:
        """The reports of the names; fewer where the process is to end, or the owner deleted the batch."""
        held = self.answers.read(asked.link, _PART)
        reports = list(msgspec.json.decode(held, type=BatchReport).reports) if held else []
        for place in range(len(reports), len(asked.names)):
            if place % PAUSE == 0:
                if not file.exists():
                    return reports
                self._tell(number_of(asked.link), Progress("working", place, len(asked.names)))
            if stopping() or (place and place % KEPT_EACH == 0):
                self.answers.keep(asked.link, _encoded(asked, reports), _PART)
            if stopping():
                return reports
            reports.append(one(question_of(asked.question, asked.names[place])))
        return reports

    def _drop(self, number: str) -> None:
        for kind in (_ASKED, _PART):
            (self.folder / f"{number}{kind}").unlink(missing_ok=True)

    def _tell(self, number: str, progress: Progress) -> None:
        write_private(self.folder / f"{number}{_PROGRESS}", msgspec.json.encode(progress))


def _encoded(asked: Batch, reports: list[Report]) -> bytes:
    return msgspec.json.encode(BatchReport(FORMAT, tuple(reports), asked.findings))


def question_of(shared: Question, listed: Listed) -> Question:
    """The question for one name of a list; its own classes and applicant before those of all."""
    return msgspec.structs.replace(
        shared,
        names=(listed.name,),
        classes=listed.classes or shared.classes,
        limit=min(shared.limit, HITS_EACH),
        applicant=listed.applicant or shared.applicant,
    )
