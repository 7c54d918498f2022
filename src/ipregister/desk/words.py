"""The sentences for the codes of the desk, in English, and the language in which a report is told.

English sentences are the keys of the translations: who shows them to people hands in a `Language` that knows others.
"""

from collections.abc import Callable

from msgspec import Struct

from ipregister.desk.blind_period import BlindPeriod
from ipregister.desk.standing import Standing
from ipregister.search.similarity.reasons import Reason


class Language(Struct, frozen=True):
    """How things are said: a sentence of ours, a reason, a day, a number, a derived state, an office."""

    code: str = "en"
    say: Callable[[str], str] = str
    reason: Callable[[Reason], str] = lambda reason: reason.text
    day: Callable[[str], str] = str
    number: Callable[[int], str] = lambda number: f"{number:,}"
    state: Callable[[str], str] = str
    office: Callable[[str], str] = str


ENGLISH = Language()

BANDS = {
    "identical": "the same",
    "very-close": "very close",
    "close": "close",
    "some": "some likeness",
}
"""How close a hit is."""

GROUPS = {
    "earlier": "In force, with an earlier day",
    "pending": "Applied for, with an earlier day",
    "grace": "Term over, late renewal still possible",
    "open": "Nobody can say from the data whether it is in force",
    "later": "Filed later than the day asked",
    "dead": "Ended",
}
"""How a record stands towards the day asked."""

GOODS = {
    "like-goods": "like goods",
    "same-class": "same class",
    "no-goods": "no goods on record",
    "other-goods": "other goods",
    "not-asked": "no goods asked",
}
"""How the goods of a hit stand towards those asked for."""

VERDICTS = {
    "identical": "The same name is on record: see below. Looked at: %(n)s published records of these offices, to %(day)s.",
    "close": "Close names are on record: see below. Looked at: %(n)s published records of these offices, to %(day)s.",
    "ended-only": "Close names were found, and the rights of all of them have ended. Looked at: %(n)s published records of these "
                  "offices, to %(day)s.",
    "none-close": "No close mark found among %(n)s published records of these offices, to %(day)s.",
    "nothing-compared": "No mark was compared: there is none here whose name may be looked at. This says nothing about your name.",
}  # fmt: skip
"""What a name check found."""

NOT_CHECKED = {
    "closed-names": "marks whose names their office does not give to programs",
    "pictures": "pictures and logos (search by picture does this)",
    "unregistered": "marks that are used and not registered, and well-known marks",
    "company-names": "company registers and trade names",
    "domain-names": "domain names and accounts in networks",
    "other-offices": "offices that are not in the list above",
    "unpublished": "applications that are not published yet",
    "meanings": "names that mean the same in another language, where no translation is on record",
    "order-and-morals": "whether a name is against public order, misleading or describes your goods in your language",
}
"""What a name check does not look at."""

NEXT_STEPS = {
    "look-at-close": "Open the close records: what goods do they have, are they in force, who owns them?",
    "ask-owner": "If you are the owner of one, or know them, a letter of consent may help: ask the office.",
    "clear-all-classes": "Before you spend money on the name, clear it for your goods in all your markets.",
    "check-picture": "If you have a logo, search with its picture too.",
    "ask-office": "Ask your office, a help desk for inventors and businesses (TISC) or an agent before you file.",
    "file-soon": "Who files first has the earlier right nearly everywhere: do not wait for long.",
}
"""What a person may do next."""

FINDINGS = {
    "no-picture-index": "The pictures were not compared: this register has no index of pictures yet.",
    "more-hits": "%(argument)s hits with less likeness are left out.",
    "no-font": "No font on this machine shows the script %(argument)s. Such texts stand in brackets, by their sound in Latin letters. "
               "The JSON and XLSX files hold the texts as they are.",
    "own-rights": "Hits whose owner seems to be the applicant: %(argument)s. They are marked and not left out; names alone are no proof.",
    "other-sheets": "One sheet of the workbook was read; these were not: %(argument)s.",
    "read-as": "The list does not say how its letters are written; it was read as %(argument)s. See that the names are right.",
}  # fmt: skip
"""What a report could not do, and what its reader should look at."""

LIST_FAULTS = {
    "no-name": "Row %(row)s has classes or an applicant and no name: write the name, or delete the row.",
    "no-class": "Row %(row)s: “%(argument)s” is no class. Write numbers from 1 to 45.",
    "formula": "Row %(row)s has a formula without a value: open the list in a spreadsheet program and save it, or save it as CSV.",
    "fault": "In row %(row)s stands the fault %(argument)s: mend the formula, or write the name.",
    "long": "Row %(row)s: a name has at most %(argument)s characters.",
    "too-many": "The list has more than %(argument)s names: divide it.",
    "empty": "There is no name in the list: write one name a row, in the first column.",
    "letters": "The letters of row %(row)s cannot be read: write it anew, or save the list as UTF-8 or as XLSX.",
    "no-names-column": "Row %(row)s is a heading, and none of its columns is called one of names: %(argument)s. Write “name” above the names.",
    "lines": "Row %(row)s has more than one line in a cell, perhaps for quotes that are not closed: write one name a row.",
    "day": "Row %(row)s: “%(argument)s” is a day. Perhaps the spreadsheet program made it of a name: write the name as text.",
    "no-letters": "Row %(row)s: “%(argument)s” has no letter or digit that can be compared: write the name.",
    "no-list": "The file is no list of names: save the list as XLSX, CSV or text.",
    "no-sheet": "The spreadsheet cannot be read: save it as XLSX or CSV.",
    "no-csv": "The list cannot be read as CSV: save it as XLSX.",
    "more-faults": "More rows with faults: %(argument)s.",
}
"""What may be wrong with a list of names."""

OWNERS = {
    "same": "the applicant, by name",
    "likely": "perhaps the applicant",
}
"""How the owner of a hit stands to the applicant."""

WHATS = {
    "closeness": "closeness",
    "standing": "group",
    "day": "earliest day",
    "status": "Status",
    "score": "score",
    "owner": "Owner",
    "classes": "Classes",
}
"""What of a hit may differ between two reports."""

ONLY_TRADE_WORDS = "Every word of this name is such a word: an office may refuse it as a mark, and others may go on using these words."
DELAY_UNKNOWN = "How long this office takes to publish cannot be measured from its data."
DELAY = (
    "Half of its applications were published within %(median)s days, nine of ten within %(most)s "
    "(%(n)s measured, %(unpublished)s of them without a publication). Applications filed after %(day)s may be missing."
)
BY_PRIORITY, FILED, RENEWAL = "priority of %(day)s", "filed %(day)s", "renewal possible until %(day)s"
PICTURE_ALIKE = "picture alike (%(score)s)"
SENTENCES = (ONLY_TRADE_WORDS, DELAY_UNKNOWN, DELAY, BY_PRIORITY, FILED, RENEWAL, PICTURE_ALIKE)
"""Sentences that stand in no table above."""
TABLES = (BANDS, GROUPS, GOODS, VERDICTS, NOT_CHECKED, NEXT_STEPS, FINDINGS, LIST_FAULTS, OWNERS, WHATS)
"""All tables of this module."""


def finding(code: str, argument: str, language: Language = ENGLISH) -> str:
    """A finding as a sentence."""
    return language.say(FINDINGS[code]) % {"argument": argument}


def verdict_line(code: str, records: int, day: str, language: Language = ENGLISH) -> str:
    """What a name check found, among how many records, to which day."""
    text = language.say(VERDICTS[code]) % {"n": language.number(records), "day": language.day(day)}
    return text.replace("..", ".")  # a day may end with a full stop, as in Russian


def standing_line(standing: Standing, language: Language = ENGLISH) -> str:
    """How a record stands, in a sentence."""
    parts = [language.say(GROUPS[standing.group])]
    if standing.day:
        text = language.say(BY_PRIORITY if standing.by_priority else FILED)
        parts.append(text % {"day": language.day(standing.day)})
    if standing.until:
        parts.append(language.say(RENEWAL) % {"day": language.day(standing.until)})
    return ", ".join(parts)


def blind_line(blind: BlindPeriod, language: Language = ENGLISH) -> str:
    """What of an office's applications cannot be seen, in sentences."""
    if blind.median is None or blind.most is None:
        return language.say(DELAY_UNKNOWN)
    return language.say(DELAY) % {
        "median": language.number(blind.median), "most": language.number(blind.most), "n": language.number(blind.measured),
        "day": language.day(blind.seen_to), "unpublished": language.number(blind.unpublished),
    }  # fmt: skip
