"""International registrations of designs for the tests, written for them."""

from ipregister.exchange import loss
from ipregister.exchange.st96.design import hague
from ipregister.model.design import Design
from ipregister.model.evidence import Reading
from ipregister.model.offices import office

WO = office("WO")
SPACES = (
    'xmlns:dgn="http://www.wipo.int/standards/XMLSchema/ST96/Design" '
    'xmlns:com="http://www.wipo.int/standards/XMLSchema/ST96/Common"'
)


def holder(tag: str, name: str) -> str:
    """A party with a name and an address."""
    return (
        f'<dgn:{tag} com:sequenceNumber="1"><com:Contact><com:Name><com:OrganizationName><com:OrganizationStandardName>{name}'
        "</com:OrganizationStandardName></com:OrganizationName></com:Name><com:PostalAddressBag><com:PostalAddress>"
        '<com:PostalStructuredAddress><com:AddressLineText com:sequenceNumber="1">1 Mill Lane</com:AddressLineText>'
        "<com:CityName>Vaduz</com:CityName><com:CountryCode>LI</com:CountryCode></com:PostalStructuredAddress>"
        f"</com:PostalAddress></com:PostalAddressBag></com:Contact></dgn:{tag}>"
    )


def view(number: str) -> str:
    """A view with its number."""
    return (
        f"<dgn:View><com:FileName>{number}.jpg</com:FileName><dgn:ViewIdentifier>{number}</dgn:ViewIdentifier>"
        "<dgn:ViewTypeCategory>Perspective</dgn:ViewTypeCategory></dgn:View>"
    )


def country(code: str) -> str:
    """A designated country."""
    return (
        f"<dgn:DesignatedCountry><com:DesignatedCountryCode>{code}</com:DesignatedCountryCode>"
        "<dgn:HagueAgreementActCategory>Act1999</dgn:HagueAgreementActCategory></dgn:DesignatedCountry>"
    )


def design(number: str, *views: str) -> str:
    """One design of a registration."""
    return (
        f"<dgn:HagueDesign><dgn:DesignIdentifier>{number}</dgn:DesignIdentifier><com:LocarnoClassificationBag>"
        "<com:LocarnoClassificationEdition>11</com:LocarnoClassificationEdition><com:LocarnoClassification>"
        "<com:LocarnoClass>06</com:LocarnoClass><com:LocarnoSubclassBag><com:LocarnoSubclass>01</com:LocarnoSubclass>"
        "</com:LocarnoSubclassBag></com:LocarnoClassification></com:LocarnoClassificationBag>"
        '<com:ProductDescriptionTextBag><com:ProductDescriptionText com:languageCode="en">Chair</com:ProductDescriptionText>'
        '<com:ProductDescriptionText com:languageCode="fr">Chaise</com:ProductDescriptionText></com:ProductDescriptionTextBag>'
        f"<dgn:ViewBag>{''.join(map(view, views))}</dgn:ViewBag></dgn:HagueDesign>"
    )


def registration(
    number: str = "DM/012345", *, more: str = "", deferred: str = "", expires: str = "2022-05-04"
) -> str:
    """A registration with two designs in four countries."""
    return (
        f"<dgn:HagueRegistration><com:InternationalRegistrationNumber>{number}</com:InternationalRegistrationNumber>"
        "<com:RecordIdentifier>R1</com:RecordIdentifier><com:InternationalRegistrationDate>2017-05-04"
        "</com:InternationalRegistrationDate><com:InternationalFilingDate>2017-05-04</com:InternationalFilingDate>"
        "<com:FeeCalculationDate>2017-05-04</com:FeeCalculationDate><com:FilingLanguageCode>en</com:FilingLanguageCode>"
        f"{more}<dgn:DesignatedCountryBag>{''.join(map(country, ('KH', 'VN', 'BN', 'CH')))}</dgn:DesignatedCountryBag>"
        f"<com:ExpiryDate>{expires}</com:ExpiryDate><dgn:DesignTotalQuantity>2</dgn:DesignTotalQuantity>{deferred}"
        f"<dgn:HolderBag>{holder('Holder', 'Rhine Chairs AG')}</dgn:HolderBag>"
        f"<dgn:HagueDesignBag>{design('1', '1.2', '1.10', '1.1')}{design('2', '2.1')}</dgn:HagueDesignBag>"
        "</dgn:HagueRegistration>"
    )


ALL = "<dgn:AffectedDesign><dgn:AllDesignsIndicator>true</dgn:AllDesignsIndicator></dgn:AffectedDesign>"
FIRST = (
    "<dgn:AffectedDesign><dgn:DesignIdentifierBag><dgn:DesignIdentifier>1</dgn:DesignIdentifier></dgn:DesignIdentifierBag>"
    "</dgn:AffectedDesign>"
)


def decision(name: str, code: str, day: str, affected: str = ALL, identifier: str = "R2") -> str:
    """A decision of an office: a refusal, a grant."""
    return (
        f"<dgn:{name}><com:InternationalRegistrationNumber>DM/012345</com:InternationalRegistrationNumber>"
        f"<com:RecordIdentifier>{identifier}</com:RecordIdentifier><com:InternationalRecordingDate>{day}"
        f"</com:InternationalRecordingDate><com:RecordNotifyingOfficeCode>{code}</com:RecordNotifyingOfficeCode>"
        f"<com:DecisionDate>{day}</com:DecisionDate>{affected}</dgn:{name}>"
    )


def renunciation(day: str, *codes: str) -> str:
    """A renunciation for some countries."""
    return (
        "<dgn:HagueRenunciation><com:InternationalRegistrationNumberBag><com:InternationalRegistrationNumber>DM/012345"
        "</com:InternationalRegistrationNumber></com:InternationalRegistrationNumberBag><com:RecordIdentifier>R4</com:RecordIdentifier>"
        f"<com:InternationalRecordingDate>{day}</com:InternationalRecordingDate>"
        f"<dgn:DesignatedCountryBag>{''.join(map(country, codes))}</dgn:DesignatedCountryBag></dgn:HagueRenunciation>"
    )


def renewal(day: str, expires: str, *codes: str) -> str:
    """A renewal for some countries."""
    return (
        "<dgn:HagueRenewal><com:InternationalRegistrationNumber>DM/012345</com:InternationalRegistrationNumber>"
        f"<com:RecordIdentifier>R5</com:RecordIdentifier><dgn:DesignatedCountryBag>{''.join(map(country, codes))}"
        f"</dgn:DesignatedCountryBag><com:RenewalDate>{day}</com:RenewalDate><com:FeeCalculationDate>{day}</com:FeeCalculationDate>"
        f"<com:ExpiryDate>{expires}</com:ExpiryDate><dgn:RenewalPeriod>2</dgn:RenewalPeriod>{ALL}</dgn:HagueRenewal>"
    )


def history(number: int, day: str, what: str) -> str:
    """A step of the history."""
    return (
        f'<HagueHistory sequenceNumber="{number}"><dgn:HagueBulletinNumber>{number}/2020</dgn:HagueBulletinNumber>'
        f"<com:PublicationDate>{day}</com:PublicationDate>{what}</HagueHistory>"
    )


def express(current: str, *steps: str) -> bytes:
    """An express transaction: the present state and the history."""
    return f"<HagueExpressTransaction {SPACES}><HagueCurrent>{current}</HagueCurrent>{''.join(steps)}</HagueExpressTransaction>".encode()


def bulletin(*bags: str) -> bytes:
    """A transaction of the International Bureau to an office, with one bulletin."""
    return (
        f'<dgn:HagueIBToOfficeTransaction {SPACES} com:st96Version="V6_0"><dgn:HagueBulletin><dgn:HagueBulletinTransactionHeader>'
        "<dgn:HagueBulletinNumber>18/2017</dgn:HagueBulletinNumber><com:PublicationDate>2017-05-12</com:PublicationDate>"
        "<com:TransactionTotalQuantity>1</com:TransactionTotalQuantity><dgn:HagueBulletinTransactionCountBag>"
        "<dgn:HagueBulletinTransactionCount><dgn:HagueBulletinTransactionCategory>Registration</dgn:HagueBulletinTransactionCategory>"
        "<com:TransactionTotalQuantity>1</com:TransactionTotalQuantity></dgn:HagueBulletinTransactionCount>"
        "</dgn:HagueBulletinTransactionCountBag></dgn:HagueBulletinTransactionHeader>"
        f"<dgn:HagueBulletinTransactionBag>{''.join(bags)}</dgn:HagueBulletinTransactionBag></dgn:HagueBulletin>"
        "</dgn:HagueIBToOfficeTransaction>"
    ).encode()


def lossless(raw: bytes) -> Reading:
    """The reading of a document of which nothing may be lost and all evidence must hold."""
    reading = hague.read(raw, WO)
    found = loss.check(raw, reading, WO)
    assert (found.lost, found.broken) == ((), ())
    return reading


def record_of(raw: bytes) -> Design:
    """The record of such a document."""
    record = lossless(raw).record
    assert isinstance(record, Design)
    return record
