"""A look at a source: what its columns or paths hold, and which fields they seem to be."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ipregister.exchange.mapped.headings import proposed
from ipregister.exchange.mapped.targets import target_of
from ipregister.model.dates import parse as parse_date
from ipregister.model.digits import to_ascii
from ipregister.model.languages import SCRIPTS, written_in

SAMPLES, DISTINCT = 4, 50
_LISTS = (";", "|", "\n")
_SHOWN = 60


class Column(Struct):
    """A column or path: in how many records it is filled, its most frequent texts, what it seems to be."""

    name: str
    filled: int = 0
    texts: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    parted: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    native_digits: bool = False

    def add(self, text: str) -> None:
        """One more text."""
        self.filled += 1
        if len(self.texts) < 10_000 or text in self.texts:
            self.texts[text] += 1
        if any(sign.isdecimal() for sign in text) and len(text) < 40:
            self.dates.update(form for form in ("iso", "dmy", "mdy") if parse_date(text, form)[0])
        self.parted.update(sign for sign in _LISTS if sign in text.strip(sign))
        if not text.isascii():
            self.native_digits |= to_ascii(text) != text
            self.scripts.update(tag for tag in SCRIPTS if written_in(text, tag))

    @property
    def date_form(self) -> str:
        """The form of the dates that the column holds; empty where it holds none."""
        if not self.filled or not self.dates:
            return ""
        form, count = max(self.dates.items(), key=lambda one: (one[1], one[0] == "iso", one[0] == "dmy"))
        return form if count >= 0.6 * self.filled else ""

    @property
    def ambiguous(self) -> bool:
        """Whether day and month could be the other way round."""
        return bool(self.date_form) and self.date_form != "iso" and self.dates["dmy"] == self.dates["mdy"]

    @property
    def split(self) -> str:
        """The sign that parts lists in the column; empty where it holds none."""
        likely = [sign for sign in _LISTS if self.parted[sign] >= max(1, 0.02 * self.filled)]
        return likely[0] if likely else ""

    @property
    def language(self) -> str:
        """The language of the script that most texts are in; empty where they are Latin or mixed."""
        tags = [tag for tag, count in self.scripts.most_common() if count > 0.5 * self.filled]
        return tags[0] if tags else ""

    def shown(self) -> str:
        """A few of its texts."""
        texts = [text for text, _ in self.texts.most_common(SAMPLES)]
        return ", ".join(f"“{' '.join(text.split())[:_SHOWN]}”" for text in texts)


class Profile(Struct):
    """What a source holds: its records, and each column or path in the order of its first coming."""

    records: int = 0
    columns: dict[str, Column] = {}

    def add(self, cells: Iterable[tuple[str, str]]) -> None:
        """One more record."""
        self.records += 1
        for name, text in cells:
            if name not in self.columns:
                self.columns[name] = Column(name, 0, Counter(), Counter(), Counter(), Counter())
            if text.strip():
                self.columns[name].add(text)


class Proposal(Struct, frozen=True):
    """A column with the field it seems to be; `to` is empty where nothing tells."""

    column: Column
    to: str
    split: str = ""
    lang: str = ""
    dates: str = ""


def proposals(profile: Profile, right: str) -> list[Proposal]:
    """What each column seems to be, by its heading and by what it holds. A field is proposed once, but for texts
    and elements of lists."""
    found: list[Proposal] = []
    used: set[str] = set()
    meant = {
        column.name: _place(proposed(column.name, right, is_date=bool(column.date_form)), right)
        for column in profile.columns.values()
    }
    for column in profile.columns.values():
        to = _of_the_named(meant[column.name], set(meant.values()), right)
        once = to.endswith(("/names", "/texts", "/verbal", "/titles"))
        if to in used and not once:
            to = ""
        used.add(to)
        listed = "/*/" in to or to.endswith("kinds") or to.endswith("vienna")
        found.append(
            Proposal(
                column,
                to,
                column.split if listed else "",
                _language(column, to),
                column.date_form if to else "",
            )
        )
    return found


def _of_the_named(to: str, all_meant: set[str], right: str) -> str:
    """The field of the party that the source names: country or address of a party without a name would say nothing."""
    for party, other in (("applicants", "holders"), ("holders", "applicants")):
        if (
            to.startswith(f"{party}/")
            and f"{party}/*/names" not in all_meant
            and f"{other}/*/names" in all_meant
        ):
            return _place(f"{other}{to.removeprefix(party)}", right)
    return to


def _place(to: str, right: str) -> str:
    """The field, where the right has it."""
    try:
        return target_of(to, right).path if to else ""
    except ValueError:
        return ""


def _language(column: Column, to: str) -> str:
    texts = re.search(r"(?:names|texts|verbal|titles|descriptions|translations|lines|disclaimers)$", to)
    return column.language if texts else ""


def number_of(found: Sequence[Proposal]) -> Proposal | None:
    """The column that seems to hold the number of the application, or of the registration."""
    by_field = {one.to: one for one in found}
    return by_field.get("application_number") or by_field.get("registration_number")
