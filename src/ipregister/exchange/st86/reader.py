"""The reader of one ST.86 design application: one walk over the tree by the tables, then what follows from the whole.

Elements may stand in the namespace of the standard, in the offices' own, or in any other: then their local names count.
"""

from functools import partial

import msgspec

from ipregister.exchange.amending import put_right
from ipregister.exchange.st86.designs import APPLICATION
from ipregister.exchange.st86.whole import finish
from ipregister.exchange.st96.carried import CarryingSheet
from ipregister.exchange.xml.rules import Container, group, inside, table, text
from ipregister.exchange.xml.sheet import TooDeep
from ipregister.exchange.xml.slices import MAX_BYTES, Parsed, local_name, parse
from ipregister.exchange.xml.transactions import Several, enter, only
from ipregister.exchange.xml.walking import bare, filled
from ipregister.model.evidence import Reading
from ipregister.model.offices import Office

_APPLICATION = Container(APPLICATION, enter, guard=only)
_DETAILS = group({"DesignApplication": _APPLICATION})
_CONTENT = group(
    {
        "TransactionIdentifier": inside("transaction", text("identifier")),
        "TransactionCode": inside("transaction", text("code")),
        "TransactionSubCode": inside("transaction", text("sub_code")),
        "TransactionData": group({"DesignApplicationDetails": _DETAILS, "DesignApplication": _APPLICATION}),
    }
)
_BODY = group({"TransactionContentDetails": _CONTENT})
_TRANSACTION = group({"DesignTransactionBody": _BODY})

ROOTS = table(
    {
        "Transactions": group({"Transaction": _TRANSACTION}),
        "Transaction": _TRANSACTION,
        "DesignTransactionBody": _BODY,
        "TransactionContentDetails": _CONTENT,
        "DesignApplicationDetails": _DETAILS,
        "DesignApplication": _APPLICATION,
    }
)
"""Elements that may be the root of a record."""


def read(raw: bytes, office: Office, limit: int = MAX_BYTES) -> Reading:
    """The record of one raw ST.86 slice with its evidence; never raises for bad input."""
    parsed = parse(raw, office.encodings, limit, quick=True)
    root = parsed.root
    if root is None:
        return parsed.refused()
    tag = local_name(str(root.tag))
    if str(root.tag) not in ROOTS:
        bare(root)
    if str(root.tag) not in ROOTS:
        return parsed.refused("not-a-record", f"root element {tag}")
    try:
        return _read(parsed, office, tag, amending=True)
    except TooDeep:
        return parsed.refused("too-deep")
    except Several:
        return parsed.refused("several-records")
    except msgspec.ValidationError:  # what is carried makes no record: it goes beside the record instead
        return _read(parsed, office, tag, amending=False)


def _read(parsed: Parsed, office: Office, tag: str, *, amending: bool) -> Reading:
    make = partial(CarryingSheet, office, "design")
    root = parsed.root
    sheet = make() if root is None else filled(parsed, root, ROOTS[str(root.tag)], make)
    if not sheet.record.pop("_seen", False):
        return parsed.refused("not-a-record", "no DesignApplication")
    if tag != "DesignApplication" and "transaction" not in sheet.record:
        sheet.find("header-missing")
    finish(sheet)
    put_right(sheet, amending=amending)
    return sheet.done(parsed)
