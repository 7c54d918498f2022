"""Design applications for the tests: one good record in ST.86, with places to change."""

from ipregister.exchange import loss
from ipregister.exchange.st86 import read
from ipregister.model.design import Design
from ipregister.model.evidence import Reading
from ipregister.model.offices import office

COLLECTIONS = ["laid", "vnid"]
"""The design collections that the peer's generator makes."""

RECORDS = 300
"""Generated records of each."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

DESIGN = """<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/designs" \
xmlns:wo="http://www.wipo.int/standards/XMLSchema/wo-designs">
 <DesignTransactionBody><TransactionContentDetails>
  <TransactionIdentifier>D</TransactionIdentifier><TransactionCode>Industrial Designs</TransactionCode>
  <TransactionSubCode>Industrial Design</TransactionSubCode>
  <TransactionData><DesignApplicationDetails><DesignApplication>
   <RegistrationOfficeCode>LA</RegistrationOfficeCode>
   <DesignApplicationNumber>I/612</DesignApplicationNumber>
   <DesignApplicationDate>2019-03-04</DesignApplicationDate>
   <DesignApplicationLanguageCode>la</DesignApplicationLanguageCode>
   <ApplicantDetails><ApplicantKey>1</ApplicantKey></ApplicantDetails>
   <DesignDetails><Design>
    <DesignIdentifier>1</DesignIdentifier>
    <RegistrationNumber>588</RegistrationNumber><RegistrationDate>2019-11-20</RegistrationDate>
    <ExpiryDate>2024-03-04</ExpiryDate>
    <wo:DesignCurrentStatusCode>Registered</wo:DesignCurrentStatusCode>
    <DesignCurrentStatusDate>2019-11-20</DesignCurrentStatusDate>
    <DesignTitle languageCode="la" sequenceNumber="1">ກະຕ່າໄມ້ໄຜ່</DesignTitle>
    <DesignDescription languageCode="en">A basket of bamboo,
with two handles.</DesignDescription>
    <DesignRepresentationSheetDetails>
     <DesignRepresentationSheet><RepresentationSheetFilename>ATTACHMENT/1.jpg</RepresentationSheetFilename>
     </DesignRepresentationSheet>
     <DesignRepresentationSheet><RepresentationSheetFilename>ATTACHMENT/2.jpg</RepresentationSheetFilename>
     </DesignRepresentationSheet>
    </DesignRepresentationSheetDetails>
    <DesignSpecimenDetails><DesignSpecimen><SpecimenIdentifier>S1</SpecimenIdentifier>
     <SpecimenDescription languageCode="en">A model in wood</SpecimenDescription></DesignSpecimen></DesignSpecimenDetails>
    <IndicationProductDetails><IndicationProduct><ClassificationKindCode>Locarno</ClassificationKindCode>
     <ClassificationVersion>12</ClassificationVersion><ClassDescriptionDetails>
      <ClassDescription><ClassNumber>09-03</ClassNumber><ProductDescription>Baskets</ProductDescription></ClassDescription>
      <ClassDescription><ClassNumber>07-07</ClassNumber></ClassDescription>
     </ClassDescriptionDetails></IndicationProduct></IndicationProductDetails>
    <NoveltyStatement languageCode="en">The weave of the rim.</NoveltyStatement>
    <PriorityDetails><Priority><PriorityCountryCode>TH</PriorityCountryCode><PriorityNumber>1802000123</PriorityNumber>
     <PriorityDate>2018-09-10</PriorityDate></Priority></PriorityDetails>
    <PublicationDetails><Publication><PublicationIdentifier>4</PublicationIdentifier>
     <PublicationSection>Registrations publishing</PublicationSection>
     <PublicationDate>2019-12-30</PublicationDate></Publication></PublicationDetails>
    <ApplicantDetails><Applicant><ApplicantAddressBook><FormattedNameAddress>
     <Name><FreeFormatName><FreeFormatNameDetails>
      <FreeFormatNameLine languageCode="la">Nam Ou Baskets Co., Ltd.</FreeFormatNameLine>
     </FreeFormatNameDetails></FreeFormatName></Name>
     <Address><AddressCountryCode>LA</AddressCountryCode><FreeFormatAddress>
      <FreeFormatAddressLine>Ban Pak Ou, Luang Prabang</FreeFormatAddressLine></FreeFormatAddress></Address>
    </FormattedNameAddress></ApplicantAddressBook></Applicant></ApplicantDetails>
    <DesignerDetails><Designer><DesignerAddressBook><FormattedNameAddress>
     <Name><FreeFormatName><FreeFormatNameDetails><FreeFormatNameLine>Somphone V.</FreeFormatNameLine>
     </FreeFormatNameDetails></FreeFormatName></Name></FormattedNameAddress></DesignerAddressBook></Designer></DesignerDetails>
    <DesignEventDetails><DesignEvent><DesignEventDate>2019-03-04</DesignEventDate>
     <wo:DesignEventCode>Filed</wo:DesignEventCode></DesignEvent>
     <DesignEvent><DesignEventDate>2019-11-20</DesignEventDate>
     <OfficeSpecificDesignEventName>Registered</OfficeSpecificDesignEventName></DesignEvent></DesignEventDetails>
   </Design></DesignDetails>
  </DesignApplication></DesignApplicationDetails></TransactionData>
 </TransactionContentDetails></DesignTransactionBody>
</Transaction>
"""

SECOND = """<Design><DesignIdentifier>2</DesignIdentifier><DesignTitle>Lid</DesignTitle>
<RegistrationNumber>588</RegistrationNumber>
<DesignRepresentationSheetDetails><DesignRepresentationSheet><ViewDetails>
<View><ViewFilename>b.jpg</ViewFilename><ViewKind>Drawing</ViewKind></View>
<View><ViewFilename>a.jpg</ViewFilename><ViewTitle languageCode="en">Front</ViewTitle></View>
</ViewDetails></DesignRepresentationSheet></DesignRepresentationSheetDetails></Design>
"""
"""A second design, to stand after the first."""


def application(*changes: tuple[str, str]) -> bytes:
    """The application with texts replaced; each must be there."""
    document = DESIGN
    for old, new in changes:
        assert old in document, old
        document = document.replace(old, new)
    return (HEAD + document).encode()


def lossless(raw: bytes, code: str = "LA") -> Reading:
    """The reading of a document of which nothing may be lost and all evidence must hold."""
    reading = read(raw, office(code))
    found = loss.check(raw, reading, office(code))
    assert (found.lost, found.broken) == ((), ())
    return reading


def design_of(raw: bytes, code: str = "LA") -> Design:
    """The record of such a document."""
    record = lossless(raw, code).record
    assert isinstance(record, Design)
    return record
