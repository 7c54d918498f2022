"""Documents for the tests: one good record in each form of ST.66, with places to change."""

from ipregister.exchange import loss
from ipregister.exchange.st66 import read
from ipregister.model.evidence import Reading
from ipregister.model.mark import Trademark
from ipregister.model.offices import office

COLLECTIONS = ["latm", "khtm", "idtm", "mytm", "thtm", "vntm", "phtm", "bntm", "wotm"]
"""The trademark collections that speak ST.66, as the peer names them."""

RECORDS = 100
"""Generated records of each."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

IPAS = """<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks" \
xmlns:wo="http://www.wipo.int/standards/XMLSchema/wo-trademarks">
 <TradeMarkTransactionBody><TransactionContentDetails>
  <TransactionIdentifier/><TransactionCode>Trademark</TransactionCode>
  <TransactionSubCode>Trademark</TransactionSubCode>
  <TransactionData><TradeMarkApplication><TradeMarkDetails><TradeMark>
   <RegistrationOfficeCode>LA</RegistrationOfficeCode>
   <ApplicationNumber>37978</ApplicationNumber>
   <ApplicationDate>2016-08-17</ApplicationDate>
   <RegistrationNumber>38524</RegistrationNumber>
   <RegistrationDate>2017-08-15</RegistrationDate>
   <ApplicationLanguageCode>la</ApplicationLanguageCode>
   <ExpiryDate>2027-08-15</ExpiryDate>
   <MarkCurrentStatusDate>2017-08-15</MarkCurrentStatusDate>
   <MarkFeature>Combined</MarkFeature>
   <MarkImageDetails><MarkImage><MarkImageFilename>ATTACHMENT/logo</MarkImageFilename>
    <MarkImageCategory><CategoryKind>Vienna</CategoryKind><CategoryCodeDetails>
     <CategoryCode>05.05.20</CategoryCode></CategoryCodeDetails></MarkImageCategory>
   </MarkImage></MarkImageDetails>
   <GoodsServicesDetails><GoodsServices><ClassDescriptionDetails><ClassDescription>
    <ClassNumber>30</ClassNumber>
    <GoodsServicesDescription languageCode="en">Coffee; tea.</GoodsServicesDescription>
   </ClassDescription></ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>
   <PublicationDetails><Publication><PublicationIdentifier>12</PublicationIdentifier>
    <PublicationDate>2017-09-30</PublicationDate></Publication></PublicationDetails>
   <ApplicantDetails><Applicant><ApplicantAddressBook><FormattedNameAddress>
    <Name><FreeFormatName><FreeFormatNameDetails>
     <FreeFormatNameLine languageCode="la">Champa Coffee Co., Ltd.</FreeFormatNameLine>
    </FreeFormatNameDetails></FreeFormatName></Name>
    <Address><AddressCountryCode>LA</AddressCountryCode><FreeFormatAddress>
     <FreeFormatAddressLine>Ban Nongbone, Vientiane</FreeFormatAddressLine></FreeFormatAddress></Address>
   </FormattedNameAddress></ApplicantAddressBook></Applicant></ApplicantDetails>
   <wo:WordMarkSpecification><wo:MarkVerbalElementText languageCode="la">CHAMPA</wo:MarkVerbalElementText>
   </wo:WordMarkSpecification>
   <wo:MarkEventDetails><wo:MarkEvent><wo:MarkEventDate>2016-08-17</wo:MarkEventDate>
    <wo:MarkEventCode>Filed</wo:MarkEventCode></wo:MarkEvent></wo:MarkEventDetails>
   <wo:MarkCurrentStatusCode>Registered</wo:MarkCurrentStatusCode>
  </TradeMark></TradeMarkDetails></TradeMarkApplication></TransactionData>
 </TransactionContentDetails></TradeMarkTransactionBody>
</Transaction>
"""

MADRID = """<TradeMark xmlns="http://www.wipo.int/standards/XMLSchema/trademarks">
 <RegistrationOfficeCode>WO</RegistrationOfficeCode><ReceivingOfficeCode>DE</ReceivingOfficeCode>
 <ApplicationNumber>779460A</ApplicationNumber><ApplicationDate>2002-04-05</ApplicationDate>
 <ExpiryDate>2032-04-05</ExpiryDate><ApplicationLanguageCode>en</ApplicationLanguageCode>
 <MarkFeature>Word</MarkFeature>
 <WordMarkSpecification><MarkVerbalElementText>LOTUS</MarkVerbalElementText></WordMarkSpecification>
 <ApplicantDetails><Applicant><ApplicantIdentifier>0</ApplicantIdentifier><ApplicantAddressBook>
  <FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>
   <FreeFormatNameLine>Lotus GmbH</FreeFormatNameLine></FreeFormatNameDetails></FreeFormatName></Name>
  </FormattedNameAddress></ApplicantAddressBook></Applicant></ApplicantDetails>
</TradeMark>
"""


def ipas(*changes: tuple[str, str]) -> bytes:
    """The IPAS record with texts replaced; each must be there."""
    return changed(IPAS, changes)


def madrid(*changes: tuple[str, str]) -> bytes:
    """The Madrid record with texts replaced."""
    return changed(MADRID, changes)


def changed(document: str, changes: tuple[tuple[str, str], ...]) -> bytes:
    """A document with texts replaced, as UTF-8 with a declaration."""
    for old, new in changes:
        assert old in document, old
        document = document.replace(old, new)
    return (HEAD + document).encode()


def record_of(raw: bytes, code: str = "LA") -> Trademark:
    """The record of a document of which nothing may be lost."""
    reading = lossless(raw, code)
    assert isinstance(reading.record, Trademark), (reading.refusal, reading.refusal_detail)
    return reading.record


def lossless(raw: bytes, code: str = "LA") -> Reading:
    """The reading of a document of which nothing may be lost and all evidence must hold."""
    reading = read(raw, office(code))
    found = loss.check(raw, reading, office(code))
    assert (found.lost, found.broken) == ((), ())
    return reading
