"""Records that name another office than the one they are read for; of patents, members of a family of other offices."""

import re

from ipregister.model.finding import Finding
from ipregister.model.offices import Office
from ipregister.model.patent import Patent
from ipregister.model.record import Record
from ipregister.quality.checks.numbers import OFFICE

ELSEWHERE = "member-of-another-office"
"""Reason of quarantine and finding code."""
_MEMBER = re.compile(rb"\s*(?:<\?[^>]*>\s*)*<(?:[\w.-]+:)?family-member\b")


def member_of(raw: bytes, record: Record, office: Office) -> str:
    """The office to which a member of a family belongs, where it is another one; else empty."""
    strange = isinstance(record, Patent) and record.office not in ("", office.code)
    return record.office if strange and _MEMBER.match(raw) else ""


def mismatch(raw: bytes, record: Record, office: Office) -> Finding | None:
    """That a record names another office than the one that it is read for, known or not; None where it does not."""
    if member := member_of(raw, record, office):
        return Finding(ELSEWHERE, "notice", "/office", member, {"office": office.code})
    named = record.office if record.office != office.code else ""
    kept = (one.text.strip() for one in record.kept if (one.field, one.reason) == ("/office", "unknown-code"))
    named = named or next(kept, "")
    return Finding(OFFICE.code, OFFICE.severity, "/office", named, {"office": office.code}) if named else None
