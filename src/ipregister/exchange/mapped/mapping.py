"""The mapping file: a source's columns or paths and the fields they are, in TOML, checked on reading."""

import re
import tomllib
from typing import Literal

import msgspec
from msgspec import Struct

from ipregister.exchange.mapped.targets import Target, target_of
from ipregister.model import legacy
from ipregister.model.errors import UsageError
from ipregister.model.languages import TAG
from ipregister.model.offices import TABLES, fold_word
from ipregister.model.record import RIGHTS

SAID = ("kind", "subtype", "role", "scheme", "feature", "code")
"""Fields that say what a value is: these alone may be constant, since no document delivers them."""
Form = Literal["csv", "xlsx", "xml", "json", "sql"]
TABULAR = ("csv", "xlsx", "sql")
Dates = Literal["iso", "dmy", "mdy"]


class Input(Struct, frozen=True, forbid_unknown_fields=True):
    """How the source is read. `header` is the row of the heading, `header_rows` how many rows it has; `records` the element that is one record of XML,
    or the array that holds them in JSON; `query` what is asked of a database; `quote` the mark around cells of CSV,
    none where it is empty."""

    kind: Form = "csv"
    encoding: str = "utf-8"
    delimiter: str = ""
    quote: str = '"'
    sheet: str = ""
    header: int = 1
    header_rows: int = 1
    records: str = ""
    query: str = ""


class Field(Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """A column or path and the field it is.

    `split` are signs that part a list; `lang` the language of a text; `dates` the form of a date; `digits` makes
    digits of the region ASCII; `legacy` names an old encoding; `codes` a table of the mapping, `words` one of the
    office; `each`: the value belongs to every element of the list."""

    source: str
    to: str
    split: str = ""
    lang: str = ""
    dates: Dates | None = None
    digits: bool = False
    legacy: str = ""
    codes: str = ""
    words: str = ""
    each: bool = False


class Constant(Struct, frozen=True, forbid_unknown_fields=True):
    """A value that every record has."""

    to: str
    value: str | int


class Mapping(
    Struct, frozen=True, forbid_unknown_fields=True, rename={"fields": "field", "constants": "constant"}
):
    """A mapping: whose source it is, how it is read, and where each of its values goes.

    `ignore` are columns that have no field and need none: they are kept beside the record without a finding."""

    office: str
    right: str = "trademark"
    input: Input = Input()
    dates: Dates = "iso"
    lang: str = "und"
    fields: tuple[Field, ...] = ()
    constants: tuple[Constant, ...] = ()
    codes: dict[str, dict[str, str]] = {}
    ignore: tuple[str, ...] = ()

    def target(self, field: Field | Constant) -> Target:
        """Where a field goes."""
        return target_of(field.to, self.right)

    def code(self, table: str, word: str) -> str | None:
        """The mapping's code for a word."""
        return _folded(self.codes[table]).get(fold_word(word))


def _folded(table: dict[str, str]) -> dict[str, str]:
    return {fold_word(word): code for word, code in table.items()}


def load(text: bytes, place: str) -> Mapping:
    """The mapping of a TOML file. Raises `UsageError` that names every mistake in it."""
    try:
        mapping = msgspec.convert(tomllib.loads(text.decode("utf-8")), Mapping)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"is no mapping: {error}", place=place, remedy="correct the file") from error
    wrong = list(mistakes(mapping))
    if wrong:
        raise UsageError("; ".join(wrong), place=place, remedy="correct the mapping")
    return mapping


def mistakes(mapping: Mapping) -> list[str]:
    """What is wrong with a mapping by itself."""
    if mapping.right not in RIGHTS:
        return [f"no right {mapping.right!r}: one of {', '.join(RIGHTS)}"]
    wrong = [] if mapping.fields else ["it names no field"]
    if mapping.input.header < 1:
        wrong.append("input.header counts from 1")
    if len(mapping.input.quote) > 1 or len(mapping.input.delimiter) > 1:
        wrong.append("input.quote and input.delimiter are one sign each")
    if mapping.input.kind == "sql" and not mapping.input.query:
        wrong.append("input.query is missing")
    if mapping.input.kind == "xml" and not mapping.input.records:
        wrong.append("input.records: name the element that is one record")
    named: list[Field | Constant] = [*mapping.fields, *mapping.constants]
    for one in named:
        wrong += [f"{one.to}: {why}" for why in _mistakes_of(mapping, one)]
    return wrong


def _mistakes_of(mapping: Mapping, one: Field | Constant) -> list[str]:
    try:
        target = mapping.target(one)
    except ValueError as error:
        return [str(error)]
    if isinstance(one, Constant):
        said = target.steps[-1] in SAID and target.kind == "string"
        return [] if said else [f"only {', '.join(SAID)} can be the same in every record"]
    wrong = []
    if one.split and re.search(r"\w", one.split):
        wrong.append(f"split {one.split!r}: only signs part a list, no letters or digits")
    if one.codes and one.codes not in mapping.codes:
        wrong.append(f"there is no table [codes.{one.codes}]")
    if one.words and one.words.rpartition("/")[2] not in TABLES:
        wrong.append(f"the office has no table {one.words!r}")
    if one.legacy and one.legacy not in legacy.ENCODINGS:
        wrong.append(f"no encoding {one.legacy!r}: one of {', '.join(sorted(legacy.ENCODINGS))}")
    if (one.lang or mapping.lang) and not TAG.fullmatch(one.lang or mapping.lang):
        wrong.append(f"{one.lang or mapping.lang!r} is no language tag")
    if one.split and not target.lists and target.kind not in ("text", "strings", "integers"):
        wrong.append("holds one value, and is split")
    return wrong
