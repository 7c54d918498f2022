"""The writer of ST.96 V6.0 geographical indications (`GIApplication`), valid against the standard's schema.

The standard's form is that of an application: it asks for a fee and a signature, of which a register knows nothing;
both are written empty. What it has no element for is carried in `DocumentIncluded`.
Callers hand over what may go out: for anybody but the office that is the public projection of the record.
"""

import msgspec

from ipregister.exchange.st96.contacts import write_contact
from ipregister.exchange.st96.indication.places import write_descriptions, write_regions
from ipregister.exchange.st96.indication.products import write_products
from ipregister.exchange.st96.indication.reader import NO_FEE, OURS
from ipregister.exchange.st96.indication.words import GI, GOODS, STATUSES, USER_ROLES
from ipregister.exchange.st96.losses import writable
from ipregister.exchange.st96.parties import UNPLACED
from ipregister.exchange.st96.parties import write_party as write_agent
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.publications import publication_writer
from ipregister.exchange.st96.words import COMMON, COUNTRIES, OFFICES, VERSION
from ipregister.exchange.st96.writer import Written
from ipregister.exchange.xml.quill import comment
from ipregister.model.indication import Indication
from ipregister.model.offices import Office
from ipregister.model.party import Party
from ipregister.model.right import Priority
from ipregister.model.standard_words import INDICATION_CATEGORIES

CATEGORIES = {ours: word for word, ours in INDICATION_CATEGORIES.items()}
NEUTRAL = "Geographical Indication"
UNKNOWN, SOME_LANGUAGE = "XX", ' com:languageCode="en"'
"""What the standard asks for where nothing is known: an office, a language (then it is carried that there is none)."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = f'xmlns:gin="{GI}" xmlns:tmk="{GOODS}" xmlns:com="{COMMON}" com:st96Version="{VERSION}"'
_VERSION = f'com:st96Version="{VERSION}" com:ipoVersion="{OURS}"'
_BODY = (
    f"<gin:GITransactionBody {_VERSION}><gin:TransactionContentBag {_VERSION}><com:TransactionIdentifier/>"
    "<com:TransactionCategory>Application information</com:TransactionCategory><com:TransactionSubCode/>"
    f"<gin:TransactionData {_VERSION}>"
)
"""What a transaction asks for: of ours its category says nothing, and the reader knows so by the version."""
_BODY_END = "</gin:TransactionData></gin:TransactionContentBag></gin:GITransactionBody>"
_EMPTY_CONTACT = "<com:Contact><com:Name><com:EntityName/></com:Name></com:Contact>"
_FORM = (
    f"<com:PaymentBag><com:Payment><com:FeePayableTotalAmount>{NO_FEE}</com:FeePayableTotalAmount></com:Payment>"
    "</com:PaymentBag>"
)
_SIGNATURE = (
    f"<com:SignatureBag><com:Signature>{_EMPTY_CONTACT}<com:ElectronicSignature><com:ElectronicBasicSignature>"
    "<com:ElectronicBasicSignatureText/></com:ElectronicBasicSignature></com:ElectronicSignature></com:Signature>"
    "</com:SignatureBag>"
)
_PLACED = frozenset(
    """
    right office subtype application_number application_date registration_number registration_date expiry_date
    application_language office_status identifier names transliterations translations products descriptions features
    areas link origins publications priorities applicants representatives correspondents authorised_users notes
    legal_basis
    """.split()
)
"""Fields that have elements; all others are carried."""


def write(record: Indication, office: Office) -> bytes:
    """A record as a document of its own, root `GIApplication`. What it cannot hold: `compose`."""
    return compose(record, office).document


def compose(record: Indication, office: Office) -> Written:
    """A record as a document of its own, with the report of what is lost in it."""
    whole, losses = writable(record)
    return Written(f"{_DECLARATION}{_application(whole, office)}".encode(), losses)


def bulk_start() -> str:
    """What a file of many records begins with: the standard holds several in a transaction, each in a body of its own."""
    return f"{_DECLARATION}<gin:GITransaction {_SPACES}>\n"


def bulk_entry(record: Indication, office: Office, remark: str = "") -> str:
    """A record in a file of many: one line, after a comment, which also names what is lost."""
    whole, losses = writable(record)
    if losses:
        remark = f"{remark} Lost: {'; '.join(f'{one.pointer} ({one.why})' for one in losses)}".strip()
    body = _application(whole, office).replace("\n", "&#10;")
    return f"{comment(remark)}{_BODY}{body}{_BODY_END}\n"


def bulk_end() -> str:
    """What a file of many records ends with."""
    return "</gin:GITransaction>\n"


def _application(record: Indication, office: Office) -> str:
    pen = Pen(office, "com:DocumentIncluded")
    pen.out.append(f"<gin:GIApplication {_SPACES}>")
    _write_head(pen, record)
    _write_data(pen, record)
    standing = pen.entries("", record.authorised_users, "/authorised_users", _write_user)
    pen.arrange("/authorised_users", standing)
    _write_applicants(pen, record.applicants)
    pen.arrange("/representatives", pen.entries(
        "com:RepresentativeBag", record.representatives, "/representatives", _write_representative))  # fmt: skip
    pen.out.append(_FORM)
    place = pen.hold_documents()
    pen.out.append(_SIGNATURE)
    _write_correspondents(pen, record.correspondents)
    pen.arrange(
        "/priorities", pen.entries("gin:GIPriorityBag", record.priorities, "/priorities", _write_priority)
    )
    pen.lines("gin:NationalProtectionDescriptionText", record.legal_basis, "/legal_basis")
    for name, value in msgspec.to_builtins(record).items():
        if name not in _PLACED:
            pen.carry_all(value, f"/{name}")
    pen.fill_documents(place)
    pen.out.append("</gin:GIApplication>")
    return "".join(pen.out)


def _write_head(pen: Pen, record: Indication) -> None:
    if pen.keeps(record.application_number):
        pen.out.append("<com:ApplicationNumber>")
        pen.put("com:ApplicationNumberText", record.application_number)
        pen.out.append("</com:ApplicationNumber>")
    elif record.application_number:
        pen.carry("/application_number", record.application_number)
    pen.date("com:ApplicationDate", record.application_date, "/application_date")
    sound = bool(record.origins) and pen.names(record.origins[0], OFFICES)
    if sound:
        pen.put("gin:ContractingPartyOriginCode", record.origins[0])
    for index, origin in enumerate(record.origins):
        if index or not sound:
            pen.carry(f"/origins/{index}", origin)


def _write_data(pen: Pen, record: Indication) -> None:
    """The data of the indication, in the order of the standard."""
    said = pen.language(record.application_language, record.application_language)
    if not said:
        pen.carry("/application_language", record.application_language)
    code = record.office if record.office in OFFICES else UNKNOWN
    pen.out.append(f'<gin:GIData com:officeCode="{code}"{said or SOME_LANGUAGE}>')
    numbered = pen.text("com:RegistrationNumber", record.registration_number, "/registration_number")
    if not numbered and pen.is_day(record.registration_date):
        pen.out.append("<com:RegistrationNumber/>")
    pen.date("com:RegistrationDate", record.registration_date, "/registration_date")
    before = pen.count
    pen.out.append("<gin:GINameBag>")
    pen.lines("gin:GINameText", record.names, "/names")
    if pen.count == before:
        pen.out.append("<gin:GINameText/>")
    pen.lines("gin:GINameTransliterationText", record.transliterations, "/transliterations")
    pen.lines("gin:GINameTranslationText", record.translations, "/translations")
    pen.out.append("</gin:GINameBag>")
    write_products(pen, record.products)
    write_descriptions(pen, record)
    write_regions(pen, record)
    if record.subtype not in CATEGORIES:
        pen.carry("/subtype", record.subtype)
    pen.put("gin:GICategory", CATEGORIES.get(record.subtype, NEUTRAL))
    pen.lines("com:CommentText", record.notes, "/notes", most=1)
    pen.text("com:RecordIdentifier", record.identifier, "/identifier")
    pen.arrange("/publications", pen.entries(
        "gin:GIPublicationBag", record.publications, "/publications", _write_publication))  # fmt: skip
    pen.coded("gin:GIStatusCategory", record.office_status, "/office_status", STATUSES)
    pen.date("com:ExpiryDate", record.expiry_date, "/expiry_date")
    pen.out.append("</gin:GIData>")


def _write_contact(pen: Pen, one: Party, pointer: str, *placed: str) -> None:
    """The contact that the standard asks for, and what it has no element for."""
    start = len(pen.out)
    write_contact(pen, one, pointer)
    if len(pen.out) == start:
        pen.out.append(_EMPTY_CONTACT)
    for name in (*UNPLACED, "legal_entity", "incorporation", "nationality", "role", "identifier"):
        if name not in placed and getattr(one, name):
            pen.carry(f"{pointer}/{name}", getattr(one, name))


def _write_user(pen: Pen, one: Party, pointer: str) -> None:
    pen.out.append("<gin:AuthorizedUser>")
    _write_contact(pen, one, pointer, "role")
    pen.coded("gin:AuthorizedUserCategory", one.role, f"{pointer}/role", USER_ROLES)
    pen.out.append("</gin:AuthorizedUser>")


def _write_applicants(pen: Pen, applicants: tuple[Party, ...]) -> None:
    """The applicants; the standard asks for one at least."""
    pen.out.append("<gin:ApplicantBag>")
    standing = pen.entries("", applicants, "/applicants", _write_applicant)
    if not standing:
        pen.out.append(f"<gin:Applicant>{_EMPTY_CONTACT}</gin:Applicant>")
    pen.out.append("</gin:ApplicantBag>")
    pen.arrange("/applicants", standing)


def _write_applicant(pen: Pen, one: Party, pointer: str) -> None:
    pen.out.append("<gin:Applicant>")
    pen.text("com:PartyIdentifier", one.identifier, f"{pointer}/identifier")
    _write_contact(pen, one, pointer, "identifier", "nationality", "domicile")
    pen.country("com:NationalityCode", one.nationality, f"{pointer}/nationality", COUNTRIES)
    pen.country("com:ResidenceCountryCode", one.domicile, f"{pointer}/domicile", COUNTRIES)
    pen.out.append("</gin:Applicant>")


def _write_representative(pen: Pen, one: Party, pointer: str) -> None:
    pen.out.append("<com:Representative>")
    write_agent(pen, one, pointer)
    pen.out.append("</com:Representative>")


def _write_correspondents(pen: Pen, correspondents: tuple[Party, ...]) -> None:
    """The standard has one address for correspondence; further ones are carried."""

    def one(pen: Pen, party: Party, pointer: str) -> None:
        pen.out.append("<com:CorrespondenceAddress>")
        pen.text("com:PartyIdentifier", party.identifier, f"{pointer}/identifier")
        _write_contact(pen, party, pointer, "identifier")
        pen.out.append("</com:CorrespondenceAddress>")

    for index, party in enumerate(correspondents[1:], start=1):
        pen.carry_all(party, f"/correspondents/{index}")
    pen.entries("", correspondents[:1], "/correspondents", one)


_write_publication = publication_writer(
    "gin:GIPublication",
    "com:PublicationIdentifier",
    {"date": "com:PublicationDate", "section": "com:PublicationSubsection", "page": "com:PublicationPage"},
)


def _write_priority(pen: Pen, one: Priority, pointer: str) -> None:
    if not pen.names(one.country, COUNTRIES) or not pen.is_day(one.date) or one.kind != "convention":
        pen.carry_all(one, pointer)
        return
    pen.out.append("<gin:GIPriority>")
    pen.put("com:PriorityCountryCode", one.country)
    if pen.keeps(one.number):
        pen.out.append("<com:ApplicationNumber>")
        pen.put("com:ApplicationNumberText", one.number)
        pen.out.append("</com:ApplicationNumber>")
    elif one.number:
        pen.carry(f"{pointer}/number", one.number)
    pen.date("com:PriorityApplicationFilingDate", one.date, f"{pointer}/date")
    pen.out.append("</gin:GIPriority>")
    pen.carry_all(one.texts, f"{pointer}/texts")
    pen.carry_all(one.classes, f"{pointer}/classes")
