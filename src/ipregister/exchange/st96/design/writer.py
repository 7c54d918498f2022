"""The writer of ST.96 V6.0 design applications, valid against the standard's schema.

What the standard has elements for is written, and read back; what came back otherwise is put right in documents of the
bag of included documents, each with the JSON pointer as its name. Callers hand over what may go out: for anybody but
the office that is the public projection of the record (`model.publicity`).
"""

from typing import Any

from ipregister.exchange.amended import ABSENT, ENTRY, VALUE, Amendment, amendments
from ipregister.exchange.st86.page import Page
from ipregister.exchange.st96 import words
from ipregister.exchange.st96.design import written
from ipregister.exchange.st96.design.reader import FLAGS, read
from ipregister.exchange.st96.design.written_parties import (
    write_applicants,
    write_correspondent,
    write_designers,
    write_representatives,
)
from ipregister.exchange.st96.losses import writable
from ipregister.exchange.st96.words import BOOLEANS, COMMON, LANGUAGES, OFFICES, VERSION
from ipregister.exchange.st96.writer import Written
from ipregister.exchange.xml.quill import comment
from ipregister.model.design import Design, SingleDesign
from ipregister.model.offices import Office

DESIGN = "http://www.wipo.int/standards/XMLSchema/ST96/Design"
STATES = frozenset({"Filed", "Withdrawn", "Rejected", "Registered", "Cancelled", "Expired", "Undefined"})
PERIODS = frozenset({"In year", "In month", "In week", "In day"})
_TEXT_FLAGS, _COUNTS = frozenset({"publication-kind"}), frozenset({"specimens", "sheets", "colour-views", "black-white-views"})  # fmt: skip
_BEFORE = tuple(
    name for name in FLAGS if name not in ("PublicationKindDescription", "PartialDesignIndicator")
)
_KINDS = {VALUE: words.CARRIED, ENTRY: words.ENTRY, ABSENT: words.ABSENCE}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = f'xmlns:dgn="{DESIGN}" xmlns:com="{COMMON}" com:st96Version="{VERSION}"'
_LONGEST = 9


def write(record: Design, office: Office) -> bytes:
    """A record as a document of its own, root `DesignApplication`. What it cannot hold: `compose`."""
    return compose(record, office).document


def compose(record: Design, office: Office) -> Written:
    """A record as a document of its own, with the report of what is lost in it."""
    whole, losses = writable(record)
    body = _complete(whole, office)
    return Written(f"{_DECLARATION}{body}".encode(), losses)


def bulk_start() -> str:
    """What a file of many records begins with."""
    return f"{_DECLARATION}<dgn:DesignApplicationBag {_SPACES}>\n"


def bulk_entry(record: Design, office: Office, remark: str = "") -> str:
    """A record in a file of many: one line, after a comment, which also names what is lost."""
    whole, losses = writable(record)
    if losses:
        remark = f"{remark} Lost: {'; '.join(f'{one.pointer} ({one.why})' for one in losses)}".strip()
    body = _complete(whole, office).replace("\n", "&#10;")
    return comment(remark) + body + "\n"


def bulk_end() -> str:
    """What a file of many records ends with."""
    return "</dgn:DesignApplicationBag>\n"


def _complete(record: Design, office: Office) -> str:
    head, tail = _application(record, office)
    found = amendments(record, read(f"{head}{tail}".encode(), office).record)
    if not found:
        return head + tail
    page = Page()
    for one in found:
        _write_document(page, one)
    return f"{head}<com:DocumentIncludedBag>{''.join(page.out)}</com:DocumentIncludedBag>{tail}"


def _write_document(page: Page, one: Amendment) -> None:
    page.out.append("<com:DocumentIncluded>")
    page.must("com:DocumentName", one.pointer)
    page.must("com:DocumentKindCategory", _KINDS[one.kind])
    page.must("com:CommentText", one.value)
    page.out.append("</com:DocumentIncluded>")


def _application(record: Design, office: Office) -> tuple[str, str]:
    """The document up to the place of what is put right, and from there on."""
    page = Page("com:languageCode", LANGUAGES)
    page.out.append(f"<dgn:DesignApplication {_SPACES}>")
    page.put("com:RegistrationOfficeCode", record.office if record.office in OFFICES else "XX")
    page.coded("com:ReceivingOfficeCode", record.receiving_office, OFFICES)
    page.day("com:ReceivingOfficeDate", record.receiving_date)
    page.put("dgn:ReceiptNumber", record.receipt_number)
    page.put("dgn:SealedDepositIndicator", "true" if "SEALED" in record.kinds else "")
    page.group(
        "com:ApplicationNumber", lambda: page.put("com:ApplicationNumberText", record.application_number)
    )
    page.put("com:InternationalRegistrationNumber", record.international_number)
    page.put("com:FilingPlace", record.filing_place)
    page.put("com:ApplicantFileReference", record.file_reference)
    page.coded("dgn:DesignApplicationLanguageCode", record.application_language, LANGUAGES)
    page.coded("com:SecondLanguageCode", record.second_language, LANGUAGES)
    count = record.designs_count
    page.put("dgn:DesignTotalQuantity", str(count) if count is not None and count >= 0 else "")
    page.coded("com:CorrespondenceLanguageCode", record.correspondence_language, LANGUAGES)
    written.write_designations(page, record.designations)
    page.out.append("<dgn:DesignBag>")
    for one in record.designs or (SingleDesign(),):
        _write_design(page, one, record if len(record.designs) < 2 else one, record, office)
    page.out.append("</dgn:DesignBag>")
    write_applicants(page, record.applicants, record.holders)
    write_representatives(page, record.representatives)
    if len(record.designs) > 1:
        written.write_events(
            page, "DesignApplicationEvent", record.events, ("Filed", "Withdrawn", "Rejected"), office
        )
    head, page.out = "".join(page.out), []
    page.group(
        "dgn:DesignApplicationStatementBag",
        lambda: page.lines("dgn:DesignApplicationStatementText", record.notes[:1]),
    )
    page.day("com:ApplicationDate", record.application_date)
    write_correspondent(page, record.correspondents)
    page.out.append("</dgn:DesignApplication>")
    return head, "".join(page.out)


def _write_design(page: Page, one: SingleDesign, said: Any, record: Design, office: Office) -> None:
    """One design. `said` is the record itself for an only design, of which the record says number, state and parties."""
    page.out.append("<dgn:Design>")
    page.put("dgn:DesignIdentifier", one.identifier)
    page.put("dgn:DesignReference", one.reference)
    page.day("com:RightEffectiveDate", said.effective_date)
    page.put("com:RegistrationNumber", said.registration_number)
    page.day("com:RegistrationDate", said.registration_date)
    _write_words(page, one)
    page.coded("dgn:PublicationDefermentIndicator", said.deferment_requested, ("true", "1"))
    _write_period(page, said)
    for tag in _BEFORE:
        _write_flag(page, one, tag)
    page.day("com:ExpiryDate", said.expiry_date)
    page.coded("dgn:DesignCurrentStatusCategory", said.office_status, STATES)
    page.day("dgn:DesignCurrentStatusDate", said.status_date)
    written.write_specimens(page, one.specimens)
    written.write_views(page, one.views)
    written.write_classes(page, one.products, record.office)
    written.write_priorities(page, said.priorities)
    written.write_exhibitions(page, one.exhibitions)
    written.write_related(page, said.references)
    written.write_publications(page, said.publications)
    written.write_citations(page, one.citations)
    write_applicants(page, one.applicants, ())
    write_representatives(page, one.representatives)
    write_designers(page, one.designers)
    written.write_events(page, "DesignEvent", said.events, ("Withdrawn", "Registered", "Expired"), office)
    page.out.append("</dgn:Design>")


def _write_words(page: Page, one: SingleDesign) -> None:
    """What is said of a design in words, and the flags that stand among them."""
    page.lines("dgn:DesignTitleText", one.titles[:1])
    page.lines("dgn:DesignDescriptionText", one.descriptions)
    for claim in one.claims:
        page.group(
            "dgn:DesignClaim",
            lambda claim=claim: page.group(
                "dgn:DesignClaimTextBag", lambda: page.lines("dgn:DesignClaimText", [claim])
            ),  # type: ignore[misc]  # mypy infers no default of a lambda
        )
    _write_flag(page, one, "PublicationKindDescription")
    page.lines("dgn:NoveltyStatementText", one.novelty_statements[:1])
    _write_flag(page, one, "PartialDesignIndicator")
    page.lines("dgn:PartialDisclaimerText", one.disclaimers[:1])


def _write_flag(page: Page, one: SingleDesign, tag: str) -> None:
    """The first indicator or count of a name, where the standard can hold its value."""
    name = FLAGS[tag]
    value = next((flag.partition("=")[2] for flag in one.flags if flag.partition("=")[0] == name), "")
    number = value.isascii() and value.isdecimal() and len(value) < _LONGEST
    sound = number if name in _COUNTS else value in BOOLEANS
    if value and (name in _TEXT_FLAGS or sound) and name != "views":
        page.put(f"{'com' if tag == 'ColourIndicator' else 'dgn'}:{tag}", value)


def _write_period(page: Page, said: Any) -> None:
    period = said.deferment_period
    if period.isascii() and period.isdecimal() and period.strip("0") and len(period) < _LONGEST:
        unit = f' com:periodCategory="{said.deferment_unit}"' if said.deferment_unit in PERIODS else ""
        page.put("dgn:DefermentPeriod", period, unit)
