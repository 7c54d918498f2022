"""One application for a patent or utility model as ST.96."""

from ..owners import Party
from .inventions import Invention
from .markup import DECLARATION, around, one
from .parcels import iso

SPACES = {
    "xmlns_pat": "http://www.wipo.int/standards/XMLSchema/ST96/Patent",
    "xmlns_com": "http://www.wipo.int/standards/XMLSchema/ST96/Common",
}


def document(made: Invention) -> str:
    """The whole document."""
    data = around(
        "pat:BibliographicData", *_numbers(made), *_contents(made), _people(made), com_st96Version="V6_0"
    )
    claims = around("pat:Claims", *(around("pat:Claim", one("pat:ClaimNumber", str(place)), one("pat:ClaimText", text))
                                    for place, text in enumerate(made.claims, 1)), com_languageCode="en")  # fmt: skip
    abstracts = "".join(around("pat:Abstract", one("com:P", text), com_languageCode=code) for code, text in made.abstracts)  # fmt: skip
    told = _documents({"expiry_date": iso(made.ends), "office_status": made.status,
                       "status_date": iso(max(made.said))})  # fmt: skip
    return DECLARATION + around(
        "pat:PatentPublication", one("com:IPOfficeCode", made.office), data,
        claims if made.said.published else "", abstracts, told, **SPACES, com_st96Version="V6_0",
        com_languageCode=made.language,
    )  # fmt: skip


def _numbers(made: Invention) -> list[str]:
    said, office = made.said, one("com:IPOfficeCode", made.office)
    published = around(
        "pat:PatentPublicationIdentification",
        office,
        one("pat:PublicationNumber", made.number),
        one("com:PatentDocumentKindCode", made.kinds[0]),
        one("com:PublicationDate", iso(said.published)),
    )
    filed = around(
        "pat:ApplicationIdentification",
        office,
        around("com:ApplicationNumber", one("com:ApplicationNumberText", made.number)),
        one("com:FilingLanguageCode", made.language),
        one("pat:FilingDate", iso(said.filed)),
    )
    granted = around(
        "pat:PatentGrantIdentification",
        office,
        one("pat:PatentNumber", made.grant),
        one("pat:GrantDate", iso(said.registered)),
    )
    found = [published] if said.published else []
    return [*found, filed, *([granted] if said.registered else []), *_priority(made)]


def _priority(made: Invention) -> list[str]:
    if not made.priority:
        return []
    country, number, day = made.priority
    claim = around(
        "pat:PriorityClaim",
        one("com:IPOfficeCode", country),
        around("com:ApplicationNumber", one("com:ApplicationNumberText", number)),
        one("pat:FilingDate", day),
        com_sequenceNumber="1",
    )
    return [around("pat:PriorityClaimBag", claim)]


def _contents(made: Invention) -> list[str]:
    symbols = around("pat:PatentClassificationBag", around("pat:IPCRClassificationBag", *(
        around("pat:IPCRClassification", one("pat:ClassificationVersionDate", "2006-01-01"),
               one("pat:PatentClassificationSymbolText", symbol), com_sequenceNumber=str(place))
        for place, symbol in enumerate(made.ipc, 1)
    )))  # fmt: skip
    titles = around("pat:InventionTitleBag", *(
        one("pat:InventionTitle", text, com_languageCode=code) for code, text in made.titles
    ))  # fmt: skip
    cited = around(
        "com:CitedPatentDocumentIdentification",
        one("com:IPOfficeCode", made.cited[:2]),
        one("com:DocumentNumber", made.cited[2:]),
    )
    citations = around(
        "pat:ReferenceCitationBag", around("pat:ReferenceCitation", around("com:PatentCitation", cited))
    )
    return [symbols, titles, citations, one("pat:ClaimTotalQuantity", str(len(made.claims)))]


def _people(made: Invention) -> str:
    owner, country = made.owner, made.owner.country
    agent = one("pat:RegisteredPractitionerCategory", "Agent") + _contact(made.agent.name, made.agent.address, made.agent.country)  # fmt: skip
    return around(
        "pat:PartyBag",
        around("pat:ApplicantBag", around("pat:Applicant", _firm(owner), com_sequenceNumber="1")),
        around("pat:InventorBag", *(
            around("pat:Inventor", _contact(name, "", country), com_sequenceNumber=str(place))
            for place, name in enumerate(made.inventors, 1)
        )),
        around("pat:OwnerBag", around("pat:Owner", _firm(owner), com_sequenceNumber="1")) if made.said.registered else "",
        around("pat:RegisteredPractitionerBag", around("pat:RegisteredPractitioner", agent, com_sequenceNumber="1")),
    )  # fmt: skip


def _firm(party: Party) -> str:
    return _contact(party.name, party.address, party.country)


def _contact(name: str, address: str, country: str) -> str:
    line = one("com:AddressLineText", address, com_sequenceNumber="1") + one("com:CountryCode", country)
    place = around("com:PostalAddress", around("com:PostalStructuredAddress", line))
    return around(
        "com:Contact", around("com:Name", one("com:EntityName", name)), around("com:PostalAddressBag", place)
    )


def _documents(values: dict[str, str]) -> str:
    """Values for which the standard has no element, in documents beside, as registers exchange them."""
    return around("com:ExternalDocumentBag", *(
        around("com:ExternalDocument", one("com:FileName", text), one("com:DocumentFormatCategory", "Text"),
               one("com:DocumentContentCategory", "Other"), com_id=f"value.{name}")
        for name, text in values.items() if text
    ))  # fmt: skip
