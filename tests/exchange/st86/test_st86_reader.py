"""ST.86: every value of an application has its place; quirks of the offices are read; nothing is lost."""

import pytest

from ipregister.exchange.sources import recognise
from ipregister.exchange.st86 import read
from ipregister.model.evidence import split_origin
from ipregister.model.numbers import key_of
from ipregister.model.offices import office
from tests.exchange.st86.applications import DESIGN, SECOND, application, design_of, lossless

LA = office("LA")


def test_what_is_said_of_the_only_design_is_said_of_the_application() -> None:
    record = design_of(application())
    (one,) = record.designs
    assert (record.registration_number, record.registration_date, record.expiry_date) == (
        "588", "2019-11-20", "2024-03-04",
    )  # fmt: skip
    assert (record.office_status, one.office_status, one.registration_number) == ("Registered", "", "")
    assert [a.names[0].text for a in record.applicants] == ["Nam Ou Baskets Co., Ltd."]
    assert [e.kind for e in record.events] == ["filed", "registered"]
    assert (record.priorities[0].country, record.publications[0].section) == (
        "TH",
        "Registrations publishing",
    )
    assert [(p.number, p.version, p.scheme) for p in one.products] == [
        ("09-03", "12", "locarno"), ("07-07", "12", "locarno"),
    ]  # fmt: skip
    assert [v.filename for v in one.views] == ["ATTACHMENT/1.jpg", "ATTACHMENT/2.jpg"]
    assert one.descriptions[0].text == "A basket of bamboo,\nwith two handles."
    assert (one.titles[0].lang, one.specimens[0].identifier) == ("lo", "S1")
    assert lossless(application()).findings == ()
    assert (record.extra, record.kept) == ((), ())


def test_of_several_designs_each_has_its_own() -> None:
    record = design_of(application(("</Design></DesignDetails>", f"</Design>{SECOND}</DesignDetails>")))
    first, second = record.designs
    assert (first.registration_number, second.registration_number) == ("588", "588")
    assert record.registration_number == "588", "all designs agree in it"
    assert (first.office_status, second.office_status, record.office_status) == ("Registered", "", "")
    assert [(v.filename, v.form, [t.text for t in v.texts]) for v in second.views] == [
        ("b.jpg", "Drawing", []), ("a.jpg", "", ["Front"]),
    ]  # fmt: skip
    assert len(first.events) == 2


def test_a_party_told_by_number_alone_is_the_one_described() -> None:
    assert [a.identifier for a in design_of(application()).applicants] == [""]
    record = design_of(application(("<ApplicantKey>1<", "<ApplicantKey>77<")))
    assert [a.identifier for a in record.applicants] == ["", "77"]
    keyed = application(
        ("<ApplicantKey>1</ApplicantKey>", "<ApplicantKey><Identifier>9</Identifier></ApplicantKey>")
    )
    assert [a.identifier for a in design_of(keyed).applicants] == ["9", ""]


@pytest.mark.parametrize(
    ("code", "tag", "text"),
    [("kh", "km", "កន្ត្រក"), ("in", "id", "keranjang"), ("vn", "vi", "giỏ tre"), ("la", "lo", "ກະຕ່າ"), ("la", "und", "basket"),
     ("", "und", "basket")],
)  # fmt: skip
def test_language_codes_of_the_offices(code: str, tag: str, text: str) -> None:
    raw = application(('languageCode="la" sequenceNumber="1">ກະຕ່າໄມ້ໄຜ່', f'languageCode="{code}">{text}'))
    assert design_of(raw).designs[0].titles[0].lang == tag


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("06-01", "06-01"), ("0601", "06-01"), ("6.1", "06-01"), ("Class 6-1", "06-01"), ("๐๖-๐๑", "06-01")],
)
def test_classes_of_locarno_have_one_form(written: str, read_as: str) -> None:
    record = design_of(application(("09-03", written)))
    assert record.designs[0].products[0].number == read_as


def test_what_is_no_class_of_locarno_is_shown_with_a_finding() -> None:
    reading = lossless(application(("09-03", "furniture")))
    assert [f.code for f in reading.findings] == ["not-a-locarno-class"]
    record = design_of(application(("09-03", "D6-373"), (">Locarno<", ">Domestic<")))
    assert [(p.scheme, p.number) for p in record.designs[0].products] == [
        ("domestic", "D6-373"),
        ("domestic", "07-07"),
    ]


@pytest.mark.parametrize(
    ("element", "asked"),
    [("<PublicationDefermentIndicator>true</PublicationDefermentIndicator>", "true"),
     ("<PublicationDefermentIndicator>false</PublicationDefermentIndicator>", ""),
     ('<DefermentPeriod periodCode="InMonth">30</DefermentPeriod>', "true"),
     ('<DefermentPeriod periodCode="InMonth">0</DefermentPeriod>', "")],
)  # fmt: skip
def test_deferment(element: str, asked: str) -> None:
    record = design_of(application(("<DesignIdentifier>", f"{element}<DesignIdentifier>")))
    assert record.deferment_requested == asked
    if "30" in element:
        assert (record.deferment_period, record.deferment_unit) == ("30", "InMonth")


def test_a_sealed_deposit() -> None:
    mark = "<SealedDepositIndicator>true</SealedDepositIndicator>"
    record = design_of(application(("<RegistrationOfficeCode>", f"{mark}<RegistrationOfficeCode>")))
    assert (record.kinds, record.deferment_requested) == (("SEALED",), "true")


def test_one_deferred_design_of_several_defers_the_application() -> None:
    mark = "<PublicationDefermentIndicator>true</PublicationDefermentIndicator>"
    second = SECOND.replace("<DesignIdentifier>", f"{mark}<DesignIdentifier>")
    record = design_of(application(("</Design></DesignDetails>", f"</Design>{second}</DesignDetails>")))
    assert (record.deferment_requested, record.designs[0].deferment_requested) == ("true", "")


@pytest.mark.parametrize("uri", ["urn:any", "http://www.wipo.int/standards/XMLSchema/wo-designs", ""])
def test_namespaces_are_tolerated(uri: str) -> None:
    raw = application(('xmlns="http://www.wipo.int/standards/XMLSchema/designs"', f'xmlns="{uri}"'))
    record = design_of(raw)
    assert record == design_of(application())


def test_what_the_standard_names_has_a_field() -> None:
    more = """<PartialDesignIndicator>true</PartialDesignIndicator><TotalRepresentationSheet>2</TotalRepresentationSheet>
    <Disclaimer languageCode="en" sequenceNumber="1">No claim to the colour.</Disclaimer>
    <ExhibitionPriorityDetails><ExhibitionPriority><ExhibitionName>Fair</ExhibitionName><ExhibitionDate>2019-01-02</ExhibitionDate>
    </ExhibitionPriority></ExhibitionPriorityDetails>
    <RelatedApplicationDetails><RelatedApplication><RelatedApplicationKind>Division</RelatedApplicationKind>
    <RelatedApplicationNumber>I/600</RelatedApplicationNumber></RelatedApplication></RelatedApplicationDetails>
    <StaffDetails><Staff><StaffName>E. Xaminer</StaffName><OfficialTitle>Examiner</OfficialTitle></Staff></StaffDetails>
    <CitationReferenceDetails><CitationReference><CitationIdentifier>D1</CitationIdentifier></CitationReference></CitationReferenceDetails>
    <OppositionDetails><Opposition><OppositionIdentifier>O1</OppositionIdentifier><OpponentDetails><Opponent>
    <OpponentAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails><FreeFormatNameLine>Rival</FreeFormatNameLine>
    </FreeFormatNameDetails></FreeFormatName></Name></FormattedNameAddress></OpponentAddressBook></Opponent></OpponentDetails>
    </Opposition></OppositionDetails><DesignIdentifier>"""
    record = design_of(application(("<DesignIdentifier>", more)))
    (one,) = record.designs
    assert record.extra == ()
    assert (one.flags, one.disclaimers[0].text) == (
        ("partial-design=true", "sheets=2"),
        "No claim to the colour.",
    )
    assert (one.exhibitions[0].name, one.citations[0].number, one.examiners[0].role) == (
        "Fair",
        "D1",
        "Examiner",
    )
    assert (record.references[0].kind, record.references[0].number) == ("division-parent", "I/600")
    assert (record.recordals[0].kind, record.recordals[0].parties[0].role) == ("opposition", "opponent")


@pytest.mark.parametrize(
    ("change", "code"),
    [(("<DesignApplicationDate>2019-03-04", "<DesignApplicationDate>2019-02-30"), "not-a-date"),
     (("<DesignIdentifier>", "<Colour>red</Colour><DesignIdentifier>"), "unknown-element"),
     ((">Registered</wo:", ">Gone</wo:"), "unknown-status"), ((">Filed<", ">Danced<"), "unknown-event"),
     (('languageCode="en">The', 'languageCode="%%">The'), "unknown-language"),
     (("<PriorityCountryCode>TH", "<PriorityCountryCode>Atlantis"), "not-a-country")],
)  # fmt: skip
def test_what_is_wrong_is_kept_with_a_finding(change: tuple[str, str], code: str) -> None:
    assert [f.code for f in lossless(application(change)).findings] == [code]


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"<TradeMark/>", "not-a-record"), (b"<DesignApplicationDetails/>", "not-a-record"), (b"", "empty"),
     (b"<DesignApplicationDetails><DesignApplication/><DesignApplication/></DesignApplicationDetails>", "several-records")],
)  # fmt: skip
def test_what_is_no_record_is_refused(raw: bytes, refusal: str) -> None:
    assert read(raw, LA).refusal == refusal


def test_the_shape_is_told_by_its_elements() -> None:
    source = recognise(DESIGN.encode())
    assert source is not None
    assert (source.name, source.rights) == ("st86", ("design",))


@pytest.mark.parametrize(
    ("code", "number", "key"),
    [("KH", "KH/D/2019/00125", "kh-des-2019-00125"), ("LA", "I/612", "la-des-i-612"), ("VN", "3-2019-01234", "vn-des-3-2019-01234"),
     ("PH", "PH/3/2011/000001", "ph-des-3-2011-000001"), ("MY", "UK(E) 02-0380", "my-des-uk-e-02-0380"),
     ("SG", "30202110025U", "sg-des-30202110025u"), ("ID", "AID2018000076", "id-des-aid2018000076")],
)  # fmt: skip
def test_numbers_make_keys(code: str, number: str, key: str) -> None:
    record = design_of(application(("I/612", number), (">LA</Reg", f">{code}</Reg")), code)
    keyed = key_of(record, office(code))
    assert keyed is not None
    assert keyed.key == key


def test_evidence_leads_to_the_element() -> None:
    reading = lossless(application())
    assert split_origin(reading.evidence["/registration_number"])[0].isdigit()
