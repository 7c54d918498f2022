"""What is wrong with a list of names: every row that cannot be understood, each as a code with its row."""

from collections.abc import Sequence

from msgspec import Struct

from ipregister.desk.words import ENGLISH, LIST_FAULTS, Language
from ipregister.model.errors import UnreadableInput, UsageError

MOST_TOLD = 20
"""So many faults are told of one list."""
_REMEDY = "mend these rows and give the list again"


class Fault(Struct, frozen=True):
    """One fault: its code (`words.LIST_FAULTS`), the row it stands in (from 1; 0: the whole list), and a value."""

    code: str
    row: int = 0
    argument: str = ""


class BadList(UsageError):
    """A list with rows that cannot be understood; none of it is taken, so that no name is left out unseen."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(told(faults), remedy=_REMEDY)


class UnreadableList(UnreadableInput):
    """A list that cannot be read at all."""

    def __init__(self, fault: Fault) -> None:
        self.faults = (fault,)
        super().__init__(told(self.faults), remedy=_REMEDY)


def told(faults: Sequence[Fault], language: Language = ENGLISH) -> str:
    """The faults as sentences, the first `MOST_TOLD` of them."""
    shown = list(faults[:MOST_TOLD])
    if len(faults) > MOST_TOLD:
        shown.append(Fault("more-faults", argument=str(len(faults) - MOST_TOLD)))
    return " ".join(
        language.say(LIST_FAULTS[one.code]) % {"row": one.row, "argument": one.argument} for one in shown
    )
