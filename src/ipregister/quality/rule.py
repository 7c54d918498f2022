"""A rule, and the case it is given: a record with what is asked about it again and again."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

from msgspec import Struct

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.numbers import series_of_record
from ipregister.model.offices import Office, Series
from ipregister.model.record import right_of
from ipregister.model.right import Right
from ipregister.model.status import table_of
from ipregister.quality.facts import RegisterFacts
from ipregister.quality.spoken import Looked, look_over

NATIONAL_KINDS = frozenset({"national", "gi", ""})
_CONTINUING = frozenset(
    {
        "international-registration",
        "renewal-of",
        "extension-of",
        "converted-from",
        "transformed-from",
        "division-parent",
        "merged-from",
        "replaced",
    }
)


R_co = TypeVar("R_co", bound=Right, covariant=True)
T_contra = TypeVar("T_contra", bound=Right, contravariant=True)


class Case(Generic[R_co]):
    """One record under check, on a day (ISO) in the office's zone. `kept` are the fields whose delivered value
    could not be read, of which the reader told; a placeholder (`-`, `N/A`) is no value. `state` is the state that the
    office's word stands for, empty where there is no word or it is not mapped; `looked` what a look over all texts
    found; `series` the number series of the record with the parts of its number, None where it belongs to none;
    `right` is the code of the right; `found` collects what the rules say."""

    def __init__(self, record: R_co, office: Office, day: str, facts: RegisterFacts | None) -> None:
        self.record: R_co = record
        self.right = right_of(record)
        self.office = office
        self.day = day
        self.facts = facts
        unread = [k.field for k in record.kept if k.reason != "placeholder"]
        self.kept: frozenset[str] = frozenset(unread)
        word = record.office_status
        self.state: str = (office.word(table_of(record, "statuses"), word) or "") if word else ""
        self.looked: Looked = look_over(record)
        self.series: tuple[Series, dict[str, str]] | None = series_of_record(record, office)
        self.found: list[Finding] = []

    def is_kept(self, start: str) -> bool:
        """Whether a value that could not be read was delivered for a field, or for anything below it."""
        return bool(self.kept) and any(field.startswith(start) for field in self.kept)

    def may_lack(self, field: str) -> bool:
        """Whether nothing is to be said of a field's absence: the feed has no place for it, or a value was delivered
        that could not be read."""
        return field in self.office.feed.lacks or self.is_kept(f"/{field}")

    @cached_property
    def acts(self) -> frozenset[str]:
        """The recorded acts that the header says the record itself is (a renewal sent as its own record)."""
        header = self.record.transaction
        words = (header.sub_code, header.code) if header else ()
        return frozenset(filter(None, (self.office.word("acts", word) for word in words)))

    @cached_property
    def continues_a_right(self) -> bool:
        """Whether the record continues an earlier right (Madrid, renewal, extension, division), by which
        its dates of registration and publication may lie before its own filing."""
        record = self.record
        if record.international_number or record.office == "WO":
            return True
        if any(reference.kind in _CONTINUING for reference in record.references):
            return True
        if "renewal" in self.acts:
            return True
        return self.series is not None and self.series[0].kind not in NATIONAL_KINDS


class Rule(Struct, Generic[T_contra], frozen=True):
    """A rule: the codes that it may emit, and the function that looks at a case.

    `part` is the field of the record without which there is nothing to look at; `register`: the rule looks at what
    only the register knows; `doubtful`: it looks at doubtful texts alone. So that a rule is not asked where it has
    nothing to say. `others`: it compares with other records, those before it in the delivery among them, so that it is
    asked last, of one record after the other."""

    codes: tuple[FindingKind, ...]
    check: Callable[[Case[T_contra]], Iterable[Finding]]
    part: str = ""
    register: bool = False
    doubtful: bool = False
    others: bool = False


def found(kind: FindingKind, path: str = "", value: str = "", /, **arguments: str) -> Finding:
    """A finding of a declared kind."""
    return Finding(kind.code, kind.severity, path, value, arguments)
