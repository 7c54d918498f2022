"""Parts of an ST.86 design document: parties, views, products, priorities, publications, events."""

from collections.abc import Callable, Mapping, Sequence

from ipregister.exchange.st86.page import Page, bag
from ipregister.model.design import (
    Citation,
    DesignEvent,
    DesignPriority,
    Exhibition,
    ProductClass,
    Specimen,
    View,
)
from ipregister.model.right import Publication, Reference

DESIGN_FLAGS = {
    "PublicationDefermentIndicator": "publication-deferment",
    "PublicationKindDescription": "publication-kind",
    "PartialDesignIndicator": "partial-design",
    "ColourIndicator": "colour",
    "DesignerWaiverIndicator": "designer-waiver",
    "PublicationInColourIndicator": "publication-in-colour",
    "ImmediatePublicationIndicator": "immediate-publication",
    "DescriptionPublicationIndicator": "description-publication",
    "DesignOpenToLicensingIndicator": "open-to-licensing",
    "TotalSpecimen": "specimens",
    "TotalRepresentationSheet": "sheets",
    "TotalColourView": "colour-views",
    "TotalBWView": "black-white-views",
    "DesignRenewalDueDate": "renewal-due",
}
"""Elements of indicators and counts, and the names under which a record has them."""

_RELATIONS = {
    "division-parent": "Division",
    "converted-from": "Design Application Based on Patent or Utility Model",
    "transformed-from": "New Application for Amended Design",
}


def _fields(tags: Mapping[str, str]) -> Callable[[Page, object], None]:
    return lambda page, entry: page.fields(entry, tags)


def write_specimens(page: Page, specimens: Sequence[Specimen]) -> None:
    """Specimens."""

    def write(one: Specimen) -> None:
        page.fields(one, {"SpecimenIdentifier": "identifier", "SpecimenKind": "kind"})
        page.lines("SpecimenDescription", one.texts)
        page.fields(
            one,
            {
                "SpecimenFilename": "filename",
                "SpecimenFileFormat": "format",
                "SpecimenColourIndicator": "colour",
            },
        )

    bag(page, "DesignSpecimenDetails", "DesignSpecimen", specimens, write)


def write_views(page: Page, views: Sequence[View]) -> None:
    """Views: one that is only a file as a sheet, others as the view of a sheet."""

    def view(one: View) -> None:
        page.fields(one, {"ViewFilename": "filename", "ViewFileFormat": "format"})
        page.lines("ViewTitle", one.texts)
        page.fields(one, {"ViewColourIndicator": "colour", "ViewKind": "form"})
        page.group(
            "ViewRepresentationSize",
            lambda: page.fields(one, {"Height": "height", "Width": "width", "Unit": "unit"}),
        )

    def write(one: View) -> None:
        if one.texts or one.form or one.height or one.width or one.unit:
            page.group("ViewDetails", lambda: page.group("View", lambda: view(one)))
            return
        page.fields(
            one,
            {
                "RepresentationSheetFilename": "filename",
                "RepresentationSheetFileFormat": "format",
                "RepresentationSheetColourIndicator": "colour",
            },
        )

    bag(page, "DesignRepresentationSheetDetails", "DesignRepresentationSheet", views, write)


def write_products(page: Page, products: Sequence[ProductClass]) -> None:
    """Indications of products: classes that follow each other in one classification and edition together."""
    groups: list[list[ProductClass]] = []
    for one in products:
        if groups and (groups[-1][0].scheme, groups[-1][0].version) == (one.scheme, one.version):
            groups[-1].append(one)
        else:
            groups.append([one])

    def description(one: ProductClass) -> None:
        page.put("ClassNumber", one.number)
        page.lines("ProductDescription", one.texts)

    def write(entries: list[ProductClass]) -> None:
        scheme = entries[0].scheme
        page.put("ClassificationKindCode", "Locarno" if scheme == "locarno" else scheme)
        page.put("ClassificationVersion", entries[0].version)
        bag(page, "ClassDescriptionDetails", "ClassDescription", entries, description)

    bag(page, "IndicationProductDetails", "IndicationProduct", groups, write)


def write_priorities(page: Page, priorities: Sequence[DesignPriority]) -> None:
    """Priorities."""

    def write(one: DesignPriority) -> None:
        page.fields(
            one,
            {
                "PriorityCountryCode": "country",
                "PriorityNumber": "number",
                "PriorityDate": "date",
                "PriorityStatusCode": "status",
                "PriorityStatusDate": "status_date",
            },
        )
        page.lines("Comment", one.texts)

    bag(page, "PriorityDetails", "Priority", priorities, write)


def write_exhibitions(page: Page, exhibitions: Sequence[Exhibition]) -> None:
    """Exhibitions."""

    def write(one: Exhibition) -> None:
        page.fields(
            one,
            {
                "ExhibitionCountryCode": "country",
                "ExhibitionCityName": "place",
                "ExhibitionName": "name",
                "ExhibitionDate": "date",
                "ExhibitionFirstDisplayDate": "first_shown",
                "ExhibitionStatusCode": "status",
                "ExhibitionStatusDate": "status_date",
            },
        )
        page.lines("Comment", one.texts)

    bag(page, "ExhibitionPriorityDetails", "ExhibitionPriority", exhibitions, write)


def write_related(page: Page, references: Sequence[Reference]) -> None:
    """Related applications."""

    def write(one: Reference) -> None:
        page.put("RelatedApplicationKind", _RELATIONS.get(one.kind, ""))
        page.fields(
            one,
            {
                "RelatedApplicationNumber": "number",
                "RelatedApplicationDate": "date",
                "RelatedApplicationRegistrationNumber": "registration_number",
                "RelatedApplicationRegistrationDate": "registration_date",
            },
        )

    bag(page, "RelatedApplicationDetails", "RelatedApplication", references, write)


def write_publications(page: Page, publications: Sequence[Publication]) -> None:
    """Publications."""
    write = _fields(
        {
            "PublicationIdentifier": "identifier",
            "PublicationSection": "section",
            "PublicationDate": "date",
            "PublicationPage": "page",
        }
    )
    bag(page, "PublicationDetails", "Publication", publications, lambda one: write(page, one))


def write_citations(page: Page, citations: Sequence[Citation]) -> None:
    """Citations."""

    def write(one: Citation) -> None:
        page.fields(one, {"CitationIdentifier": "number", "CitationKind": "kind"})
        page.group(
            "CitationDocument",
            lambda: page.fields(
                one, {"DocumentName": "name", "DocumentDate": "date", "DocumentLocation": "text"}
            ),
        )

    bag(page, "CitationReferenceDetails", "CitationReference", citations, write)


def write_events(page: Page, events: Sequence[DesignEvent]) -> None:
    """Events."""

    def write(one: DesignEvent) -> None:
        page.fields(
            one,
            {
                "DesignEventDate": "date",
                "DesignEventCode": "code",
                "DesignEventResponseDate": "response_date",
                "OfficeSpecificDesignEventName": "office_name",
                "OfficeSpecificDesignEventCode": "office_code",
            },
        )
        page.lines("OfficeSpecificDesignEventDescription", one.office_description)

    bag(page, "DesignEventDetails", "DesignEvent", events, write)
