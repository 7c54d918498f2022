"""Acts of the International Bureau that come without their registration: they are no record by themselves.

The registration, when it comes, may bring its whole history; then what the act tells is in it, or is not.
"""

from lxml import etree
from msgspec import Struct

from ipregister.exchange.st96.design.hague_acts import KINDS
from ipregister.exchange.xml.slices import local_name, parse
from ipregister.model.design import Design
from ipregister.model.offices import Office

ALONE, TOLD = "act-alone", "act-told"
"""Why an act is no record: its registration is not held, or does not tell it; the registration tells it."""
NUMBERS = (
    "InternationalRegistrationNumber",
    "MergeFromInternationalRegistrationNumber",
    "MergeToInternationalRegistrationNumber",
)
"""Elements with the number of a registration that an act is about."""
TO_OFFICE = "HagueIBToOfficeTransaction"
"""The document in which the International Bureau sends an office its bulletins."""
_IDENTIFIER = "RecordIdentifier"


class LoneAct(Struct, frozen=True):
    """An act: the element that tells it, the registrations it is about, its own number in the register."""

    name: str
    numbers: tuple[str, ...]
    identifier: str

    @property
    def told(self) -> str:
        """The act in words of the standard."""
        return f"{self.name} of {', '.join(self.numbers) or 'no registration'}"


def of_root(root: etree._Element) -> LoneAct:
    """The act that an element is."""
    numbers: dict[str, None] = {}
    identifier = ""
    for element in root.iter():
        name, text = local_name(str(element.tag)), (element.text or "").strip()
        if name in NUMBERS and text:
            numbers[text] = None
        elif name == _IDENTIFIER:
            identifier = identifier or text
    return LoneAct(local_name(str(root.tag)), tuple(numbers), identifier)


def sole_act(root: etree._Element) -> etree._Element | None:
    """The one act of a document, whether it is the root or stands alone in a transaction to an office; None where there
    is none, several, or a registration."""
    if local_name(str(root.tag)) in KINDS:
        return root
    if local_name(str(root.tag)) != TO_OFFICE:
        return None
    found = [one for one in root.iter() if local_name(str(one.tag)) in (*KINDS, "HagueRegistration")]
    return found[0] if len(found) == 1 and local_name(str(found[0].tag)) in KINDS else None


def act_of(raw: bytes, office: Office) -> LoneAct | None:
    """The act that a slice is; None where it is none."""
    root = parse(raw, office.encodings).root
    found = sole_act(root) if root is not None else None
    return None if found is None else of_root(found)


def is_told(act: LoneAct, record: Design) -> bool:
    """Whether a registration tells an act: one of its kind under its number."""
    kind = KINDS.get(act.name, "")
    return bool(act.identifier) and any(
        one.kind == kind and one.identifier == act.identifier for one in record.recordals
    )
