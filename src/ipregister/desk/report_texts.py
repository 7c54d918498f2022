"""The texts of clearance reports in the language of who asks: headings, the question, why a hit is there."""

from ipregister.desk.clearance import NOT_ASKED, ClearHit, Report
from ipregister.desk.words import (
    BANDS,
    BY_PRIORITY,
    GOODS,
    GROUPS,
    OWNERS,
    PICTURE_ALIKE,
    Language,
    finding,
)

TITLE = "Clearance report"
HEADINGS = ("Mark", "Record", "Office", "Owner", "Classes", "State", "Earliest day", "Why (score)")
"""Columns of the tables of hits on paper."""
COVERAGE = ("Office", "Published marks", "Data to", "What cannot be seen")
"""Columns of the table of offices."""
PARTS = ("Summary", "Closeness", "Coverage", "all")
SHEETS = ("Names", "Hits", "Coverage", "Question")
"""Sheets of the workbook."""
HIT = ("Asked", "Closeness", "State", "Mark", "Record", "Office", "Numbers", "Owner", "Classes", "Goods", "Goods score", "Status",
       "Earliest day", "Score", "Picture score", "Why", "Is it the applicant's?")  # fmt: skip
"""Columns of the sheet of hits."""
OF_NAMES = ("In force or pending", "Closest")
WHAT, VALUE, FINDING, NOTE = "What", "Value", "Finding", "Note"
MANY_NAMES = "%(n)s names: see the sheet of names"
PER_NAME = "per name"
OF_EACH_NAME = ("Classes", "Applicant")
"""Lines of the question in which the names of a list may differ."""
NOT_LOOKED_AT = (
    "This report lists published records that are like the mark asked for. It is no legal opinion and no permission. Not looked at: "
    "applications that are not published yet, priorities that are still to be claimed, marks in use without registration, company and "
    "domain names, offices that are not in the table of coverage."
)
QUESTION = ("Names", "Pictures (SHA-256)", "Classes", "Goods", "Offices", "Scripts", "Earlier than", "Applicant", "Made", "Program", "Algorithms",
            "Register at change", "Names compared to change", "Digest of the coverage", "Head of the public log")  # fmt: skip
"""Lines of the question and of the state of the register."""
SENTENCES = tuple(dict.fromkeys((TITLE, *HEADINGS, *COVERAGE, *PARTS, *SHEETS, *HIT, *OF_NAMES, WHAT, VALUE, FINDING, NOTE, MANY_NAMES, PER_NAME,
                                 NOT_LOOKED_AT, *QUESTION)))  # fmt: skip
"""All sentences of this module, for who translates them."""


def why(hit: ClearHit, language: Language) -> str:
    """Why a hit is there, in a line."""
    found = [language.reason(reason) for reason in hit.reasons]
    if hit.picture:
        found.append(language.say(PICTURE_ALIKE) % {"score": f"{hit.picture_score:.2f}"})
    if hit.goods in {"like-goods", "same-class"}:
        found += [language.reason(reason) for reason in hit.goods_reasons] or [language.say(GOODS[hit.goods])]
    return "; ".join(found)


def goods(hit: ClearHit, language: Language) -> str:
    """How the goods of a hit stand; empty where none were asked for."""
    return "" if hit.goods == NOT_ASKED else language.say(GOODS[hit.goods])


def own(hit: ClearHit, language: Language) -> str:
    """Whether the owner of a hit is the applicant; empty where it seems not, or no applicant was named."""
    return language.say(OWNERS[hit.same_owner]) if hit.same_owner else ""


def band(code: str, language: Language) -> str:
    """A band as a heading."""
    text = language.say(BANDS[code])
    return text[:1].upper() + text[1:]


def group(code: str, language: Language) -> str:
    """A group as a heading."""
    return language.say(GROUPS[code])


def day_of(hit: ClearHit, language: Language) -> str:
    """The day that counts for a hit."""
    day = language.day(hit.standing.day) if hit.standing.day else ""
    return language.say(BY_PRIORITY) % {"day": day} if hit.standing.by_priority else day


def question(report: Report, language: Language) -> list[tuple[str, str]]:
    """The question and the state of the register, as lines of a table."""
    asked, algorithms, register = report.question, report.algorithms, report.register
    everything = language.say("all")
    values = (
        " | ".join(asked.names), " ".join(asked.pictures), " ".join(map(str, asked.classes)) or everything, asked.goods,
        ", ".join(map(language.office, asked.offices)) or everything, " ".join(asked.scripts) or everything, language.day(asked.day),
        asked.applicant,
        report.made, report.program,
        ", ".join((algorithms.names, algorithms.pictures, algorithms.goods, algorithms.indications, algorithms.closeness, algorithms.parties)),
        str(register.change), str(register.names_change), register.coverage_digest,
        f"{register.log_size}: {register.log_root}" if register.log_root else "",
    )  # fmt: skip
    return [(language.say(what), value) for what, value in zip(QUESTION, values, strict=True)]


def findings(report: Report, language: Language) -> list[str]:
    """What the report could not do, as sentences."""
    return [finding(code, argument, language) for code, argument in report.findings]
