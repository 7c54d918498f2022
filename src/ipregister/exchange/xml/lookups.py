"""What an office's facts make of words, dates, countries and languages, remembered between records."""

from ipregister.model.languages import tag_for
from ipregister.model.offices import Office
from ipregister.model.places import country_of

MEMO_LIMIT = 10_000
"""So many answers of a kind are remembered."""


class Lookups:
    """What one office's facts make of words, dates and codes, remembered between records."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.placeholders = frozenset(office.placeholders)
        self.form = office.feed.date_form
        self._words: dict[tuple[str, str], str | None] = {}
        self._countries: dict[str, str | None] = {}
        self.days: set[str] = set()
        self.tags_of_ascii, self.tags_of_others = dict[str, str](), dict[str, str]()

    def word(self, table: str, raw: str) -> str | None:
        """Our code for the office's word."""
        try:
            return self._words[table, raw]
        except KeyError:
            if len(self._words) > MEMO_LIMIT:
                self._words.clear()
            return self._words.setdefault((table, raw), self.office.word(table, raw))

    def country(self, raw: str) -> str | None:
        """The ST.3 code a text means."""
        try:
            return self._countries[raw]
        except KeyError:
            if len(self._countries) > MEMO_LIMIT:
                self._countries.clear()
            return self._countries.setdefault(raw, country_of(raw, self.office))

    def language(self, code: str, text: str) -> str | None:
        """The BCP 47 tag of a text under the office's language code."""
        tags = self.tags_of_ascii if text.isascii() else self.tags_of_others
        tag = tags.get(code)
        if tag is None:
            tag = tag_for(code, text, self.office.language_tags)
            sure = text.isascii() or len(self.office.language_tags.get(code.strip().lower(), ())) < 2
            if tag is not None and sure and len(tags) < MEMO_LIMIT and not code.isspace():
                tags[code] = tag
        return tag


_LOOKUPS: dict[str, Lookups] = {}


def lookups(office: Office) -> Lookups:
    """The lookups of an office, made once."""
    found = _LOOKUPS.get(office.code)
    if found is None or found.office is not office:
        found = _LOOKUPS[office.code] = Lookups(office)
    return found
