"""Views, classes, claims and events of designs in ST.96, as they are written."""

import re
from collections.abc import Sequence

from ipregister.exchange.st86.page import Page, bag, is_day
from ipregister.exchange.st96.design.claims import NEUTRAL
from ipregister.exchange.st96.words import BOOLEANS, COUNTRIES, IMAGE_FORMATS, OFFICES
from ipregister.model.design import (
    Citation,
    DesignEvent,
    DesignPriority,
    Exhibition,
    ProductClass,
    Specimen,
    View,
)
from ipregister.model.locarno import locarno
from ipregister.model.offices import Office
from ipregister.model.right import Designation, Publication, Reference

VIEW_FORMATS = IMAGE_FORMATS | {"ThreeDS", "DWG", "DWF", "IGES", "ThreeDM", "SWF", "MPEG", "WMV"}
VIEW_FORMS = frozenset({"Image", "Drawing", "Photograph"})
VIEW_TYPES = frozenset(
    {
        "Perspective", "Front", "Back", "Top", "Bottom", "Left", "Right", "Isometric", "Reference", "Unfolded", "Exploded",
        "Cross sectional", "Enlarged", "Front Surface", "Back Surface", "Representative typeface", "Example typeface",
        "Typeface set",
    }
)  # fmt: skip
SPECIMEN_KINDS = frozenset({"Object", "Model", "Sample"})
UNITS = frozenset({"Cm", "Mm", "In", "Px", "Pt"})
PRIORITY_STATES = frozenset({"Claimed", "Abandoned", "Accepted", "Partially refused", "Refused", "Undefined"})
EXHIBITION_STATES = frozenset({"Claimed", "Accepted", "Refused"})
RELATIONS = {
    "division-parent": "Division",
    "associated": "Related design",
    "converted-from": "Design application based on patent or utility model",
    "transformed-from": "New application for amended design",
}
SECTIONS = frozenset(
    {
        "Applications", "Amendments to applications", "Correction of errors on applications", "Withdrawals", "Limitations",
        "Total refusals", "Partial refusals", "Registrations with no amendments", "Registrations with amendments",
        "Correction of errors on registrations", "Total transfers", "Partial transfers",
        "Change of name and address of proprietor", "Change of name and professional address of representative",
        "Replacement of representative", "Appointment of a new representative", "Deletion of the representative",
        "Total surrender of designs", "Partial surrender of designs", "Registrations with restrictions",
        "Registrations no longer in effect", "Registrations renewed", "Applications publishing for opposition",
        "Registrations publishing", "Registration republished",
    }
)  # fmt: skip
PUBLICATION_KINDS = {
    "application": "PreRegistration publication",
    "registration": "PostRegistration publication",
}
ACTS = frozenset({"Act1999", "Act1960", "Act1934"})
_ACCESS_CODE = re.compile(r"[A-Za-z0-9]{4}")
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_MONTH = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def write_specimens(page: Page, specimens: Sequence[Specimen]) -> None:
    """Specimens."""

    def write(one: Specimen) -> None:
        page.must("dgn:SpecimenIdentifier", one.identifier)
        page.coded("dgn:DesignSpecimenCategory", one.kind, SPECIMEN_KINDS)
        page.lines("dgn:SpecimenDescriptionText", one.texts[:1])
        page.put("com:FileName", one.filename)
        page.coded("com:ImageFormatCategory", one.format, IMAGE_FORMATS)
        page.coded("com:ColourIndicator", one.colour, BOOLEANS)

    bag(page, "dgn:DesignSpecimenBag", "dgn:DesignSpecimen", specimens, write)


def write_views(page: Page, views: Sequence[View]) -> None:
    """Views."""

    def write(one: View) -> None:
        page.must("com:FileName", one.filename)
        page.put("com:ThumbnailFileName", one.thumbnail)
        page.must("dgn:ViewIdentifier", one.number)
        page.coded("dgn:ViewFileFormatCategory", one.format, VIEW_FORMATS)
        page.coded("com:ColourIndicator", one.colour, BOOLEANS)
        page.coded("dgn:RepresentationFormCategory", one.form, VIEW_FORMS)
        if one.kind in VIEW_TYPES:
            page.put("dgn:ViewTypeCategory", one.kind)
        else:
            page.group("dgn:ViewTypeTextBag", lambda: page.lines("dgn:ViewTypeText", one.texts))
        if one.unit in UNITS:
            for tag, size in (("com:HeightMeasure", one.height), ("com:WidthMeasure", one.width)):
                if _DECIMAL.fullmatch(size):
                    page.put(tag, size, f' com:measureUnitCode="{one.unit}"')

    def inside() -> None:
        page.group("dgn:DesignRepresentation", lambda: bag(page, "dgn:ViewBag", "dgn:View", views, write))

    page.group("dgn:DesignRepresentationBag", inside)


def write_classes(page: Page, products: Sequence[ProductClass], office: str) -> None:
    """Classes of products: those of Locarno of one edition, and national ones; a bag must be there."""
    page.out.append("<com:DesignClassificationBag>")
    start = len(page.out)
    first = next((one for one in products if one.scheme == "locarno"), None)
    if first is not None:
        found = [one for one in products if one.scheme == "locarno" and one.version == first.version]
        page.out.append("<com:LocarnoClassificationBag>")
        page.must("com:LocarnoClassificationEdition", first.version)
        for one in found:
            _write_locarno(page, one)
        page.out.append("</com:LocarnoClassificationBag>")
    national = [one for one in products if one.scheme == "national"]
    if national and office in OFFICES:
        page.out.append("<com:NationalDesignClassificationBag>")
        page.put("com:IPOfficeCode", office)
        page.put("com:NationalClassificationEdition", national[0].version)
        for one in national:
            page.must("com:NationalDesignClassification", one.number)
            page.lines("com:NationalDesignProductIndicationText", one.texts[:1])
        page.out.append("</com:NationalDesignClassificationBag>")
    if len(page.out) == start:
        page.out.append(
            "<com:LocarnoClassificationBag><com:LocarnoClassificationEdition/><com:LocarnoClassificationText/>"
            "</com:LocarnoClassificationBag>"
        )
    page.out.append("</com:DesignClassificationBag>")


def _write_locarno(page: Page, one: ProductClass) -> None:
    if locarno(one.number) != one.number or not one.texts:
        page.must("com:LocarnoClassificationText", one.number)
        return
    main, _, sub = one.number.partition("-")
    page.out.append("<com:LocarnoClassification>")
    page.put("com:LocarnoClass", main)
    page.out.append("<com:LocarnoSubclassBag>")
    page.put("com:LocarnoSubclass", sub)
    page.lines("com:LocarnoSubclassProductIndicationText", one.texts[:1])
    page.out.append("</com:LocarnoSubclassBag></com:LocarnoClassification>")


def _write_number(page: Page, tag: str, number: str, office: str = "") -> None:
    if number:
        page.out.append(f"<{tag}>")
        page.coded("com:IPOfficeCode", office, OFFICES)
        page.put("com:ApplicationNumberText", number)
        page.out.append(f"</{tag}>")


def write_priorities(page: Page, priorities: Sequence[DesignPriority]) -> None:
    """Priorities that the standard can hold: they must have a country and a date."""

    def write(one: DesignPriority) -> None:
        page.put("com:PriorityCountryCode", one.country)
        _write_number(page, "com:ApplicationNumber", one.number)
        page.day("com:PriorityApplicationFilingDate", one.date)
        if _ACCESS_CODE.fullmatch(one.access_code):
            page.put("com:DASAccessCode", one.access_code)
        page.coded("com:PriorityStatusCategory", one.status, PRIORITY_STATES)
        page.day("com:PriorityStatusDate", one.status_date)
        page.lines("com:CommentText", one.texts[:1])

    found = [one for one in priorities if one.country in OFFICES and is_day(one.date)]
    bag(page, "dgn:PriorityBag", "dgn:Priority", found, write)


def write_exhibitions(page: Page, exhibitions: Sequence[Exhibition]) -> None:
    """Exhibitions with a date."""

    def write(one: Exhibition) -> None:
        page.coded("com:ExhibitionCountryCode", one.country, COUNTRIES)
        page.put("com:ExhibitionCityName", one.place)
        page.put("com:ExhibitionName", one.name)
        page.day("com:ExhibitionDate", one.date)
        page.day("com:ExhibitionFirstDisplayDate", one.first_shown)
        page.coded("com:ExhibitionStatusCategory", one.status, EXHIBITION_STATES)
        page.day("com:ExhibitionStatusDate", one.status_date)
        page.lines("com:CommentText", one.texts[:1])

    found = [one for one in exhibitions if is_day(one.date)]
    bag(page, "com:ExhibitionPriorityBag", "com:ExhibitionPriority", found, write)


def write_related(page: Page, references: Sequence[Reference]) -> None:
    """Related applications of the kinds that the standard knows."""

    def write(one: Reference) -> None:
        page.put("dgn:RelatedApplicationCategory", RELATIONS[one.kind])
        _write_number(page, "dgn:RelatedApplicationNumber", one.number, one.office)
        page.day("dgn:RelatedApplicationDate", one.date)
        page.put("dgn:RelatedApplicationRegistrationNumber", one.registration_number)

    found = [one for one in references if one.kind in RELATIONS]
    bag(page, "dgn:RelatedApplicationBag", "dgn:RelatedApplication", found, write)


def write_publications(page: Page, publications: Sequence[Publication]) -> None:
    """Publications."""

    def write(one: Publication) -> None:
        page.must("com:PublicationIdentifier", one.identifier)
        page.put("dgn:DesignPublicationCategory", PUBLICATION_KINDS.get(one.kind))
        sectioned = one.section in SECTIONS
        page.put("dgn:PublicationSectionCategory" if sectioned else "com:PublicationSubsection", one.section)
        page.day("com:PublicationDate", one.date)
        page.put("com:PublicationPage", one.page)

    bag(page, "dgn:PublicationBag", "dgn:Publication", publications, write)


def write_citations(page: Page, citations: Sequence[Citation]) -> None:
    """Citations of documents of an office."""

    def write(one: Citation) -> None:
        page.put("com:IPOfficeCode", one.office)
        page.must("com:DocumentNumber", one.number)
        page.put("com:EntityName", one.name)
        page.put("com:PatentDocumentKindCode", one.kind)
        if one.date and (_MONTH.fullmatch(one.date) or is_day(one.date)):
            page.put("com:PatentDocumentDate", one.date)

    found = [one for one in citations if one.office in OFFICES]
    bag(page, "dgn:PatentIdentificationBag", "com:CitedPatentDocumentIdentification", found, write)


def write_designations(page: Page, designations: Sequence[Designation]) -> None:
    """Designated countries that the standard knows."""

    def write(one: Designation) -> None:
        page.put("com:DesignatedCountryCode", one.country)
        page.coded("dgn:HagueAgreementActCategory", one.under, ACTS)

    found = [one for one in designations if one.country in OFFICES]
    bag(page, "dgn:DesignatedCountryBag", "dgn:DesignatedCountry", found, write)


def write_events(
    page: Page, name: str, events: Sequence[DesignEvent], allowed: Sequence[str], office: Office
) -> None:
    """Events; what one was stands in its category where the standard has one that says it."""

    def write(one: DesignEvent) -> None:
        said = next((word for word in allowed if office.word("design/events", word) == one.kind), NEUTRAL)
        page.put(f"dgn:{name}Category", said)
        page.day(f"dgn:{name}ResponseDate", one.response_date)
        page.lines("com:CommentText", one.office_description[:1])
        page.day(f"dgn:{name}Date", one.date)

    bag(page, f"dgn:{name}Bag", f"dgn:{name}", events, write)
