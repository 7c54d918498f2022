"""Patents and utility models: title, classification, inventors, claims, priorities, kind of document."""

import re
from collections.abc import Iterator

from ipregister.model.finding import Finding, FindingKind
from ipregister.model.patent import Patent
from ipregister.model.status import add_months
from ipregister.quality import remedies
from ipregister.quality.rule import Case, Rule, found

_SYMBOL = re.compile(r"[A-HY]\d{2}[A-Z](?:\s*\d{1,4}(?:\s*/\s*\d{2,6})?)?", re.ASCII)
_KIND_CODE = re.compile(r"[A-Z]\d?", re.ASCII)
_SCHEMES = {"ipc": "IPC", "cpc": "CPC"}
_MONTHS = 14
"""Twelve months, and two in which the right of priority may be restored."""

TITLE = FindingKind("title-missing", "warning", "The right has no title.", remedies.ADD, "INID 54")
UNCLASSIFIED = FindingKind(
    "ipc-missing",
    "notice",
    "The patent has no symbol of the International Patent Classification.",
    remedies.ADD,
    "INID 51; Strasbourg Agreement, Article 4",
)
SYMBOL = FindingKind(
    "classification-form", "warning", "“{value}” is no symbol of the {scheme}.", remedies.CORRECT, "WIPO ST.8"
)
INVENTOR = FindingKind(
    "inventor-missing",
    "notice",
    "No inventor is named.",
    remedies.ADD,
    "INID 72; Paris Convention, Article 4ter",
)
CLAIMS = FindingKind(
    "claims-count",
    "warning",
    "The record says {value} claims, but holds {count}.",
    remedies.COMPARE,
    "INID 57",
)
EARLY = FindingKind(
    "priority-over-year",
    "warning",
    "The priority date {value} is more than twelve months before the filing date {filing}.",
    remedies.CORRECT_DATE,
    "Paris Convention, Article 4C(1); INID 32",
)
KIND_CODE = FindingKind(
    "kind-code-form",
    "notice",
    "“{value}” is no kind code of a patent document.",
    remedies.CORRECT,
    "WIPO ST.16",
)


def contents(case: Case[Patent]) -> Iterator[Finding]:
    """What a patent document must say."""
    record = case.record
    if not record.titles and not case.is_kept("/titles"):
        yield found(TITLE, "/titles")
    if not record.classifications and not case.is_kept("/classifications"):
        yield found(UNCLASSIFIED, "/classifications")
    if not record.inventors and not case.is_kept("/inventors"):
        yield found(INVENTOR, "/inventors")
    if record.claims_count is not None and record.claims and record.claims_count != len(record.claims):
        yield found(CLAIMS, "/claims_count", str(record.claims_count), count=str(len(record.claims)))


def codes(case: Case[Patent]) -> Iterator[Finding]:
    """Forms of classification symbols and kind codes."""
    record = case.record
    for place, item in enumerate(record.classifications):
        scheme = _SCHEMES.get(item.scheme)
        if scheme and item.symbol and not _SYMBOL.match(" ".join(item.symbol.upper().split())):
            yield found(SYMBOL, f"/classifications/{place}/symbol", item.symbol, scheme=scheme)
    if record.kind_code and not _KIND_CODE.fullmatch(record.kind_code):
        yield found(KIND_CODE, "/kind_code", record.kind_code)


def priorities(case: Case[Patent]) -> Iterator[Finding]:
    """Priorities not older than the Convention allows."""
    filed = case.record.application_date
    if not filed or case.continues_a_right or case.record.international_date:
        return
    for place, priority in enumerate(case.record.priorities):
        date = priority.date
        if date and len(date) == 10 and len(filed) == 10 and add_months(date, _MONTHS) < filed:
            yield found(EARLY, f"/priorities/{place}/date", date, filing=filed)


RULES: tuple[Rule[Patent], ...] = (
    Rule((TITLE, UNCLASSIFIED, INVENTOR, CLAIMS), contents),
    Rule((SYMBOL, KIND_CODE), codes),
    Rule((EARLY,), priorities),
)
