"""The vocabulary of ST.66: everything offices commonly send has a field of its own."""

from ipregister.model.event import Recordal
from ipregister.model.mark import Trademark
from ipregister.model.right import Designation, Priority, Reference
from ipregister.model.text import Text
from tests.exchange.documents import lossless, madrid

PARTY = """<{0}{1}><{0}Identifier>77</{0}Identifier><{0}NationalityCode>FR</{0}NationalityCode>
<{0}LegalEntity>SARL</{0}LegalEntity><{0}IncorporationCountryCode>FR</{0}IncorporationCountryCode>
<{0}AddressBook><FormattedNameAddress><Name><FormattedName><FirstName>Marie</FirstName><LastName>Curie</LastName>
<OrganizationName>Radium SARL</OrganizationName></FormattedName></Name>
<Address><FormattedAddress><AddressStreet>1 rue A</AddressStreet><AddressCity>Paris</AddressCity>
<AddressState>IDF</AddressState><AddressPostcode>75001</AddressPostcode>
<FormattedAddressCountryCode>FR</FormattedAddressCountryCode></FormattedAddress></Address></FormattedNameAddress>
<ContactInformationDetails><Phone>1</Phone><Fax>2</Fax><Email>a@b.example</Email><URL>https://c.example</URL>
</ContactInformationDetails></{0}AddressBook>
<{0}Entitlement><EntitlementNationalityCode>DE</EntitlementNationalityCode></{0}Entitlement></{0}>"""


def party(prefix: str) -> str:
    """A fully formatted party."""
    return PARTY.format(prefix, "").replace(f"<{prefix}Entitlement><EntitlementNationalityCode>DE", f"<{prefix}Entitlement>"
                                            "<EntitlementEstablishment><EntitlementEstablishmentCode>DE").replace(
        "</EntitlementNationalityCode></", "</EntitlementEstablishmentCode></EntitlementEstablishment></")  # fmt: skip


BASIC = """<BasicRegistrationApplicationDetails><BasicRegistrationApplication>
<RegistrationOfficeCode>DE</RegistrationOfficeCode>
<BasicApplicationDetails><BasicApplication><BasicApplicationNumber>30 2001</BasicApplicationNumber>
<BasicApplicationDate>2001-10-05</BasicApplicationDate></BasicApplication></BasicApplicationDetails>
<BasicRegistrationDetails><BasicRegistration><BasicRegistrationNumber>301</BasicRegistrationNumber>
</BasicRegistration></BasicRegistrationDetails></BasicRegistrationApplication></BasicRegistrationApplicationDetails>"""

CLAIMS = """<DesignatedCountryDetails><DesignatedCountry><DesignatedCountryCode>LA</DesignatedCountryCode>
<DesignatedUnderCode>Protocol</DesignatedUnderCode></DesignatedCountry></DesignatedCountryDetails>
<AssociatedMarkDetails><AssociatedApplicationNumber>5</AssociatedApplicationNumber></AssociatedMarkDetails>
<DivisionalApplicationDetails><InitialApplicationNumber>4</InitialApplicationNumber>
<InitialApplicationDate>2000-01-01</InitialApplicationDate></DivisionalApplicationDetails>
<PriorityDetails><Priority><PriorityCountryCode>US</PriorityCountryCode><PriorityNumber>85</PriorityNumber>
<PriorityDate>2001-10-05</PriorityDate><PriorityPartialGoodsServices><ClassDescriptionDetails><ClassDescription>
<ClassNumber>09</ClassNumber></ClassDescription></ClassDescriptionDetails></PriorityPartialGoodsServices>
</Priority></PriorityDetails>
<ExhibitionPriorityDetails><ExhibitionPriority><ExhibitionCountryCode>FR</ExhibitionCountryCode>
<ExhibitionName>Foire</ExhibitionName><ExhibitionDate>2001-09-01</ExhibitionDate>
</ExhibitionPriority></ExhibitionPriorityDetails>
<SeniorityDetails><Seniority><SeniorityCountryCode>FR</SeniorityCountryCode>
<SeniorityRegistrationNumber>9</SeniorityRegistrationNumber></Seniority></SeniorityDetails>
<MarkSoundDetails><MarkSound><MarkSoundFilename>a.mp3</MarkSoundFilename></MarkSound></MarkSoundDetails>
<TotalMarkSeries>3</TotalMarkSeries><UseRight><UseRightText>as agreed</UseRightText></UseRight>
<Comment>a note</Comment>"""

OPPOSITION = f"""<OppositionDetails><Opposition><OppositionIdentifier>O1</OppositionIdentifier>
<OppositionDate>2003-01-01</OppositionDate><OppositionGroundText>likeness</OppositionGroundText>
<EarlierMarkDetails><EarlierMark><RegistrationNumber>12</RegistrationNumber></EarlierMark></EarlierMarkDetails>
<OpponentDetails>{party("Opponent")}</OpponentDetails></Opposition></OppositionDetails>"""

RECORDS = f"""<MarkRecordDetails>
<MarkRecord><BasicRecord><BasicRecordKind>Limitation</BasicRecordKind><RecordEffectiveDate>2004-01-01</RecordEffectiveDate>
<RecordInterestedOfficeCode>LA</RecordInterestedOfficeCode><GoodsServicesLimitationDetails><GoodsServicesLimitation>
<LimitationClassDescriptionDetails><ClassDescription><ClassNumber>9</ClassNumber>
<GoodsServicesDescription languageCode="en">cables only</GoodsServicesDescription></ClassDescription>
</LimitationClassDescriptionDetails></GoodsServicesLimitation></GoodsServicesLimitationDetails></BasicRecord></MarkRecord>
<MarkRecord><RecordTransfer><RecordTransferKind>Partial Transfer</RecordTransferKind><HolderDetails>
<NewHolder><ApplicantIdentifier>8</ApplicantIdentifier></NewHolder></HolderDetails></RecordTransfer></MarkRecord>
<MarkRecord><RecordLicence><RecordLicenceKind>Exclusive</RecordLicenceKind><LicenceDetails><Licence>
<LicenceDate>2005-01-01</LicenceDate><PeriodLimitationEndDate>2006-01-01</PeriodLimitationEndDate>
<LicenseeDetails>{party("Licensee")}</LicenseeDetails></Licence></LicenceDetails></RecordLicence></MarkRecord>
<MarkRecord><BasicRecord><BasicRecordKind>Ceremony</BasicRecordKind></BasicRecord></MarkRecord></MarkRecordDetails>"""


def test_everything_has_its_field() -> None:
    more = (
        BASIC + CLAIMS + OPPOSITION + RECORDS + f"<ApplicantDetails>{party('Applicant')}</ApplicantDetails>"
    )
    reading = lossless(madrid(("<MarkFeature>", f"{more}<MarkFeature>")), "WO")
    record = reading.record
    assert isinstance(record, Trademark)
    assert record.extra == ()
    assert [(f.code, f.value) for f in reading.findings] == [("unknown-recordal", "Ceremony")]
    assert record.references == (
        Reference("basic-application", "DE", "30 2001", "2001-10-05"),
        Reference("basic-registration", "DE", registration_number="301"),
        Reference("associated", number="5"),
        Reference("division-parent", number="4", date="2000-01-01"),
        Reference("seniority", "FR", registration_number="9"),
    )
    assert record.designations == (Designation("LA", "Protocol"),)
    assert record.priorities == (
        Priority("US", "85", "2001-10-05", classes=(9,)),
        Priority("FR", date="2001-09-01", kind="exhibition", texts=(Text("Foire"),)),
    )
    assert record.mark.flags == ("series=3",)
    assert record.mark.conditions == (Text("as agreed"),)
    assert [(m.kind, m.filename) for m in record.mark.media] == [("sound", "a.mp3")]
    assert record.notes == (Text("a note"),)
    assert [r.kind for r in record.recordals] == [
        "opposition",
        "limitation",
        "partial-transfer",
        "licence",
        "",
    ]
    assert record.recordals[1] == Recordal(
        "limitation", "Limitation", effective_date="2004-01-01", offices=("LA",), classes=(9,),
        texts=(Text("cables only", "en"),),
    )  # fmt: skip
    assert record.recordals[3].end_date == "2006-01-01"


def test_a_formatted_party_has_all_its_parts() -> None:
    more = f"<ApplicantDetails>{party('Applicant')}</ApplicantDetails>"
    record = lossless(madrid(("<MarkFeature>", f"{more}<MarkFeature>")), "WO").record
    assert isinstance(record, Trademark)
    found = record.applicants[0]
    assert (found.identifier, found.nationality, found.legal_entity, found.establishment) == (
        "77",
        "FR",
        "SARL",
        "DE",
    )
    assert (found.first_names, found.last_names) == ((Text("Marie"),), (Text("Curie"),))
    assert (found.organization_names, found.city, found.region) == ((Text("Radium SARL"),), "Paris", "IDF")
    assert (found.postal_code, found.country) == ("75001", "FR")
    assert found.contact is not None
    assert (found.contact.phone, found.contact.email) == (("1",), ("a@b.example",))
