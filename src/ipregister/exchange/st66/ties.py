"""What a mark rests on and where it reaches, on its way into ST.66: designations, earlier rights, priorities."""

from collections.abc import Callable

from ipregister.exchange.st66.addresses import ISO, WIPO
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.publications import publication_writer
from ipregister.model.right import Designation, Priority, Reference

LAST = 999
"""The longest class number that a reader takes."""

UNDER = frozenset({"Agreement", "Protocol"})
Write = Callable[[Pen, Reference, str], bool]


def write_designations(pen: Pen, designations: tuple[Designation, ...]) -> None:
    """The designated countries."""
    pen.arrange("/designations", pen.entries(
        "DesignatedCountryDetails", designations, "/designations", _write_designation))  # fmt: skip


def _write_designation(pen: Pen, one: Designation, pointer: str) -> None:
    if not pen.names(one.country, WIPO):
        pen.carry_all(one, pointer)
        return
    pen.out.append("<DesignatedCountry>")
    pen.put("DesignatedCountryCode", one.country)
    pen.coded("DesignatedUnderCode", one.under, f"{pointer}/under", UNDER)
    pen.out.append("</DesignatedCountry>")
    for name in ("date", "expiry_date"):
        if getattr(one, name) is not None:
            pen.carry(f"{pointer}/{name}", getattr(one, name))
    if one.state:
        pen.carry(f"{pointer}/state", one.state)
    pen.carry_all(one.classes, f"{pointer}/classes")


class Ties:
    """The references of a mark, each where the standard has a place for its kind."""

    def __init__(self, pen: Pen, references: tuple[Reference, ...]) -> None:
        self._pen = pen
        self._references = references
        self._standing: list[int] = []

    def write(self, bag: str, kind: str, write: Write, *, most: int = 0) -> None:
        """The references of a kind in their bag, at most so many of them."""
        pen, start, count = self._pen, len(self._pen.out), 0
        if bag:
            pen.out.append(f"<{bag}>")
        for index, one in enumerate(self._references):
            if one.kind == kind and not (most and count >= most) and write(pen, one, f"/references/{index}"):
                self._standing.append(index)
                count += 1
        if not count:
            del pen.out[start:]
        elif bag:
            pen.out.append(f"</{bag}>")

    def write_related(self) -> None:
        """Earlier registrations, associated marks, the mark it was divided from, basic marks."""
        self.write("PreviousRegistrationDetails", "earlier-right", _write_previous)
        self.write("AssociatedMarkDetails", "associated", _write_associated)
        self.write("", "division-parent", _write_division, most=1)
        pen, start, before = self._pen, len(self._pen.out), len(self._standing)
        pen.out.append("<BasicRegistrationApplicationDetails>")
        for index, one in enumerate(self._references):
            if one.kind in ("basic-application", "basic-registration") and _write_basic(
                pen, one, f"/references/{index}"
            ):
                self._standing.append(index)
        if len(self._standing) == before:
            del pen.out[start:]
        else:
            pen.out.append("</BasicRegistrationApplicationDetails>")

    def write_seniorities(self) -> None:
        """Claimed seniorities; then everything that has no place, and the order of all."""
        self.write("SeniorityDetails", "seniority", _write_seniority)
        for index, one in enumerate(self._references):
            if index not in self._standing:
                self._pen.carry_all(one, f"/references/{index}")
        self._pen.arrange("/references", self._standing)


def _carry(pen: Pen, one: Reference, pointer: str, *names: str) -> None:
    """Carry the fields that an element has no place for."""
    for name in names:
        if getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))


def _write_previous(pen: Pen, one: Reference, pointer: str) -> bool:
    if not pen.keeps(one.registration_number):
        return False
    pen.out.append("<PreviousRegistration>")
    pen.country("RegistrationOfficeCode", one.office, f"{pointer}/office", WIPO)
    pen.put("PreviousRegistrationNumber", one.registration_number)
    pen.date("PreviousRegistrationDate", one.registration_date, f"{pointer}/registration_date")
    pen.out.append("</PreviousRegistration>")
    _carry(pen, one, pointer, "number", "date")
    return True


def _write_associated(pen: Pen, one: Reference, pointer: str) -> bool:
    if not pen.keeps(one.number):
        return False
    pen.put("AssociatedApplicationNumber", one.number)
    _carry(pen, one, pointer, "office", "date", "registration_number", "registration_date")
    return True


def _write_division(pen: Pen, one: Reference, pointer: str) -> bool:
    if not pen.keeps(one.number):
        return False
    pen.out.append("<DivisionalApplicationDetails>")
    pen.put("InitialApplicationNumber", one.number)
    pen.date("InitialApplicationDate", one.date, f"{pointer}/date")
    pen.out.append("</DivisionalApplicationDetails>")
    _carry(pen, one, pointer, "office", "registration_number", "registration_date")
    return True


def _write_basic(pen: Pen, one: Reference, pointer: str) -> bool:
    """One basic mark, as an application or as a registration."""
    what = "Application" if one.kind == "basic-application" else "Registration"
    number, date = (
        ("number", "date") if what == "Application" else ("registration_number", "registration_date")
    )
    others = ("registration_number", "registration_date") if what == "Application" else ("number", "date")
    if not pen.keeps(getattr(one, number)) and not pen.is_day(getattr(one, date)):
        return False
    pen.out.append("<BasicRegistrationApplication>")
    pen.country("RegistrationOfficeCode", one.office, f"{pointer}/office", WIPO)
    pen.out.append(f"<Basic{what}Details><Basic{what}>")
    pen.text(f"Basic{what}Number", getattr(one, number), f"{pointer}/{number}")
    pen.date(f"Basic{what}Date", getattr(one, date), f"{pointer}/{date}")
    pen.out.append(f"</Basic{what}></Basic{what}Details></BasicRegistrationApplication>")
    _carry(pen, one, pointer, *others)
    return True


def _write_seniority(pen: Pen, one: Reference, pointer: str) -> bool:
    if not pen.names(one.office, WIPO):
        return False
    pen.out.append("<Seniority>")
    pen.put("SeniorityCountryCode", one.office)
    pen.text("SeniorityApplicationNumber", one.number, f"{pointer}/number")
    pen.date("SeniorityApplicationDate", one.date, f"{pointer}/date")
    pen.text("SeniorityRegistrationNumber", one.registration_number, f"{pointer}/registration_number")
    pen.date("SeniorityRegistrationDate", one.registration_date, f"{pointer}/registration_date")
    pen.out.append("</Seniority>")
    return True


def write_priorities(pen: Pen, priorities: tuple[Priority, ...]) -> None:
    """Conventional priorities, then those of exhibitions."""
    standing: list[int] = []
    for bag, kind in (("PriorityDetails", "convention"), ("ExhibitionPriorityDetails", "exhibition")):
        start, before = len(pen.out), len(standing)
        pen.out.append(f"<{bag}>")
        for index, one in enumerate(priorities):
            write = _write_claim if kind == "convention" else _write_exhibition
            if one.kind == kind and write(pen, one, f"/priorities/{index}"):
                standing.append(index)
        if len(standing) == before:
            del pen.out[start:]
        else:
            pen.out.append(f"</{bag}>")
    for index, one in enumerate(priorities):
        if index not in standing:
            pen.carry_all(one, f"/priorities/{index}")
    pen.arrange("/priorities", standing)


def _write_claim(pen: Pen, one: Priority, pointer: str) -> bool:
    if not pen.names(one.country, WIPO):
        return False
    pen.out.append("<Priority>")
    pen.put("PriorityCountryCode", one.country)
    pen.text("PriorityNumber", one.number, f"{pointer}/number")
    pen.date("PriorityDate", one.date, f"{pointer}/date")
    write_classes(
        pen, one.classes, f"{pointer}/classes", "PriorityPartialGoodsServices", "ClassDescriptionDetails"
    )
    pen.lines("Comment", one.texts, f"{pointer}/texts", most=1)
    pen.out.append("</Priority>")
    return True


def _write_exhibition(pen: Pen, one: Priority, pointer: str) -> bool:
    if not pen.is_day(one.date):
        return False
    pen.out.append("<ExhibitionPriority>")
    pen.country("ExhibitionCountryCode", one.country, f"{pointer}/country", ISO)
    pen.date("ExhibitionDate", one.date, f"{pointer}/date")
    pen.lines("Comment", one.texts, f"{pointer}/texts", most=1)
    pen.out.append("</ExhibitionPriority>")
    if one.number:
        pen.carry(f"{pointer}/number", one.number)
    pen.carry_all(one.classes, f"{pointer}/classes")
    return True


def write_classes(pen: Pen, classes: tuple[int, ...], pointer: str, *tags: str) -> None:
    """The classes that a claim or an act is about, inside elements of those names."""
    sound = next((n for n, number in enumerate(classes) if not 1 <= number <= LAST), len(classes))
    if sound:
        pen.out += [f"<{tag}>" for tag in tags]
        for number in classes[:sound]:
            pen.out.append("<ClassDescription>")
            pen.put("ClassNumber", str(number))
            pen.out.append("</ClassDescription>")
        pen.out += [f"</{tag}>" for tag in reversed(tags)]
    for index, number in enumerate(classes[sound:], start=sound):
        pen.carry(f"{pointer}/{index}", str(number))


write_publication = publication_writer(
    "Publication",
    "PublicationIdentifier",
    {"section": "PublicationSection", "date": "PublicationDate", "page": "PublicationPage"},
)
"""Writes a publication."""
