"""The writer of ST.96 V6.0 trademark documents, valid against the standard's schema.

Callers hand over what may go out: for anybody but the office that is the public projection of the record
(`model.publicity`). The writer writes all that it is given.
"""

from msgspec import Struct

from ipregister.exchange.st96.claims import write_designation, write_priorities, write_publication
from ipregister.exchange.st96.contacts import write_contact
from ipregister.exchange.st96.goods import write_goods
from ipregister.exchange.st96.history import write_event, write_recordal
from ipregister.exchange.st96.losses import Lost, writable
from ipregister.exchange.st96.marks import FLAGS, Flags, write_representation
from ipregister.exchange.st96.parties import UNPLACED, write_party
from ipregister.exchange.st96.pen import Pen
from ipregister.exchange.st96.references import References
from ipregister.exchange.st96.words import COMMON, CORRESPONDENTS, LANGUAGES, OFFICES, TRADEMARK, VERSION
from ipregister.exchange.xml.quill import comment
from ipregister.model.mark import Mark, Trademark
from ipregister.model.offices import Office
from ipregister.model.party import Party
from ipregister.model.standard_words import MARK_CATEGORIES

CATEGORIES = {ours: word for word, ours in MARK_CATEGORIES.items()}

_START = (
    f'<tmk:TrademarkApplication xmlns:tmk="{TRADEMARK}" xmlns:com="{COMMON}" com:st96Version="{VERSION}">'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Written(Struct, frozen=True):
    """A document, and every value that does not come back from it as it was."""

    document: bytes
    losses: tuple[Lost, ...] = ()


def write(record: Trademark, office: Office) -> bytes:
    """A record as a document of its own, root `TrademarkApplication`. What it cannot hold: `compose`."""
    return compose(record, office).document


def compose(record: Trademark, office: Office) -> Written:
    """A record as a document of its own, with the report of what is lost in it."""
    whole, losses = writable(record)
    body = _trademark(whole, office)
    text = f"{_DECLARATION}{_START}<tmk:TrademarkBag>{body}</tmk:TrademarkBag></tmk:TrademarkApplication>"
    return Written(text.encode(), losses)


def bulk_start() -> str:
    """What a file of many records begins with."""
    return f"{_DECLARATION}{_START}<tmk:TrademarkBag>\n"


def bulk_entry(record: Trademark, office: Office, remark: str = "") -> str:
    """A record in a file of many: one line, after a comment, which also names what is lost."""
    whole, losses = writable(record)
    if losses:
        remark = f"{remark} Lost: {'; '.join(f'{one.pointer} ({one.why})' for one in losses)}".strip()
    body = _trademark(whole, office)
    return comment(remark) + body.replace("\n", "&#10;") + "\n"


def bulk_end() -> str:
    """What a file of many records ends with."""
    return "</tmk:TrademarkBag></tmk:TrademarkApplication>\n"


def _trademark(record: Trademark, office: Office) -> str:
    pen = Pen(office)
    flags = Flags(pen, record.mark.flags)
    references = References(pen, record.references)
    pen.out.append("<tmk:Trademark>")
    _write_head(pen, record)
    pen.arrange("/designations", pen.entries(
        "tmk:DesignatedCountryBag", record.designations, "/designations", write_designation))  # fmt: skip
    references.write_related()
    if pen.keeps(record.international_number):
        pen.out.append("<tmk:InternationalMarkIdentifierBag>")
        pen.put("tmk:InternationalMarkIdentifier", record.international_number)
        pen.out.append("</tmk:InternationalMarkIdentifierBag>")
    elif record.international_number:
        pen.carry("/international_number", record.international_number)
    _write_kinds(pen, record.kinds)
    _write_sign(pen, record.mark, flags)
    pen.lines("com:CommentText", record.notes, "/notes", most=1)
    pen.date("tmk:OppositionPeriodStartDate", record.opposition_start, "/opposition_start")
    pen.date("tmk:OppositionPeriodEndDate", record.opposition_end, "/opposition_end")
    write_goods(pen, record)
    write_priorities(pen, record.priorities)
    references.write_seniorities()
    references.done()
    pen.arrange("/publications", pen.entries(
        "tmk:PublicationBag", record.publications, "/publications", write_publication))  # fmt: skip
    _write_parties(pen, record)
    pen.arrange(
        "/recordals", pen.entries("tmk:MarkRecordBag", record.recordals, "/recordals", write_recordal)
    )
    pen.arrange("/events", pen.entries("tmk:MarkEventBag", record.events, "/events", write_event))
    place = pen.hold_documents()
    _write_correspondents(pen, record.correspondents)
    _carry_rest(pen, record)
    pen.fill_documents(place)
    pen.out.append("</tmk:Trademark>")
    return "".join(pen.out)


def _write_head(pen: Pen, record: Trademark) -> None:
    """Office, numbers, dates, languages, status."""
    if record.office in OFFICES:
        pen.put("com:RegistrationOfficeCode", record.office)
    pen.country("com:ReceivingOfficeCode", record.receiving_office, "/receiving_office", OFFICES)
    pen.date("com:ReceivingOfficeDate", record.receiving_date, "/receiving_date")
    start = len(pen.out)
    if pen.keeps(record.application_number):
        pen.out.append("<com:ApplicationNumber>")
        pen.put("com:ApplicationNumberText", record.application_number)
        pen.out.append("</com:ApplicationNumber>")
    elif record.application_number:
        pen.carry("/application_number", record.application_number)
    pen.text("com:RegistrationNumber", record.registration_number, "/registration_number")
    if len(pen.out) == start:
        pen.out.append("<com:RegistrationNumber/>")
    pen.date("com:ApplicationDate", record.application_date, "/application_date")
    pen.date("com:RegistrationDate", record.registration_date, "/registration_date")
    pen.text("com:FilingPlace", record.filing_place, "/filing_place")
    pen.text("com:ApplicantFileReference", record.file_reference, "/file_reference")
    _write_language(pen, "com:ApplicationLanguageCode", record.application_language, "/application_language")
    _write_language(pen, "com:SecondLanguageCode", record.second_language, "/second_language")
    pen.date("com:ExpiryDate", record.expiry_date, "/expiry_date")
    pen.date("tmk:TerminationDate", record.termination_date, "/termination_date")
    pen.text("tmk:MarkCurrentStatusCode", record.office_status, "/office_status")
    pen.date("tmk:MarkCurrentStatusDate", record.status_date, "/status_date")


def _write_language(pen: Pen, tag: str, code: str, pointer: str) -> None:
    if not code:
        return
    tags = pen.office.language_tags.get(code.lower(), ())
    read = tags[0] if tags else pen.lookups.language(code, code)
    if code in LANGUAGES and read == code:
        pen.put(tag, code)
    else:
        pen.carry(pointer, code)


def _write_kinds(pen: Pen, kinds: tuple[str, ...]) -> None:
    standing = []
    for index, kind in enumerate(kinds):
        if kind in CATEGORIES:
            pen.put("tmk:MarkCategory", CATEGORIES[kind])
            standing.append(index)
        else:
            pen.carry(f"/kinds/{index}", kind)
    pen.arrange("/kinds", standing)


def _write_sign(pen: Pen, mark: Mark, flags: Flags) -> None:
    write_representation(pen, mark, flags)
    pen.wrapped(
        "tmk:MarkDisclaimerBag",
        lambda: pen.lines("tmk:MarkDisclaimerText", mark.disclaimers, "/mark/disclaimers"),
    )
    for tag, name in FLAGS.items():
        if tag == "MarkSeriesTotalQuantity":
            pen.lines(
                "tmk:SpecialCircumstanceText", mark.conditions, "/mark/conditions", most=1, tagged=False
            )
        if tag == "UseRightIndicator":
            pen.wrapped("tmk:UseRight", lambda tag=tag, name=name: flags.write(f"tmk:{tag}", name))  # type: ignore[misc]  # mypy infers no default of a lambda
        else:
            flags.write(f"tmk:{tag}", name)
    flags.done()
    if mark.colour:
        pen.carry("/mark/colour", mark.colour)


def _write_parties(pen: Pen, record: Trademark) -> None:
    """Applicants and, marked so, holders in one bag; representatives in their own."""

    def applicant(pen: Pen, one: Party, pointer: str) -> None:
        pen.out.append("<tmk:Applicant>")
        write_party(pen, one, pointer, holder=pointer.startswith("/holders/"))
        pen.out.append("</tmk:Applicant>")

    def representative(pen: Pen, one: Party, pointer: str) -> None:
        pen.out.append("<com:Representative>")
        write_party(pen, one, pointer)
        pen.out.append("</com:Representative>")

    def both() -> None:
        pen.arrange("/applicants", pen.entries("", record.applicants, "/applicants", applicant))
        pen.arrange("/holders", pen.entries("", record.holders, "/holders", applicant))

    pen.wrapped("tmk:ApplicantBag", both)
    pen.arrange("/representatives", pen.entries(
        "com:RepresentativeBag", record.representatives, "/representatives", representative))  # fmt: skip


def _write_correspondents(pen: Pen, correspondents: tuple[Party, ...]) -> None:
    """The standard has one address for correspondence; further ones are carried."""
    for index, one in enumerate(correspondents):
        if index:
            pen.carry_all(one, f"/correspondents/{index}")
        else:
            pen.entry(one, "/correspondents/0", lambda one=one: _write_correspondent(pen, one))  # type: ignore[misc]  # mypy infers no default of a lambda


def _write_correspondent(pen: Pen, one: Party) -> None:
    place = "/correspondents/0"
    pen.out.append("<com:CorrespondenceAddress>")
    pen.coded("com:CorrespondenceAddressPartyCategory", one.role, f"{place}/role", CORRESPONDENTS)
    start = len(pen.out)
    pen.text("com:PartyIdentifier", one.identifier, f"{place}/identifier")
    write_contact(pen, one, place)
    if len(pen.out) == start:
        pen.out.append("<com:PartyIdentifier/>")
    pen.out.append("</com:CorrespondenceAddress>")
    for name in ("legal_entity", "nationality", "incorporation", *UNPLACED):
        if getattr(one, name):
            pen.carry(f"{place}/{name}", getattr(one, name))


def _carry_rest(pen: Pen, record: Trademark) -> None:
    """What the standard's trademark has no element for."""
    if record.subtype != "TRADEMARK":
        pen.carry("/subtype", record.subtype)
    if record.identifier:
        pen.carry("/identifier", record.identifier)
    if record.duration_years is not None:
        pen.carry("/duration_years", str(record.duration_years))
    if record.transaction is not None:
        pen.carry_all(record.transaction, "/transaction")
    if record.deleted:
        pen.carry("/deleted", "True")
    pen.carry_all(record.goods_unclassified, "/goods_unclassified")
    pen.carry_all(record.kept, "/kept")
    pen.carry_all(record.extra, "/extra")
