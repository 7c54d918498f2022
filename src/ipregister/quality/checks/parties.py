"""Applicants, holders and representatives."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ipregister.model.design import Design
from ipregister.model.finding import Finding, FindingKind
from ipregister.model.party import Party
from ipregister.model.right import Right
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_PLACEHOLDER = re.compile(
    r"[\W_]*|(?:unknown|not known|no name|nil|none|null|n/?a|test(?:ing)?|xxx+|tbd|to be (?:advised|confirmed)"
    r"|не указано|нет|tidak diketahui|không rõ)\W*",
    re.IGNORECASE,
)
_OWNED = frozenset({"patent", "utility-model", "design", "work"})
"""Rights beside trademarks that somebody must have."""
_LETTER = re.compile(r"[^\W\d_]")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

APPLICANT = FindingKind(
    "applicant-missing",
    "error",
    "The record names no applicant and no holder.",
    remedies.ADD,
    "INID 730, 732",
)
NAMELESS = FindingKind("party-name-missing", "error", "A party has no name.", remedies.ADD, "INID 730, 732")
REPRESENTATIVE = FindingKind(
    "representative-name-missing", "warning", "A representative has no name.", remedies.ADD, "INID 740"
)
COUNTRYLESS = FindingKind(
    "party-country-missing",
    "warning",
    "The country of “{name}” is missing.",
    remedies.ADD,
    "INID 730, 732; WIPO ST.3",
)
PLACEHOLDER = FindingKind(
    "party-name-placeholder", "warning", "“{value}” is no name.", remedies.CORRECT, "INID 730, 732, 740"
)
LETTERLESS = FindingKind(
    "party-name-digits",
    "warning",
    "The name “{value}” has no letters.",
    remedies.CORRECT,
    "INID 730, 732, 740",
)
REPEATED = FindingKind(
    "party-repeated",
    "notice",
    "The party “{value}” is given twice in the same role.",
    remedies.SPLIT,
    "INID 730, 732",
)
ROLE = FindingKind(
    "role-dates",
    "warning",
    "The role of “{name}” ends on {value}, before it begins on {start}.",
    remedies.CORRECT_DATE,
    "INID 730, 732",
)
MAIL = FindingKind("email-form", "notice", "“{value}” is no e-mail address.", remedies.CORRECT, "RFC 5322")


def presence(case: Case[Right]) -> Iterator[Finding]:
    """There is an applicant or holder, each has a name and a country."""
    record = case.record
    nobody = not (
        record.applicants or record.holders or case.is_kept("/applicants") or case.is_kept("/holders")
    )
    owned = record.subtype in ("TRADEMARK", "SLOGAN") if case.right == "trademark" else case.right in _OWNED
    if nobody and owned and not _of_designs(record):
        yield found(APPLICANT, "/applicants")
    for role, parties in (("applicants", record.applicants), ("holders", record.holders)):
        for place, party in enumerate(parties):
            name = name_of(party)
            if not name and not case.is_kept(f"/{role}/{place}/"):
                yield found(NAMELESS, f"/{role}/{place}/names")
            if not (party.country or party.nationality or party.domicile):
                path = f"/{role}/{place}/country"
                if path not in case.kept:
                    yield found(COUNTRYLESS, path, name=name)
    for place, party in enumerate(record.representatives):
        if not name_of(party) and not case.is_kept(f"/representatives/{place}/"):
            yield found(REPRESENTATIVE, f"/representatives/{place}/names")


def _of_designs(record: Right) -> bool:
    """Whether the applicants are named design by design."""
    return isinstance(record, Design) and any(design.applicants for design in record.designs)


def name_of(party: Party) -> str:
    """The first name of a party in any form, empty where it has none."""
    for texts in (party.names, party.organization_names, party.last_names, party.first_names):
        if texts:
            return texts[0].text
    return ""


def names(case: Case[Right]) -> Iterator[Finding]:
    """Names are names; nobody is named twice in a role; a role ends after it began."""
    record = case.record
    for role, parties in (
        ("applicants", record.applicants),
        ("holders", record.holders),
        ("representatives", record.representatives),
    ):
        for place, party in enumerate(parties):
            for line, text in enumerate(party.names):
                kind = _name_fault(text.text)
                if kind:
                    yield found(kind, f"/{role}/{place}/names/{line}/text", text.text)
        if len(parties) > 1:
            yield from _repeated(role, parties)


@lru_cache(maxsize=8192)
def _name_fault(name: str) -> FindingKind | None:
    if _PLACEHOLDER.fullmatch(name):
        return PLACEHOLDER
    return None if _LETTER.search(name) else LETTERLESS


def _repeated(role: str, parties: tuple[Party, ...]) -> Iterator[Finding]:
    seen = set()
    for place, party in enumerate(parties):
        name = name_of(party)
        who = (" ".join(name.split()).casefold(), party.country, party.address_lines, party.from_date)
        if name and who in seen:
            yield found(REPEATED, f"/{role}/{place}", name)
        seen.add(who)


def details(case: Case[Right]) -> Iterator[Finding]:
    """Dates of roles and e-mail addresses."""
    record = case.record
    for role, parties in (
        ("applicants", record.applicants),
        ("holders", record.holders),
        ("representatives", record.representatives),
        ("correspondents", record.correspondents),
    ):
        for place, party in enumerate(parties):
            start, end = party.from_date, party.to_date
            if start and end and end < start:
                yield found(ROLE, f"/{role}/{place}/to_date", end, start=start, name=name_of(party))
            for number, mail in enumerate(party.contact.email if party.contact else ()):
                if not _MAIL.fullmatch(mail.strip()):
                    yield found(MAIL, f"/{role}/{place}/contact/email/{number}", mail)


RULES: tuple[Rule[Right], ...] = (
    Rule((APPLICANT, NAMELESS, REPRESENTATIVE, COUNTRYLESS), presence),
    Rule((PLACEHOLDER, LETTERLESS, REPEATED), names),
    Rule((ROLE, MAIL), details),
)
