"""A list of terms of goods and services that the operator loads, kept in the data folder; and what is learnt from it.

goods/<language>.csv    the terms: number, class, term, language
goods/<language>.npz    the reader of classes
"""

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from ipregister.model.errors import UsageError
from ipregister.search.analyzer import Analyzer
from ipregister.search.folder import write_file
from ipregister.search.goods.reader import Reader, train

FOLDER = "goods"
HIGHEST = 45
LONGEST = 500
_NUMBER = ("basic_number", "number", "id")
_CLASS = ("class_number", "class", "nice_class")
_TERM = ("term", "text", "indication", "goods")


class Term(Struct, frozen=True):
    """One term of a list. `number` is its number in the list, where it has one."""

    class_number: int
    text: str
    lang: str = ""
    number: str = ""

    @property
    def ways(self) -> list[str]:
        """The same said in other words: what stands between slashes, without the marks of the list."""
        return [way.strip() for way in self.text.replace("*", "").split(" / ") if way.strip()]


def read_terms(path: Path, lang: str) -> list[Term]:
    """The terms of a CSV file with a heading: columns class (or class_number), term, and maybe number, language.

    Raises `UsageError` where a column is missing, a class is none, or there is no term."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            names = [_column(rows.fieldnames or (), wanted) for wanted in (_CLASS, _TERM, _NUMBER)]
            found = [_term(row, names, lang, place) for place, row in enumerate(rows, 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"cannot be read: {error}", place=str(path), remedy="give a CSV file in UTF-8"
        ) from error
    if not found:
        raise UsageError("holds no term", place=str(path), remedy="give a CSV file with a heading and terms")
    return found


def _column(fields: Iterable[str], wanted: Sequence[str]) -> str:
    found = next((name for name in wanted if name in set(fields)), "")
    if not found and wanted is not _NUMBER:
        raise UsageError(f"there is no column {wanted[0]!r}", remedy=f"name a column {' or '.join(wanted)}")
    return found


def _term(row: dict[str, str], names: Sequence[str], lang: str, place: int) -> Term:
    of_class, of_term, of_number = names
    text, number = (row.get(of_term) or "").strip(), (row.get(of_class) or "").strip()
    if (
        not (number.isascii() and number.isdecimal() and 1 <= int(number) <= HIGHEST)
        or not text
        or len(text) > LONGEST
    ):
        raise UsageError("a class from 1 to 45 and a term are needed", place=f"line {place}")
    return Term(int(number), text, row.get("language") or lang, row.get(of_number) or "" if of_number else "")


def keep(data: Path, terms: Sequence[Term], lang: str) -> Path:
    """Put a list into the data folder, learn to read classes from it, and take the place of an older one."""
    if not lang.isascii() or not lang.isalpha() or len(lang) not in {2, 3}:
        raise UsageError(f"no language {lang!r}", remedy="give its code, such as en")
    folder = data / FOLDER
    folder.mkdir(exist_ok=True)
    reader = train([(way, term.class_number) for term in terms for way in term.ways], Analyzer())
    lines = ["number,class,term,language\r\n"]
    lines += [",".join(_cell(value) for value in (term.number, str(term.class_number), term.text, term.lang)) + "\r\n"
              for term in terms]  # fmt: skip
    reader.save(folder / f"{lang}.npz")
    write_file(folder / f"{lang}.csv", "".join(lines).encode())
    return folder / f"{lang}.csv"


def _cell(value: str) -> str:
    quoted = value.replace('"', '""')
    return f'"{quoted}"' if set('",\r\n') & set(value) else value


class TermList:
    """A loaded list with its words looked up."""

    def __init__(self, terms: Sequence[Term], reader: Reader | None = None) -> None:
        self.terms = tuple(terms)
        self.reader = reader
        self._analyzer = Analyzer()
        self._tokens = [frozenset(self._analyzer.tokens(term.text)) for term in self.terms]
        self._with: dict[str, list[int]] = {}
        for place, tokens in enumerate(self._tokens):
            for token in tokens:
                self._with.setdefault(token, []).append(place)

    def find(self, words: str, limit: int = 20) -> list[Term]:
        """Terms that have all of the words, also as beginnings, the shortest first."""
        tokens = self._analyzer.tokens(words)
        if not tokens:
            return []
        found = set.intersection(*[self._places(token) for token in tokens])
        ranked = sorted(found, key=lambda place: (len(self._tokens[place]), self.terms[place].text))
        return [self.terms[place] for place in ranked[:limit]]

    def _places(self, token: str) -> set[int]:
        if token in self._with:
            return set(self._with[token])
        return {place for word, places in self._with.items() if word.startswith(token) for place in places}


def lists(data: Path) -> tuple[TermList, ...]:
    """All lists of a data folder; read again when a file changes."""
    folder = data / FOLDER
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    return tuple(_loaded(str(file), file.stat().st_mtime_ns) for file in files)


@lru_cache(maxsize=8)
def _loaded(path: str, changed: int) -> TermList:
    file = Path(path)
    weights = file.with_suffix(".npz")
    reader = Reader.load(weights) if weights.is_file() else None
    return TermList(read_terms(file, file.stem), reader)
