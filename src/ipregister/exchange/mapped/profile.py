"""A look at a source: what its columns or paths hold."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ipregister.model.dates import may_be_serial
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii
from ipregister.model.languages import SCRIPTS, written_in

SAMPLES, ROWS = 4, 500
_LISTS = (";", "|", "\n")
_SHOWN = 60


_NOT_RUSSIAN = re.compile(r"[\u0400\u0402-\u040f\u0450\u0452-\u052f]")
_KAZAKH = re.compile(r"[әұһіӘҰҺІ]")


def _may_be(text: str, tag: str) -> bool:
    """Whether a text of the script may be in the language: Cyrillic letters are of many, and tell some apart."""
    if tag == "kk":
        return _KAZAKH.search(text) is not None
    return tag != "ru" or _NOT_RUSSIAN.search(text) is None


class Column(Struct):
    """A column or path: in how many records it is filled, its most frequent texts, what it seems to be; `forms` are the
    formats of the cells of a spreadsheet that are neither text nor plain number."""

    name: str
    filled: int = 0
    texts: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    dated: int = 0
    parted: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    native_digits: bool = False
    cyrillic: int = 0
    forms: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """One more text."""
        self.filled += 1
        if len(self.texts) < 10_000 or text in self.texts:
            self.texts[text] += 1
        if any(sign.isdecimal() for sign in text) and len(text) < 40:
            forms = [form for form in ("iso", "dmy", "mdy") if parse_date(text, form)[0]]
            forms = forms or (["serial"] if may_be_serial(text) else [])
            self.dates.update(forms)
            self.dated += bool(forms)
        self.parted.update(sign for sign in _LISTS if sign in text.strip(sign))
        if not text.isascii():
            self.native_digits |= to_ascii(text) != text
            self.cyrillic += written_in(text, "ru")
            self.scripts.update(tag for tag in SCRIPTS if written_in(text, tag) and _may_be(text, tag))

    @property
    def date_form(self) -> str:
        """The form of the dates that the column holds, of which some may be in another form or none; empty where few
        are dates."""
        if not self.dates or 3 * self.dated < self.filled:
            return ""
        form, count = max(self.dates.items(), key=lambda one: (one[1], one[0] == "iso", one[0] == "dmy"))
        return form if count >= 0.6 * self.dated else ""

    @property
    def ambiguous(self) -> bool:
        """Whether day and month could be the other way round."""
        return self.date_form in ("dmy", "mdy") and self.dates["dmy"] == self.dates["mdy"]

    @property
    def split(self) -> str:
        """The sign that parts lists in the column; empty where it holds none."""
        likely = [sign for sign in _LISTS if self.parted[sign] >= max(1, 0.02 * self.filled)]
        return likely[0] if likely else ""

    @property
    def language(self) -> str:
        """The language of the script that most texts are in; empty where they are Latin or mixed."""
        tags = [tag for tag, count in self.scripts.most_common() if count > 0.5 * self.filled]
        if tags and tags[0] == "ru" and self.cyrillic > self.scripts["ru"]:
            return ""  # some texts have letters that Russian has not
        return tags[0] if tags else ""

    def shown(self) -> str:
        """A few of its texts."""
        texts = [text for text, _ in self.texts.most_common(SAMPLES)]
        return ", ".join(f"“{' '.join(text.split())[:_SHOWN]}”" for text in texts)


class Profile(Struct):
    """What a source holds: its records, each column or path in the order of its first coming, and the first rows."""

    records: int = 0
    columns: dict[str, Column] = {}
    rows: list[dict[str, str]] = []

    def add(self, cells: Iterable[tuple[str, str]]) -> None:
        """One more record."""
        self.records += 1
        cells = list(cells)
        if len(self.rows) < ROWS:
            self.rows.append(dict(cells))
        for name, text in cells:
            if name not in self.columns:
                self.columns[name] = Column(
                    name, 0, Counter(), Counter(), 0, Counter(), Counter(), forms=Counter()
                )
            if text.strip():
                self.columns[name].add(text)

    def told_forms(self, cells: Iterable[tuple[str, str]]) -> None:
        """The formats of a record's cells, by their column."""
        for name, form in cells:
            if form and name in self.columns:
                self.columns[name].forms[form] += 1

    def parted_alike(self, name: str, other: str, sign: str) -> bool:
        """Whether a sign parts two columns into as many values, in nearly all rows where it parts either."""
        told = [
            len([part for part in row.get(name, "").split(sign) if part.strip()])
            == len([part for part in row.get(other, "").split(sign) if part.strip()])
            for row in self.rows
            if sign in row.get(name, "").strip(sign) or sign in row.get(other, "").strip(sign)
        ]
        return bool(told) and sum(told) >= 0.9 * len(told)
