"""The writer of ST.86 design documents, as the offices' exports have them.

The standard has no place for everything: the document is read back, and what came back otherwise is put right at the
end of the application, in `ipr:Register`, which other readers skip. Callers hand over what may go out (`model.publicity`).
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from ipregister.exchange.amended import amendments
from ipregister.exchange.st66.carried import SPACE
from ipregister.exchange.st86.page import Page, attribute
from ipregister.exchange.st86.pages import (
    DESIGN_FLAGS,
    write_citations,
    write_events,
    write_exhibitions,
    write_priorities,
    write_products,
    write_publications,
    write_related,
    write_specimens,
    write_views,
)
from ipregister.exchange.st86.people import (
    write_correspondents,
    write_designations,
    write_oppositions,
    write_parties,
    write_staff,
)
from ipregister.exchange.st86.reader import read
from ipregister.exchange.st96.losses import Lost, writable
from ipregister.exchange.xml.quill import comment, escaped
from ipregister.model.design import Design, DesignEvent, DesignParty, DesignPriority, SingleDesign
from ipregister.model.event import Recordal
from ipregister.model.offices import Office
from ipregister.model.right import Publication, Reference

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ROOT = (
    'Transaction xmlns="http://www.wipo.int/standards/XMLSchema/designs"'
    ' xmlns:wo="http://www.wipo.int/standards/XMLSchema/wo-designs"'
)


class Written(Struct, frozen=True):
    """A document, and every value that does not come back from it as it was."""

    document: bytes
    losses: tuple[Lost, ...] = ()


class Said(Struct, frozen=True):
    """What is said in the element of one design: its own, and of the only design also what the record says."""

    number: str
    registered: str | None
    expires: str | None
    status: str
    status_date: str | None
    deferment: str
    period: str
    unit: str
    priorities: Sequence[DesignPriority]
    publications: Sequence[Publication]
    references: Sequence[Reference]
    recordals: Sequence[Recordal]
    applicants: Sequence[DesignParty]
    representatives: Sequence[DesignParty]
    events: Sequence[DesignEvent]


def write(record: Design, office: Office) -> bytes:
    """A record as a document of its own. What it cannot hold: `compose`."""
    return compose(record, office).document


def compose(record: Design, office: Office) -> Written:
    """A record as a document of its own, with the report of what is lost in it."""
    whole, losses = writable(record)
    return Written(_complete(whole, office).encode(), losses)


def bulk_start() -> str:
    """What a file of many records begins with."""
    return f"{DECLARATION}<Transactions>\n"


def bulk_entry(record: Design, office: Office, remark: str = "") -> str:
    """A record in a file of many: one line, after a comment, which also names what is lost."""
    whole, losses = writable(record)
    if losses:
        remark = f"{remark} Lost: {'; '.join(f'{one.pointer} ({one.why})' for one in losses)}".strip()
    body = _complete(whole, office).removeprefix(DECLARATION).replace("\n", "&#10;")
    return comment(remark) + body + "\n"


def bulk_end() -> str:
    """What a file of many records ends with."""
    return "</Transactions>\n"


def _complete(record: Design, office: Office) -> str:
    """The document, with what must be put right in the record that is read from it."""
    plain = _document(record)
    found = amendments(record, read(plain.encode(), office).record)
    if not found:
        return plain
    head, end, tail = plain.rpartition("</DesignApplication>")
    values = "".join(
        f'<ipr:Value kind="{one.kind}"{attribute("pointer", one.pointer)}>{escaped(one.value)}</ipr:Value>'
        for one in found
    )
    return f'{head}<ipr:Register xmlns:ipr="{SPACE}">{values}</ipr:Register>{end}{tail}'


def _document(record: Design) -> str:
    page = Page()
    header = record.transaction
    operation = header.operation if header is not None else ""
    page.out.append(f"<{_ROOT}><DesignTransactionBody><TransactionContentDetails>")
    if header is not None:
        page.fields(
            header,
            {
                "TransactionIdentifier": "identifier",
                "TransactionCode": "code",
                "TransactionSubCode": "sub_code",
            },
        )
    page.out.append("<TransactionData><DesignApplicationDetails>")
    page.begin("DesignApplication", operationCode=operation)
    _write_application(page, record)
    page.out.append(
        "</DesignApplication></DesignApplicationDetails></TransactionData></TransactionContentDetails>"
        "</DesignTransactionBody></Transaction>"
    )
    return f"{DECLARATION}{''.join(page.out)}"


def _write_application(page: Page, record: Design) -> None:
    page.put("RegistrationOfficeCode", record.office)
    page.fields(
        record,
        {
            "ReceivingOfficeCode": "receiving_office",
            "ReceivingOfficeDate": "receiving_date",
            "ReceiptNumber": "receipt_number",
        },
    )
    page.put("SealedDepositIndicator", "true" if "SEALED" in record.kinds else "")
    page.fields(
        record,
        {
            "DesignApplicationNumber": "application_number",
            "DesignApplicationDate": "application_date",
            "FilingPlace": "filing_place",
            "DesignApplicationReference": "file_reference",
            "DesignApplicationLanguageCode": "application_language",
            "SecondLanguageCode": "second_language",
            "CorrespondenceLanguageCode": "correspondence_language",
        },
    )
    page.put("TotalDesign", "" if record.designs_count is None else str(record.designs_count))
    write_designations(page, record.designations)
    several = len(record.designs) > 1
    if several:
        write_parties(page, "Applicant", record.applicants)
        write_parties(page, "Representative", record.representatives)
        write_events(page, record.events)
    write_parties(page, "Designer", record.designers)
    page.group("DesignDetails", lambda: _write_designs(page, record, several=several))
    write_correspondents(page, record.correspondents)
    page.group(
        "DesignApplicationStatementDetails",
        lambda: page.lines("DesignApplicationStatementText", record.notes),
    )


def _write_designs(page: Page, record: Design, *, several: bool) -> None:
    """The designs, up to one of which the standard can say nothing: the next would be read in its place."""
    for one in record.designs or (SingleDesign(),):
        source: Any = one if several else record
        said = Said(
            number=source.registration_number,
            registered=source.registration_date,
            expires=source.expiry_date,
            status=source.office_status,
            status_date=source.status_date,
            deferment=source.deferment_requested,
            period=source.deferment_period,
            unit=source.deferment_unit,
            priorities=source.priorities,
            publications=source.publications,
            references=source.references,
            recordals=source.recordals,
            applicants=source.applicants,
            representatives=source.representatives,
            events=source.events,
        )
        before = len(page.out)
        page.group("Design", lambda one=one, said=said: _write_design(page, one, said))  # type: ignore[misc]  # mypy infers no default of a lambda
        if len(page.out) == before:
            return


def _write_design(page: Page, one: SingleDesign, said: Said) -> None:
    page.fields(one, {"DesignIdentifier": "identifier", "DesignReference": "reference"})
    page.put("RegistrationNumber", said.number)
    page.put("RegistrationDate", said.registered)
    page.lines("DesignTitle", one.titles)
    page.lines("DesignDescription", one.descriptions)
    page.lines("NoveltyStatement", one.novelty_statements)
    page.lines("PartialDisclaimer", one.disclaimers)
    page.put("PublicationDefermentIndicator", said.deferment)
    page.put("DefermentPeriod", said.period, attribute("periodCode", said.unit))
    page.flags(one.flags, DESIGN_FLAGS)
    page.put("ExpiryDate", said.expires)
    page.put("DesignCurrentStatusCode", said.status)
    page.put("DesignCurrentStatusDate", said.status_date)
    write_specimens(page, one.specimens)
    write_views(page, one.views)
    write_products(page, one.products)
    write_priorities(page, said.priorities)
    write_exhibitions(page, one.exhibitions)
    write_related(page, said.references)
    write_staff(page, one.examiners)
    write_publications(page, said.publications)
    write_citations(page, one.citations)
    write_parties(page, "Applicant", said.applicants)
    write_parties(page, "Representative", said.representatives)
    write_parties(page, "Designer", one.designers)
    write_events(page, said.events)
    write_oppositions(page, said.recordals)
