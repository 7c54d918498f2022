"""One line of an authority file."""

from types import MappingProxyType

from msgspec import Struct

EXCEPTIONS = MappingProxyType({
    "C": "defective document",
    "D": "document deleted after its publication",
    "E": "number of a PCT application that was not published again",
    "M": "document missing at the office",
    "N": "number not used",
    "P": "document on paper only",
    "R": "document published again",
    "U": "number of which nothing is known",
    "W": "application withdrawn before its publication",
    "X": "meaning given by the office",
})  # fmt: skip
"""Exception codes (ST.37, paragraph on exception codes), told in our own words. Others are the office's own."""
NOT_PUBLISHED = frozenset({"D", "E", "M", "N", "U", "W"})
"""Exception codes of numbers for which no document is to be expected."""


class Entry(Struct, frozen=True, gc=False):
    """A publication: the office (ST.3), the number as printed, the kind of document (ST.16), the day (ISO 8601,
    empty where the file tells none), the exception code."""

    office: str
    number: str
    kind_code: str = ""
    date: str = ""
    exception: str = ""

    @property
    def expected(self) -> bool:
        """Whether a document of this number is to be expected."""
        return self.exception not in NOT_PUBLISHED
