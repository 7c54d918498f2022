"""Bibliographic data of ST.96 patents."""

from ipregister.exchange.st36.numbers import set_office
from ipregister.exchange.st36.texts import saying
from ipregister.exchange.st96.patent.citations import CITATION, SPOKEN
from ipregister.exchange.st96.patent.classes import classifications
from ipregister.exchange.st96.patent.parties import PARTIES
from ipregister.exchange.xml.setters import (
    country,
    day,
    entry,
    item,
    language,
    leaf,
    line,
    noted,
    number,
    remark,
    text,
)
from ipregister.exchange.xml.shapes import NotingSheet, Place, Set, Shape
from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.exchange.xml.walking import Element, Rule


def office(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    """The office whose document this is."""
    set_office(sheet, raw, position)


def cased(field: str) -> Set:
    """A word of the standard in small letters."""

    def set_value(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
        value = raw.casefold()
        if not sheet.again(f"{pointer}/{field}", value, draft, raw, position):
            draft[field] = value
            sheet.evidence[f"{pointer}/{field}"] = position if value == raw else (position, "case")

    return set_value


def _number(field: str) -> Shape:
    return Shape(
        {"ApplicationNumberText": leaf(text(field)), "ST13ApplicationNumber": leaf(text(field)),
         "IPOfficeCode": leaf(noted)}
    )  # fmt: skip


OWN_APPLICATION = Shape(
    {
        "IPOfficeCode": leaf(office),
        "ApplicationNumber": _number("application_number"),
        "ApplicantFileReference": leaf(text("file_reference")),
        "FilingLanguageCode": leaf(language("application_language")),
        "ApplicationFilingCategory": leaf(remark("ApplicationFilingCategory")),
        "InventionSubjectMatterCategory": leaf(remark("InventionSubjectMatterCategory")),
        "FilingDate": leaf(day("application_date")),
    }
)
_PUBLICATION: dict[str, Rule] = {
    "IPOfficeCode": leaf(country("office")),
    "PublicationNumber": leaf(text("identifier")),
    "PublicationLanguageCode": leaf(language("language")),
    "PatentDocumentKindCode": leaf(text("kind_code")),
    "PublicationDate": leaf(day("date")),
}
_GRANT = Shape(
    {
        "IPOfficeCode": leaf(office),
        "PatentNumber": leaf(text("registration_number")),
        "PublicationLanguageCode": leaf(remark("grant-language")),
        "PatentDocumentKindCode": leaf(remark("grant-kind")),
        "GrantDate": leaf(day("registration_date")),
    }
)
_DOCUMENT: dict[str, Rule] = {
    "IPOfficeCode": leaf(country("office")),
    "ApplicationNumber": _number("number"),
    "PublicationNumber": leaf(text("number")),
    "PatentNumber": leaf(text("number")),
    "PublicationLanguageCode": leaf(language("language")),
    "FilingLanguageCode": leaf(language("language")),
    "PatentDocumentKindCode": leaf(text("kind_code")),
    "FilingDate": leaf(day("date")),
    "PublicationDate": leaf(day("date")),
    "GrantDate": leaf(day("date")),
}
IDENTIFICATION: dict[str, Rule] = {
    "ApplicationIdentification": Shape(_DOCUMENT),
    "PatentPublicationIdentification": Shape(_DOCUMENT),
    "PatentGrantIdentification": Shape(_DOCUMENT),
}


def _related(kind: str) -> Shape:
    return entry("references", {"PatentDocumentIdentification": Shape(IDENTIFICATION), **IDENTIFICATION},
                 constants={"kind": kind})  # fmt: skip


def _relation(kind: str) -> Shape:
    parent = _related(f"{kind}-parent")
    parent.rules["parentdocumentstatuscode"] = leaf(text("status"))
    parent.rules["pctdocumentparent"] = _Beside(_related(f"{kind}-pct-parent"))
    return Shape({"ParentDocument": parent, "ChildDocument": _related(f"{kind}-child")})


class _Beside(Shape):
    """An entry of `references` of the record, wherever its element stands."""

    __slots__ = ("_one",)

    def __init__(self, one: Shape) -> None:
        super().__init__()
        self._one = one

    def __call__(self, sheet: Sheet, element: Element, position: int, draft: Plain, pointer: str) -> int:
        """Take it as an entry of its own."""
        if not isinstance(sheet, NotingSheet):
            raise TypeError("shapes are read on a NotingSheet")
        return self._one(sheet, element, position, sheet.record, "")


RELATIONS = {
    "Addition": "addition", "Division": "division", "Continuation": "continuation", "Conversion": "conversion",
    "PartialContinuation": "continuation-in-part", "ContinuingReissue": "continuing-reissue", "Reissue": "reissue",
    "DivisionalReissue": "divisional-reissue", "Reexamination": "reexamination",
    "ReexaminationReissueMerger": "reexamination-reissue-merger", "Substitution": "substitution",
    "UtilityModelBasis": "utility-model-basis",
}  # fmt: skip
"""Relations with parent and child, and our names of them."""


def _single(kind: str) -> Shape:
    identification = Shape(
        {name: entry("references", _DOCUMENT, constants={"kind": kind}) for name in IDENTIFICATION}
    )
    return Shape({"PatentDocumentIdentification": identification,
                  "ProvisionalApplicationStatusCode": leaf(remark("ProvisionalApplicationStatusCode"))})  # fmt: skip


_RELATED = Shape(
    {
        **{name: _relation(kind) for name, kind in RELATIONS.items()},
        "RelatedPublication": _single("related-publication"),
        "ProvisionalApplication": _single("provisional"),
        "Correction": _single("correction"),
    }
)


def _searched(sheet: NotingSheet, raw: str, position: Place, draft: Plain, pointer: str) -> None:
    classes = sheet.record.setdefault("classifications", [])
    classes.append({"scheme": "text", "use": "search-field"})
    text("symbol")(sheet, raw, position, classes[-1], f"/classifications/{len(classes) - 1}")


def _available(kind: str) -> Shape:
    return entry(
        "publications",
        {"GazetteNumber": leaf(text("gazette")), "PublicationDate": leaf(day("date")), "GazetteReferenceText": leaf(text("section")),
         "IPOfficeCode": leaf(country("office")), "PatentDocumentIdentification": Shape(
             {"PatentPublicationIdentification": Shape(_PUBLICATION)}), "CommentText": leaf(text("word"))},
        constants={"kind": kind},
    )  # fmt: skip


def _event(kind: str) -> Shape:
    return entry("events", {}, value=day("date"), constants={"kind": kind})


_DESIGNATED = entry("designations", {}, value=country("country"))
_INTERNATIONAL = Shape(
    {
        "ApplicationIdentification": entry("references", _DOCUMENT, constants={"kind": "pct-application"}),
        "NationalStageFilingDate": leaf(day("national_phase_date")),
    }
)
_PUBLISHED = entry(
    "references",
    {
        "PatentDocumentIdentification": Shape(IDENTIFICATION),
        "GazetteReference": Shape(
            {"GazetteNumber": leaf(text("gazette")), "PublicationDate": leaf(day("date"))}
        ),
    },
    constants={"kind": "pct-publication"},
)
_MEMBER: dict[str, Rule] = {
    "ApplicationIdentification": entry("applications", _DOCUMENT),
    "PatentPublicationIdentification": entry("publications", _DOCUMENT),
    "PatentGrantIdentification": entry("publications", _DOCUMENT),
}
_TITLE = saying("titles")
_TITLE.attributes["inventiontitlecategory"] = noted
BIBLIOGRAPHY: dict[str, Rule] = {
    "PatentPublicationIdentification": entry("publications", _PUBLICATION),
    "ApplicationIdentification": OWN_APPLICATION,
    "PatentGrantIdentification": _GRANT,
    "PriorityClaimBag": Shape(
        {
            "PriorityClaim": entry(
                "priorities",
                {
                    "IPOfficeCode": leaf(country("country")),
                    "ApplicationNumber": _number("number"),
                    "FilingDate": leaf(day("date")),
                    "IndicatedIPOfficeCode": leaf(line("texts")),
                    "ApplicationFilingCategory": leaf(cased("kind")),
                    "DASAccessCode": leaf(text("access_code")),
                },
            ),
            "IncorporationByReferenceIndicator": leaf(remark("IncorporationByReferenceIndicator")),
        }
    ),
    "GrantTerm": Shape({"GrantLengthQuantity": leaf(number("duration_years"))}),
    "PreClassificationText": leaf(remark("PreClassificationText")),
    "PatentClassificationBag": classifications(),
    "InventionTitleBag": Shape({"InventionTitle": _TITLE}),
    "ReferenceCitationBag": Shape({"ReferenceCitation": CITATION, "ReferenceCitationFreeFormat": CITATION}),
    "ClaimTotalQuantity": leaf(number("claims_count")),
    "SearchField": Shape({"PatentClassificationBag": classifications("search-field"), "SearchFieldText": leaf(_searched)}),
    "FigureBag": Shape(
        {
            "DrawingSheetTotalQuantity": leaf(number("sheets_count")),
            "FigureTotalQuantity": leaf(number("drawings_count")),
            "PublishFigure": Shape({"FigureNumber": leaf(text("abstract_figure"))}, {"publishFigureCategory": noted}),
        }
    ),
    "RelatedDocumentBag": _RELATED,
    "ProvisionalGrantPublicationDate": _event("published"),
    "GrantPublicationDate": entry("publications", {}, value=day("date"), constants={"kind": "grant"}),
    "ExemplaryClaimBag": Shape({"ClaimNumber": leaf(item("exemplary_claims"))}),
    "PartyBag": PARTIES,
    "InternationalFilingData": _INTERNATIONAL,
    "RegionalFilingData": _INTERNATIONAL,
    "InternationalPublishingData": _PUBLISHED,
    "RegionalPublishingData": _PUBLISHED,
    "PatentFamily": Shape(
        {
            "PriorityApplication": entry("family", {name: entry("priorities", _DOCUMENT) for name in IDENTIFICATION}),
            "PatentFamilyMember": entry("family", _MEMBER),
            "PatentFamilyText": leaf(remark("family")),
        }
    ),
    "BioDeposit": entry(
        "deposits",
        {
            "BioDepositDepositary": Shape({"Name": Shape({"EntityName": leaf(text("institution"))})}),
            "BiologicalAccessionNumber": leaf(text("number")),
            "BioDepositDate": leaf(day("date")),
            "BioDepositTermText": leaf(line("texts"), SPOKEN),
            "BioDepositText": leaf(line("texts")),
        },
    ),
    "PlainLanguageDesignationText": leaf(line("name_words"), SPOKEN),
    "FilingLanguageCode": leaf(language("application_language")),
    "PublicationLanguageCode": leaf(language("document_language")),
    "StateDesignation": Shape(
        {
            "NewDesignationCountryCode": _DESIGNATED,
            "NationalDesignation": Shape({"DesignatedCountryCode": _DESIGNATED}),
            "RegionalDesignation": Shape({"RegionalOfficeCode": leaf(remark("RegionalOfficeCode")),
                                          "DesignatedCountryCode": _DESIGNATED}),
        }
    ),
    "ReceivingOfficeDate": leaf(day("receiving_date")),
    "PublicAvailabilityDataBag": Shape(
        {
            "GazetteReference": _available("gazette"),
            "UnexaminedNoGrantNotPrintedPatentDocument": _available("unexamined-not-printed"),
            "ExaminedNoGrantNotPrintedPatentDocument": _available("examined-not-printed"),
            "UnexaminedNoGrantPrintedPatentDocument": _available("unexamined"),
            "ExaminedNoGrantPrintedPatentDocument": _available("examined"),
            "OnlyAvailableClaims": _available("claims"),
            "NotPrintedPatentGrant": _available("grant-not-printed"),
            "PrintedAsAmendedDocument": _available("amended"),
        }
    ),
    "RightsEffectiveDateBag": Shape(
        {
            "ExaminationRequestDate": _event("examination-requested"),
            "FirstExaminationReportDate": _event("examined"),
            "AllowanceNotificationDate": _event("accepted"),
        }
    ),
    "RightsReestablishedDate": _event("restored"),
    "ApplicationWithdrawnDate": _event("withdrawn"),
    "ApplicationDeemedWithdrawnDate": _event("deemed-withdrawn"),
    "PatentRevocationDate": _event("invalidated"),
    "PCTNationalPhaseEntryDate": leaf(day("national_phase_date")),
    "TranslationReceiveDate": leaf(remark("TranslationReceiveDate")),
}  # fmt: skip
"""Where each element of `BibliographicData` goes."""
