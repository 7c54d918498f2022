"""Rights that a mark rests on or belongs to, in ST.96; read by the tables, written by `References`."""

from collections.abc import Callable

from ipregister.exchange.st96.basics import NUMBER
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.words import OFFICES
from ipregister.exchange.xml.rules import Rule, country, date, each, group, single, text
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.right import Reference
from ipregister.model.standard_words import ASSOCIATIONS

SENIORITIES: Rule = group(
    {
        "Seniority": each(
            "references",
            {
                "SeniorityCountryCode": country("office"),
                "SeniorityApplicationNumber": NUMBER,
                "SeniorityApplicationDate": date("date"),
                "SeniorityFilingDate": date("date"),
                "SeniorityRegistrationNumber": text("registration_number"),
                "SeniorityRegistrationDate": date("registration_date"),
            },
            kind="seniority",
        )
    }
)

PREVIOUS: Rule = group(
    {
        "PreviousRegistration": each(
            "references",
            {
                "RegistrationOfficeCode": country("office"),
                "PreviousRegistrationNumber": text("registration_number"),
                "PreviousRegistrationDate": date("registration_date"),
            },
            kind="earlier-right",
        )
    }
)


def _set_association(sheet: Sheet, raw: str, position: int, draft: Plain, pointer: str) -> None:
    kind = ASSOCIATIONS.get(raw.strip())
    if kind is None:
        sheet.spare("AssociatedMark/AssociationCategory", raw, position)
        return
    draft["kind"] = kind
    sheet.evidence[f"{pointer}/kind"] = (position, f"coded:{kind}")


ASSOCIATED: Rule = group(
    {
        "AssociatedMark": each(
            "references",
            {
                "AssociationCategory": single("kind", _set_association),
                "InternationalApplicationNumber": NUMBER,
                "InternationalRegistrationNumber": text("registration_number"),
                "InternationalApplicationFilingDate": date("date"),
                "InternationalRegistrationDate": date("registration_date"),
                "NationalApplicationNumber": NUMBER,
                "NationalRegistrationNumber": text("registration_number"),
                "NationalApplicationFilingDate": date("date"),
                "NationalRegistrationDate": date("registration_date"),
                "AssociatedApplicationNumber": NUMBER,
            },
            kind="associated",
        )
    }
)


def _initial(kind: str) -> Rule:
    children = {"InitialApplicationNumber": NUMBER, "InitialApplicationDate": date("date")}
    return each("references", children, kind=kind)


DIVISION: Rule = _initial("division-parent")
CONVERSION: Rule = _initial("converted-from")


def write_number(pen: Pen, tag: str, number: str, pointer: str, office: str = "", place: str = "") -> None:
    """An application number with its office; an office without a number has no place in the standard."""
    if not pen.keeps(number):
        for value, where in ((number, pointer), (office, place)):
            if value:
                pen.carry(where, value)
        return
    pen.out.append(f"<{tag}>")
    if office:
        pen.country("com:IPOfficeCode", office, place, OFFICES)
    pen.put("com:ApplicationNumberText", number)
    pen.out.append(f"</{tag}>")


class References:
    """Earlier and related rights on their way into the bags of the standard, each kind in its own."""

    def __init__(self, pen: Pen, references: tuple[Reference, ...]) -> None:
        self._pen = pen
        self._all = references
        self._standing: list[int] = []

    def _bag(
        self,
        bag: str,
        fits: Callable[[Reference], bool],
        write: Callable[[Reference, str], None],
        most: int = 0,
    ) -> None:
        pen = self._pen
        found = [n for n, one in enumerate(self._all) if n not in self._standing and fits(one)]
        if not found:
            return
        pen.out.append(f"<{bag}>")
        for index in found[: most or None]:
            write(self._all[index], f"/references/{index}")
            self._standing.append(index)
        pen.out.append(f"</{bag}>")

    def write_related(self) -> None:
        """Earlier registrations, related marks, divisions, conversions, basic marks."""
        keeps = self._pen.keeps
        self._bag(
            "tmk:PreviousRegistrationBag",
            lambda one: one.kind == "earlier-right" and keeps(one.registration_number),
            self._previous,
        )
        kinds = frozenset(ASSOCIATIONS.values()) - {"division-parent"}
        self._bag(
            "tmk:AssociatedMarkBag", lambda one: one.kind in kinds and keeps(one.number), self._associated
        )
        for bag, kind in (
            ("tmk:DivisionalApplicationBag", "division-parent"),
            ("tmk:ConversionApplicationBag", "converted-from"),
        ):
            self._bag(bag, lambda one, kind=kind: one.kind == kind and keeps(one.number), self._initial, 1)  # type: ignore[misc]  # mypy infers no default of a lambda
        self._bag("tmk:BasicRegistrationApplicationBag", self._is_basic, self._basic)

    def write_seniorities(self) -> None:
        """Claimed seniorities."""
        fits = self._pen.names
        self._bag(
            "tmk:SeniorityBag",
            lambda one: one.kind == "seniority" and fits(one.office, OFFICES),
            self._seniority,
        )

    def done(self) -> None:
        """Carry what has no bag, and tell the order."""
        for index, one in enumerate(self._all):
            if index not in self._standing:
                self._pen.carry_all(one, f"/references/{index}")
        self._pen.arrange("/references", self._standing)

    def _carry(self, one: Reference, pointer: str, *names: str) -> None:
        for name in names:
            if getattr(one, name):
                self._pen.carry(f"{pointer}/{name}", getattr(one, name))

    def _previous(self, one: Reference, pointer: str) -> None:
        pen = self._pen
        pen.out.append("<tmk:PreviousRegistration>")
        pen.country("com:RegistrationOfficeCode", one.office, f"{pointer}/office", OFFICES)
        pen.put("tmk:PreviousRegistrationNumber", one.registration_number)
        pen.date("tmk:PreviousRegistrationDate", one.registration_date, f"{pointer}/registration_date")
        pen.out.append("</tmk:PreviousRegistration>")
        self._carry(one, pointer, "number", "date")

    def _associated(self, one: Reference, pointer: str) -> None:
        pen = self._pen
        category = next(word for word, kind in ASSOCIATIONS.items() if kind == one.kind)
        pen.out.append("<tmk:AssociatedMark>")
        pen.put("tmk:AssociationCategory", category)
        write_number(
            pen,
            "tmk:NationalApplicationNumber",
            one.number,
            f"{pointer}/number",
            one.office,
            f"{pointer}/office",
        )
        pen.text("tmk:NationalRegistrationNumber", one.registration_number, f"{pointer}/registration_number")
        pen.date("tmk:NationalApplicationFilingDate", one.date, f"{pointer}/date")
        pen.date("tmk:NationalRegistrationDate", one.registration_date, f"{pointer}/registration_date")
        pen.out.append("</tmk:AssociatedMark>")

    def _initial(self, one: Reference, pointer: str) -> None:
        pen = self._pen
        write_number(
            pen,
            "tmk:InitialApplicationNumber",
            one.number,
            f"{pointer}/number",
            one.office,
            f"{pointer}/office",
        )
        pen.date("tmk:InitialApplicationDate", one.date, f"{pointer}/date")
        self._carry(one, pointer, "registration_number", "registration_date")

    def _is_basic(self, one: Reference) -> bool:
        pen = self._pen
        if one.kind == "basic-application":
            return pen.keeps(one.number)
        return (
            one.kind == "basic-registration"
            and pen.keeps(one.registration_number)
            and pen.is_day(one.registration_date)
        )

    def _basic(self, one: Reference, pointer: str) -> None:
        pen = self._pen
        pen.out.append("<tmk:BasicRegistrationApplication>")
        pen.country("com:RegistrationOfficeCode", one.office, f"{pointer}/office", OFFICES)
        if one.kind == "basic-application":
            pen.out.append("<tmk:BasicApplicationBag><tmk:BasicApplication>")
            write_number(pen, "tmk:BasicApplicationNumber", one.number, f"{pointer}/number")
            pen.date("tmk:BasicApplicationDate", one.date, f"{pointer}/date")
            pen.out.append("</tmk:BasicApplication></tmk:BasicApplicationBag>")
            self._carry(one, pointer, "registration_number", "registration_date")
        else:
            pen.out.append("<tmk:BasicRegistrationBag><tmk:BasicRegistration>")
            pen.put("tmk:BasicRegistrationNumber", one.registration_number)
            pen.date("tmk:BasicRegistrationDate", one.registration_date, f"{pointer}/registration_date")
            pen.out.append("</tmk:BasicRegistration></tmk:BasicRegistrationBag>")
            self._carry(one, pointer, "number", "date")
        pen.out.append("</tmk:BasicRegistrationApplication>")

    def _seniority(self, one: Reference, pointer: str) -> None:
        pen = self._pen
        pen.out.append("<tmk:Seniority>")
        pen.country("tmk:SeniorityCountryCode", one.office, f"{pointer}/office", OFFICES)
        write_number(pen, "tmk:SeniorityApplicationNumber", one.number, f"{pointer}/number")
        pen.date("tmk:SeniorityApplicationDate", one.date, f"{pointer}/date")
        pen.text("tmk:SeniorityRegistrationNumber", one.registration_number, f"{pointer}/registration_number")
        pen.date("tmk:SeniorityRegistrationDate", one.registration_date, f"{pointer}/registration_date")
        pen.out.append("</tmk:Seniority>")
