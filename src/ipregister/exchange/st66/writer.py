"""The writer of ST.66 documents with the offices' `wo:` elements, as an IPAS system exports them.

What neither has an element for is carried at the end of the trademark, where the standard allows elements of other
namespaces. Callers hand over what may go out: for anybody but the office the public projection of the record.
"""

from typing import Any

import msgspec

from ipregister.exchange.st66.acts import write_event, write_recordal
from ipregister.exchange.st66.addresses import WIPO, write_book, write_party
from ipregister.exchange.st66.carried import Quill
from ipregister.exchange.st66.indications import is_indication, mark_of, place_of
from ipregister.exchange.st66.reader import read
from ipregister.exchange.st66.signs import write_description, write_goods, write_images, write_words
from ipregister.exchange.st66.ties import Ties, write_designations, write_priorities, write_publication
from ipregister.exchange.st66.whole import DELETE, act_of, subtype_of
from ipregister.exchange.st96.losses import Lost, writable
from ipregister.exchange.st96.marks import Flags
from ipregister.exchange.st96.pen import Pen, escaped
from ipregister.exchange.st96.words import LANGUAGES
from ipregister.exchange.st96.writer import Written
from ipregister.exchange.xml.quill import comment
from ipregister.exchange.xml.slices import OFFICES, TRADEMARKS
from ipregister.model import canonical
from ipregister.model.event import Recordal
from ipregister.model.indication import Indication
from ipregister.model.mark import Trademark
from ipregister.model.offices import Office
from ipregister.model.party import Party
from ipregister.model.record import Record
from ipregister.model.right import Transaction

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_START = f'<Transaction xmlns="{TRADEMARKS}" xmlns:wo="{OFFICES}">'
FIRST_LANGUAGES = LANGUAGES - frozenset(
    """
    ae ak an av bm bs ce ch cr cu cv dv ee ff gv ho ht hz ig ii io jv kg ki kj kr kv kw lb lg li lu mh nb nd ng nn nr
    nv ny oj os pi sc se ty ve wa
    """.split()
)
"""Languages of the standard's list of 2002."""

_BESIDE = ("transliterations", "translations", "descriptions", "names", "products", "kinds", "sign")
"""Fields of an indication that go where the feed's mark has them."""


def write(record: Trademark | Indication, office: Office) -> bytes:
    """A record as a document of its own, root `Transaction`. What it cannot hold: `compose`."""
    whole, _ = writable(record)
    return f"{_DECLARATION}{_START}{_body(whole, office)}</Transaction>".encode()


def compose(record: Trademark | Indication, office: Office) -> Written:
    """A record as a document of its own, with every value that does not come back from it as it was.

    The document is read again, so that the report is exact."""
    document = write(record, office)
    back = read(document, office).record
    if back == record:
        return Written(document)
    before, after = _leaves(record), _leaves(back)
    changed = {
        pointer for pointer in before.keys() | after.keys() if before.get(pointer) != after.get(pointer)
    }
    losses = tuple(
        Lost(pointer, str(before.get(pointer, "")), f"comes back as {str(after.get(pointer, ''))!r}")
        for pointer in sorted(changed)
    )
    return Written(document, losses)


def _leaves(record: Record | None) -> dict[str, Any]:
    """Every value of a record by its pointer; the subtype also where it is the usual one."""
    plain = msgspec.to_builtins(record) if record is not None else {}
    return dict(canonical.leaves({"subtype": getattr(record, "subtype", ""), **plain}))


def bulk_start() -> str:
    """What a file of many records begins with."""
    return f"{_DECLARATION}{_START}\n"


def bulk_entry(record: Trademark | Indication, office: Office, remark: str = "") -> str:
    """A record in a file of many: one line, after a comment."""
    whole, _ = writable(record)
    body = _body(whole, office).replace("\n", "&#10;")
    return comment(remark) + body + "\n"


def bulk_end() -> str:
    """What a file of many records ends with."""
    return "</Transaction>\n"


def _body(record: Trademark | Indication, office: Office) -> str:
    """One transaction: its header, and the mark."""
    pen = Quill(office)
    header = record.transaction
    pen.out.append("<TradeMarkTransactionBody><TransactionContentDetails>")
    for tag, name in (("Identifier", "identifier"), ("Code", "code"), ("SubCode", "sub_code")):
        value = getattr(header, name) if header else ""
        if not pen.text(f"Transaction{tag}", value, f"/transaction/{name}") and tag == "Code":
            pen.out.append("<TransactionCode/>")
    pen.out.append("<TransactionData><TradeMarkApplication><TradeMarkDetails>")
    if isinstance(record, Indication):
        _write_indication(pen, record)
    else:
        _write_mark(pen, record)
    pen.out.append("</TradeMarkDetails></TradeMarkApplication></TransactionData>")
    pen.out.append("</TransactionContentDetails></TradeMarkTransactionBody>")
    return "".join(pen.out)


def _write_indication(pen: Quill, record: Indication) -> None:
    """The mark of a feed that holds it; what only an indication has is carried under its own name."""
    mark = mark_of(record)
    loose = len(mark.goods)
    pen.place = lambda pointer: place_of(pointer, loose)
    plain = msgspec.to_builtins(record)
    feed = {
        "subtype": subtype_of(record.transaction, pen.office),
        "application_number": record.application_number,
    }
    if not is_indication(feed, pen.office):
        pen.carry("/right", plain["right"])
    shared = set(Trademark.__struct_fields__) | {"right", *_BESIDE}
    for name, value in plain.items():
        if name not in shared:
            pen.carry_all(value, f"/{name}")
    _write_mark(pen, mark)


def _write_mark(pen: Quill, record: Trademark) -> None:
    operation = record.transaction.operation if record.transaction else ""
    if pen.keeps(operation) and operation.isprintable():
        pen.out.append(f'<TradeMark operationCode="{escaped(operation)}">')
    else:
        pen.out.append("<TradeMark>")
        if operation:
            pen.carry("/transaction/operation", operation)
    flags = Flags(pen, record.mark.flags)
    ties = Ties(pen, record.references)
    _write_head(pen, record)
    write_designations(pen, record.designations)
    ties.write_related()
    _write_kinds(pen, record, flags)
    write_images(pen, record.mark)
    write_goods(pen, record)
    write_priorities(pen, record.priorities)
    ties.write_seniorities()
    pen.arrange("/publications", pen.entries(
        "PublicationDetails", record.publications, "/publications", write_publication))  # fmt: skip
    _write_parties(pen, record)
    recordals = _delivered(record, pen.office)
    pen.arrange("/recordals", pen.entries("MarkRecordDetails", recordals, "/recordals", write_recordal))
    write_words(pen, record.mark, flags)
    flags.done()
    _write_holders(pen, record.holders)
    pen.arrange("/events", pen.entries("wo:MarkEventDetails", record.events, "/events", write_event))
    pen.text("wo:MarkCurrentStatusCode", record.office_status, "/office_status")
    place = pen.hold_documents()
    _carry_rest(pen, record)
    pen.fill_documents(place)
    pen.out.append("</TradeMark>")


def _write_head(pen: Pen, record: Trademark) -> None:
    """Office, numbers, dates, languages."""
    if record.office in WIPO:
        pen.put("RegistrationOfficeCode", record.office)
    else:
        pen.carry("/office", record.office)
    pen.country("ReceivingOfficeCode", record.receiving_office, "/receiving_office", WIPO)
    pen.date("ReceivingOfficeDate", record.receiving_date, "/receiving_date")
    _write_number(pen, "ApplicationNumber", record.application_number, "/application_number")
    pen.date("ApplicationDate", record.application_date, "/application_date")
    _write_number(pen, "RegistrationNumber", record.registration_number, "/registration_number")
    pen.date("RegistrationDate", record.registration_date, "/registration_date")
    pen.text("FilingPlace", record.filing_place, "/filing_place")
    pen.text("ApplicationReference", record.file_reference, "/file_reference")
    _write_language(pen, "ApplicationLanguageCode", record.application_language, "/application_language")
    _write_language(pen, "SecondLanguageCode", record.second_language, "/second_language")
    pen.date("ExpiryDate", record.expiry_date, "/expiry_date")
    pen.date("TerminationDate", record.termination_date, "/termination_date")
    pen.date("MarkCurrentStatusDate", record.status_date, "/status_date")


def _write_number(pen: Pen, tag: str, number: str, pointer: str) -> None:
    if number.endswith("-"):
        pen.carry(pointer, number)
    else:
        pen.text(tag, number, pointer)


def _write_language(pen: Pen, tag: str, code: str, pointer: str) -> None:
    if not code:
        return
    tags = pen.office.language_tags.get(code.lower(), ())
    read_as = tags[0] if tags else pen.lookups.language(code, code)
    if code in FIRST_LANGUAGES and read_as == code:
        pen.put(tag, code)
    else:
        pen.carry(pointer, code)


def _write_kinds(pen: Pen, record: Trademark, flags: Flags) -> None:
    """The international number, the kind of mark, and what the sign is."""
    if pen.keeps(record.international_number):
        pen.out.append("<InternationalMarkKey>")
        pen.put("Identifier", record.international_number)
        pen.out.append("</InternationalMarkKey>")
    elif record.international_number:
        pen.carry("/international_number", record.international_number)
    for index, kind in enumerate(record.kinds):
        if index == 0 and pen.keeps(kind) and pen.lookups.word("kinds", kind) == kind:
            pen.put("KindMark", kind)
        else:
            pen.carry(f"/kinds/{index}", kind)
    write_description(pen, record.mark, flags)
    pen.lines("Comment", record.notes, "/notes", most=1, tagged=False)
    pen.date("OppositionPeriodStartDate", record.opposition_start, "/opposition_start")
    pen.date("OppositionPeriodEndDate", record.opposition_end, "/opposition_end")


def _write_parties(pen: Pen, record: Trademark) -> None:
    for prefix, field in (("Applicant", "applicants"), ("Representative", "representatives")):

        def one(pen: Pen, party: Party, pointer: str, prefix: str = prefix) -> None:
            write_party(pen, party, pointer, prefix)

        pen.arrange(f"/{field}", pen.entries(f"{prefix}Details", getattr(record, field), f"/{field}", one))
    for index, party in enumerate(record.correspondents):
        if index:
            pen.carry_all(party, f"/correspondents/{index}")
        else:
            pen.entry(party, "/correspondents/0", lambda party=party: _write_correspondent(pen, party))  # type: ignore[misc]  # mypy infers no default of a lambda


def _write_correspondent(pen: Pen, one: Party) -> None:
    place = "/correspondents/0"
    pen.out.append("<CorrespondenceAddress>")
    if one.identifier == "0":
        pen.carry(f"{place}/identifier", one.identifier)
    else:
        pen.text("CorrespondenceAddressIdentifier", one.identifier, f"{place}/identifier")
    pen.text("CorrespondenceAddressParty", one.role, f"{place}/role")
    write_book(pen, one, place, "CorrespondenceAddressBook")
    pen.out.append("</CorrespondenceAddress>")
    for name in (
        "nationality",
        "legal_entity",
        "incorporation",
        "establishment",
        "domicile",
        "from_date",
        "to_date",
    ):
        if getattr(one, name):
            pen.carry(f"{place}/{name}", getattr(one, name))


def _write_holders(pen: Pen, holders: tuple[Party, ...]) -> None:
    """Holders, in the offices' own elements: the standard has applicants alone."""

    def one(pen: Pen, party: Party, pointer: str) -> None:
        write_party(pen, party, pointer, "Holder", space="wo:")

    pen.arrange("/holders", pen.entries("wo:HolderDetails", holders, "/holders", one))


def _delivered(record: Trademark, office: Office) -> tuple[Recordal, ...]:
    """The recorded acts without the last, where the header says that one by itself."""
    said = act_of(record.transaction, office)
    if said and record.recordals and record.recordals[-1] == Recordal(kind=said):
        return record.recordals[:-1]
    return record.recordals


def _carry_rest(pen: Pen, record: Trademark) -> None:
    """What neither the standard nor the offices have an element for."""
    if record.subtype != subtype_of(record.transaction, pen.office):
        pen.carry("/subtype", record.subtype)
    if record.transaction == Transaction():
        pen.carry_entry("/transaction")
    if record.identifier:
        pen.carry("/identifier", record.identifier)
    if record.duration_years is not None:
        pen.carry("/duration_years", str(record.duration_years))
    header = record.transaction
    words = (
        {header.operation.casefold(), header.sub_code.casefold(), header.code.casefold()} if header else set()
    )
    if record.deleted and not words & (DELETE | set(pen.office.deletions)):
        pen.carry("/deleted", "True")
    pen.carry_all(record.kept, "/kept")
    pen.carry_all(record.extra, "/extra")
