"""A record of the register: one of the kinds of rights, told apart by its `right`."""

import msgspec

from ipregister.model.design import Design
from ipregister.model.emblem import Emblem
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.patent import Patent, UtilityModel
from ipregister.model.right import Right
from ipregister.model.work import Work

Record = Trademark | Patent | UtilityModel | Design | Indication | Work | Emblem
"""Any record; in JSON `right` tells which."""

RIGHTS: dict[str, type[Right]] = {
    "trademark": Trademark,
    "patent": Patent,
    "utility-model": UtilityModel,
    "design": Design,
    "indication": Indication,
    "work": Work,
    "emblem": Emblem,
}
"""Every kind of right: its code (the `right` of a record) and its type. The one table."""

_CODES: dict[type[Right], str] = {kind: code for code, kind in RIGHTS.items()}


def right_of(record: Right) -> str:
    """The code of the right that a record is."""
    return _CODES[type(record)]


def titles(record: Record) -> tuple[str, ...]:
    """What the right is called: words of the mark, title of the invention, names of the design, indication, work."""
    match record:
        case Trademark():
            found = record.mark.verbal or record.mark.significant
        case Patent() | Work():
            found = record.titles
        case Design():
            found = record.titles or tuple(t for one in record.designs for t in one.titles)
        case Indication() | Emblem():
            found = record.names
    return tuple(dict.fromkeys(text.text for text in found))


decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
"""Decodes canonical bytes to a record of any kind."""
