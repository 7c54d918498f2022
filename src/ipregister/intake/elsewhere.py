"""Documents of patents that are no record of the office by themselves: members of a family that belong to other offices,
and the parts of a publication (claims, description, abstract) that do not tell their application."""

import re

from ipregister.model.offices import Office
from ipregister.model.patent import Patent
from ipregister.model.record import Record

ELSEWHERE, ALONE_PARTS = "member-of-another-office", "publication-parts"
"""Reasons of quarantine and finding codes."""
_MEMBER = re.compile(rb"\s*(?:<\?[^>]*>\s*)*<(?:[\w.-]+:)?family-member\b")


def member_of(raw: bytes, record: Record, office: Office) -> str:
    """The office to which a member of a family belongs, where it is another one; else empty."""
    strange = isinstance(record, Patent) and record.office not in ("", office.code)
    return record.office if strange and _MEMBER.match(raw) else ""


def parts_of(record: Record) -> str:
    """The publication of which a record without an application number tells parts; empty for none."""
    if not isinstance(record, Patent) or record.application_number:
        return ""
    return next(
        (f"{one.identifier} {one.kind_code}".strip() for one in record.publications if one.identifier), ""
    )
