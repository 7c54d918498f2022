"""The reader of one case file: one walk over the tree by the tables, then what needs all of it."""

from functools import partial

import msgspec

from ipregister.exchange.uspto.case import CaseSheet, step
from ipregister.exchange.uspto.goods import CLASSIFICATION, STATEMENT, settle_statements
from ipregister.exchange.uspto.header import HEADER, settle_cancellation
from ipregister.exchange.uspto.links import DESIGNS, EVENT, FOREIGN, INTERNATIONAL, MADRID, PRIOR
from ipregister.exchange.uspto.people import CORRESPONDENT, OWNERS, settle_owners
from ipregister.exchange.xml.rules import Rule, group, inside, lines, table, text
from ipregister.exchange.xml.sheet import TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, local_name, parse
from ipregister.exchange.xml.walking import filled
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

CASE_FILE: Rule = group(
    {
        "serial-number": text("application_number"),
        "registration-number": text("registration_number"),
        "transaction-date": step("transaction-date", "notified"),
        "case-file-header": group({**HEADER, "mark-identification": inside("mark", lines("verbal"))}),
        "case-file-statements": group({"case-file-statement": STATEMENT}),
        "case-file-event-statements": group({"case-file-event-statement": EVENT}),
        "prior-registration-applications": PRIOR,
        "foreign-applications": FOREIGN,
        "classifications": group({"classification": CLASSIFICATION}),
        "correspondent": CORRESPONDENT,
        "case-file-owners": OWNERS,
        "design-searches": DESIGNS,
        "international-registration": INTERNATIONAL,
        "madrid-international-filing-requests": MADRID,
    }
)
ROOTS = table({"case-file": CASE_FILE})


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one `case-file` with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    root = parsed.root
    if root is None:
        return parsed.refused()
    rule = ROOTS.get(str(root.tag))
    if rule is None:
        return parsed.refused("not-a-record", f"root element {local_name(str(root.tag))}")
    try:
        sheet = filled(parsed, root, rule, partial(CaseSheet, office))
    except TooDeep:
        return parsed.refused("too-deep")
    settle_statements(sheet)
    settle_owners(sheet)
    settle_cancellation(sheet, sheet.record)
    status = sheet.record.get("office_status")
    if status and sheet.lookups.word("statuses", status) is None:
        sheet.find("unknown-status", "/office_status", status)
    reading = sheet.done(parsed)
    return msgspec.structs.replace(reading, used=tuple(sheet.used))
