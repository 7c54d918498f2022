"""Headings as offices write them, and the fields they mean: for the proposal of a mapping; of reading, they decide
only that what tells of a deferment is never passed over.

The words are data, `vocabulary/<language>.csv`; `fields.csv` says which field a meaning is for each right, `inid.csv` the
numbers of WIPO's INID codes. A heading is compared as a whole, then by its words; the score says how much of it was known.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib import resources

from msgspec import Struct
from msgspec.structs import replace

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "th", "lo", "km", "my", "vi", "id", "ms", "zh", "fr", "pt")
"""The languages of which there is a list."""
_BREAKS = re.compile(r"[/|()\[\]{}\n:–—•]+")
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_CODE = re.compile(r"(?:inid\s*)?(\d{2,3})")
_FIRM = 0.9
_LONGEST, _MOST_PARTS = 400, 6
_JOINED_LEAST, _JOINED_MOST = 4, 30
"""Letters of a word that may be two written together."""
_REPEATED = re.compile(r"\s*\[\d+\]$")


class Meaning(Struct, frozen=True):
    """The field that a heading may mean in records of a right, and what its column holds."""

    name: str
    field: str
    content: str


class Known(Struct, frozen=True):
    """A heading of a list: as it is written there, its words, and what it means. Without `words`, the language has
    no blanks between words and `text` is compared."""

    heading: str
    language: str
    meaning: str
    text: str
    words: tuple[str, ...] = ()
    bag: frozenset[str] = frozenset()


class Guess(Struct, frozen=True):
    """A field that a heading may mean, how far it tells (0 to 1), and by what."""

    meaning: Meaning
    score: float
    why: str


class _Language(Struct, frozen=True):
    short: dict[str, str]
    skip: frozenset[str]
    spaced: bool
    rows: tuple[tuple[str, str], ...]
    known: frozenset[str]

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text without those that say nothing, the shortened ones written out."""
        return tuple(self.short.get(word, word) for word in text.split() if word not in self.skip)

    def parted(self, text: str) -> str:
        """The text with words that are two known ones written together (`appno`) as these; empty where there are none."""
        if not self.spaced:
            return ""
        words = [" ".join(self._two(word)) or word for word in text.split()]
        return " ".join(words) if words != text.split() else ""

    def _two(self, word: str) -> tuple[str, ...]:
        if word in self.known or not word.isalpha() or not _JOINED_LEAST <= len(word) <= _JOINED_MOST:
            return ()
        found = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        both = [pair for pair in found if self.known.issuperset(pair)]
        return both[0] if len(both) == 1 else ()


def table(name: str) -> list[dict[str, str]]:
    """The rows of a file of `vocabulary/`."""
    return list(csv.DictReader(line for line in _lines(name) if not line.startswith("#")))


def notes(name: str) -> dict[str, str]:
    """What a file of `vocabulary/` says of itself: source, edition."""
    found = (line[1:].partition(":") for line in _lines(name) if line.startswith("#"))
    return {key.strip(): text.strip() for key, mark, text in found if mark}


def _lines(name: str) -> list[str]:
    path = resources.files("ipregister.exchange.mapped") / "vocabulary" / f"{name}.csv"
    return path.read_text(encoding="utf-8").splitlines()


@cache
def _language(code: str) -> _Language:
    told = notes(code)
    short = dict(pair.split("=", 1) for pair in told.get("short", "").split() if "=" in pair)
    rows = tuple((row["heading"], row["meaning"]) for row in table(code))
    shorter = {plain(one): plain(other) for one, other in short.items()}
    skip = frozenset(map(plain, told.get("skip", "").split()))
    words = {word for heading, _ in rows for word in plain(heading).split()} - skip
    return _Language(shorter, skip, told.get("spaces") != "no", rows, frozenset((*words, *shorter)))


@cache
def known() -> tuple[Known, ...]:
    """Every heading of every language."""
    found = []
    for code in LANGUAGES:
        language = _language(code)
        for heading, meaning in language.rows:
            text = plain(heading)
            if language.spaced:
                words = language.words(text)
                found.append(Known(heading, code, meaning, text, words, frozenset(words)))
            else:
                found.append(Known(heading, code, meaning, text.replace(" ", "")))
    return tuple(found)


@cache
def words() -> frozenset[str]:
    """Every heading of every language, as headings are compared; and those that only say that a column has numbers."""
    return frozenset((*(plain(one.heading) for one in known()), *_numbers()))


@cache
def meanings(right: str) -> dict[str, Meaning]:
    """What a heading may mean in records of a right, by name."""
    return {
        row["meaning"]: Meaning(row["meaning"], row["field"], row["content"])
        for row in table("fields")
        if row["rights"] == "*" or right in row["rights"].split()
    }


@cache
def _codes(right: str) -> dict[str, str]:
    return {row["code"]: row["meaning"] for row in table("inid") if right in row["rights"].split()}


def plain(text: str) -> str:
    """A heading as headings are compared: letters, marks and digits, in small letters, words parted by a blank."""
    text = unicodedata.normalize("NFKC", _CAMEL.sub(" ", text)).casefold()
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text).split())


@cache
def guesses(heading: str, right: str) -> tuple[Guess, ...]:
    """The fields that a heading may mean, the likeliest first; none of one that is a text of its own."""
    if len(heading) > _LONGEST:
        return ()
    best: dict[str, Guess] = {}
    of_party = _of_party(heading, right)
    parts = _of_parts(heading, right)
    if of_party:  # then none of its parts alone is what it means
        parts = [replace(one, score=round(0.6 * one.score, 3)) for one in parts]
    for guess in (*of_party, *parts):
        known_one = best.get(guess.meaning.field)
        if known_one is None or known_one.score < guess.score:
            best[guess.meaning.field] = guess
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def _of_parts(heading: str, right: str) -> list[Guess]:
    return [
        Guess(meaning, round(score * weight, 3), why)
        for part, weight in _parts(_REPEATED.sub("", heading))
        for meaning, score, why in (*_of_code(part, right), *_of_words(part, right))
    ]


def _of_party(heading: str, right: str) -> list[Guess]:
    """What a heading of two parts means whose first names a party and whose last says what of it: `Owner / Country`."""
    pieces = _pieces(heading)
    if len(pieces) < 2:
        return []
    last = [one for one in _of_parts(pieces[-1], right) if one.score >= _FIRM]
    found = []
    for first in (one for piece in pieces[:-1] for one in _of_parts(piece, right) if one.score >= _FIRM):
        party = first.meaning.field.removesuffix("/*/names")
        if party == first.meaning.field:
            continue
        for one in last:
            field = one.meaning.field
            if one.meaning.name == "title":
                found.append(
                    Guess(
                        Meaning(one.meaning.name, f"{party}/*/names", "name"), 0.98, f"{first.why}; {one.why}"
                    )
                )
            elif field.startswith("party/"):
                part = Meaning(one.meaning.name, party + field.removeprefix("party"), one.meaning.content)
                found.append(Guess(part, 0.98, f"{first.why}; {one.why}"))
    return found


def _pieces(heading: str) -> list[str]:
    """The parts of a heading that says it in two languages, has a group above it, or a path before its name."""
    plain_one = _REPEATED.sub("", heading).replace("*", "").replace("@", " ")
    return [piece.strip() for piece in _BREAKS.split(plain_one) if piece.strip()][-_MOST_PARTS:]


def _parts(heading: str) -> list[tuple[str, float]]:
    """The heading, and the parts of one that says it in two languages or has a path before its name."""
    parts = {heading.strip(): 1.0}
    pieces = _pieces(heading)
    scripts = [
        "".join(sign if sign.isascii() == ascii_ else " " for sign in heading) for ascii_ in (True, False)
    ]
    if len(pieces) > 1:
        parts.setdefault(" ".join(pieces), 1.0)
        for piece in pieces[-1:]:
            parts.setdefault(piece.strip(), 0.95)
        for piece in pieces[:-1]:
            parts.setdefault(piece.strip(), 0.9)
    for piece in scripts:
        if plain(piece):
            parts.setdefault(piece.strip(), 0.95)
    for piece, weight in list(parts.items()):
        for code in LANGUAGES:
            if two := _language(code).parted(plain(piece)):
                parts.setdefault(two, round(0.95 * weight, 3))
    return list(parts.items())


def only_a_number(heading: str) -> bool:
    """Whether a heading says only that a column holds a number, not of what (`No.`)."""
    return plain(_REPEATED.sub("", heading)) in _numbers() or heading.strip() in ("№", "#")


@cache
def _numbers() -> frozenset[str]:
    return frozenset(text for row in table("numbers") if (text := plain(row["heading"])))


def _of_code(part: str, right: str) -> list[tuple[Meaning, float, str]]:
    found = _CODE.match(plain(part))
    meaning = _codes(right).get(found[1]) if found else None
    if found is None or meaning is None or meaning not in meanings(right):
        return []
    alone = found.end() == len(plain(part))
    return [(meanings(right)[meaning], 0.97 if alone else 0.9, f"INID code {found[1]}")]


def _of_words(part: str, right: str) -> list[tuple[Meaning, float, str]]:
    text = plain(part)
    words = {code: _language(code).words(text) for code in LANGUAGES}
    bags = {code: frozenset(some) for code, some in words.items()}
    compact = text.replace(" ", "")
    found = []
    for one in known() if text else ():
        meaning = meanings(right).get(one.meaning)
        if meaning is None or not (one.bag <= bags[one.language] if one.bag else one.text in compact):
            continue
        score = _likeness(words[one.language], one) if one.bag else _overlap(compact, one.text)
        if score:
            same = "is" if score > 0.9 else "holds"
            found.append((meaning, score, f"the heading {same} “{one.heading}” ({one.language})"))
    return found


def _likeness(words: tuple[str, ...], other: Known) -> float:
    """How far the words of a heading are those of a known one, which they hold: all, in order or not, or more."""
    if words == other.words:
        return 1.0
    share = len(other.bag) / len(frozenset(words))
    if share == 1.0:
        return 0.95
    return 0.55 + 0.35 * share if len(other.bag) > 1 else 0.4 + 0.35 * share


def _overlap(text: str, other: str) -> float:
    """The same for a language without blanks between its words: the known heading inside of the heading."""
    if text == other:
        return 1.0
    return 0.4 + 0.5 * len(other) / len(text) if 3 * len(other) >= len(text) else 0.0
