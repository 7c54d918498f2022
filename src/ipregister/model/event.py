"""Events and recordals in the life of a right."""

from msgspec import Struct

from ipregister.model.party import Party
from ipregister.model.text import Text


class Event(Struct, frozen=True, omit_defaults=True):
    """One step in the life of a right as the office reports it.

    `kind` is our code (`model/codes/event_kinds.csv`), empty where the office's word is not mapped;
    `code` is the event code in the feed, `office_code`, `office_name` and `office_description` are the
    office's own words (ST.66 `wo:MarkEvent`). `country` is the office concerned (ST.3), for Madrid.
    """

    kind: str = ""
    date: str | None = None
    code: str = ""
    office_code: str = ""
    office_name: str = ""
    office_description: tuple[Text, ...] = ()
    country: str = ""
    document: str = ""


class Recordal(Struct, frozen=True, omit_defaults=True):
    """A recorded act with a content of its own (ST.66 `MarkRecord`, ST.96 `MarkRecordBag`).

    `kind` is a code of `model/codes/recordal_kinds.csv`: transfer, partial-transfer, licence, pledge,
    seizure, renewal, merger, division, opposition, cancellation, appeal, court-decision,
    declaration-of-use, conversion, limitation, partial-refusal, total-refusal, grant, dependency,
    replacement, transformation, subsequent-designation, change-of-name, change-of-address, …;
    empty where the office's word is not mapped. `word` is the office's word for it.
    """

    kind: str = ""
    word: str = ""
    identifier: str = ""
    date: str | None = None
    effective_date: str | None = None
    notification_date: str | None = None
    end_date: str | None = None
    decision: str = ""
    decision_date: str | None = None
    status: str = ""
    status_date: str | None = None
    category: str = ""
    offices: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    classes: tuple[int, ...] = ()
    texts: tuple[Text, ...] = ()
    publication: str = ""
