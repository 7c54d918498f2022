"""Batches of names, cleared in the background one after another.

What is asked lies in a file that only this program reads, from the upload until the batch is done; the queue of tasks
knows its number alone. The answer is sealed under the link of who asked (`sealed`).
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from ipregister.desk.clearance import Question, Report
from ipregister.desk.name_lists import Listed
from ipregister.desk.sealed import SealedAnswers, is_link, new_link, number_of, write_private

FORMAT = "ipregister clearance batch 1"
HITS_EACH = 20
"""Hits that a batch keeps of each name."""
PAUSE = 10
"""Names after which progress is told."""
_ASKED, _PROGRESS = ".asked", ".progress"


class Batch(Struct, frozen=True, omit_defaults=True):
    """What is asked: names with the question they share. `link` is the link of who asked."""

    link: str
    names: tuple[Listed, ...]
    question: Question


class Progress(Struct, frozen=True):
    """How far a batch is. `state`: waiting, working, done, failed."""

    state: str
    done: int
    total: int


class BatchReport(Struct, frozen=True):
    """The reports of all names, in the order of the list."""

    format: str
    reports: tuple[Report, ...]


class Batches:
    """The batches of a folder, which also holds their sealed answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = SealedAnswers(folder)

    def ask(self, names: list[Listed], question: Question) -> str:
        """Keep a batch until it is worked on; its link. The caller queues its number."""
        link = new_link()
        self._tell(number_of(link), Progress("waiting", 0, len(names)))
        asked = Batch(link, tuple(names), question)
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

    def work(self, number: str, one: Callable[[Question], Report]) -> None:
        """Clear the names of a batch. What was asked is deleted with the last name, whatever happens to it."""
        file = self.folder / f"{Path(number).name}{_ASKED}"
        try:
            asked = msgspec.json.decode(file.read_bytes(), type=Batch)
        except FileNotFoundError:
            return  # done already, or deleted by its owner
        with self._ended(file, number, len(asked.names)):
            reports = []
            for place, listed in enumerate(asked.names):
                if place % PAUSE == 0:
                    self._tell(number, Progress("working", place, len(asked.names)))
                reports.append(one(question_of(asked.question, listed)))
            self.answers.keep(asked.link, msgspec.json.encode(BatchReport(FORMAT, tuple(reports))))
            self._tell(number, Progress("done", len(asked.names), len(asked.names)))

    @contextlib.contextmanager
    def _ended(self, file: Path, number: str, total: int) -> Iterator[None]:
        try:
            yield
        except Exception:
            self._tell(number, Progress("failed", 0, total))
            raise
        finally:
            file.unlink(missing_ok=True)

    def _tell(self, number: str, progress: Progress) -> None:
        write_private(self.folder / f"{number}{_PROGRESS}", msgspec.json.encode(progress))


def question_of(shared: Question, listed: Listed) -> Question:
    """The question for one name of a list; its own classes before those of all."""
    return msgspec.structs.replace(
        shared,
        names=(listed.name,),
        classes=listed.classes or shared.classes,
        limit=min(shared.limit, HITS_EACH),
    )
