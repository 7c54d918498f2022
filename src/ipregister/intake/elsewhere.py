"""Documents of patents that are no record of the office: members of a family that belong to other offices."""

import re

from ipregister.model.offices import Office
from ipregister.model.patent import Patent
from ipregister.model.record import Record

ELSEWHERE = "member-of-another-office"
"""Reason of quarantine and finding code."""
_MEMBER = re.compile(rb"\s*(?:<\?[^>]*>\s*)*<(?:[\w.-]+:)?family-member\b")


def member_of(raw: bytes, record: Record, office: Office) -> str:
    """The office to which a member of a family belongs, where it is another one; else empty."""
    strange = isinstance(record, Patent) and record.office not in ("", office.code)
    return record.office if strange and _MEMBER.match(raw) else ""
