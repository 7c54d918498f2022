"""The mapping file: a source's columns or paths and the fields they are, in TOML, checked on reading."""

import codecs
import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from ipregister.exchange.mapped import faults
from ipregister.exchange.mapped.targets import SAID, Target, places, said_beside, target_of
from ipregister.model import codelists, legacy
from ipregister.model.errors import UsageError
from ipregister.model.languages import TAG
from ipregister.model.offices import TABLES, fold_word
from ipregister.model.places import is_country
from ipregister.model.record import RIGHTS

_SEE = "correct it there; docs/how-to/mapped-sources.md has every word of a mapping"
_LISTS = {"features": "mark_features", "kinds": "mark_kinds", "subtypes": "subtypes", "events": "event_kinds",
          "recordals": "recordal_kinds"}  # fmt: skip
"""The list of our codes that a table of words leads to."""
Form = Literal["csv", "xlsx", "xml", "json", "sql"]
TABULAR = ("csv", "xlsx", "sql")
Dates = Literal["iso", "dmy", "mdy", "serial", "serial-1904"]


class Input(Struct, frozen=True, forbid_unknown_fields=True):
    """How the source is read. `header` is the row of the heading, `header_rows` how many rows it has; `records` the element that is one record of XML,
    or the array that holds them in JSON; `query` what is asked of a database; `quote` the mark around cells of CSV,
    none where it is empty; `guarded`: cells of CSV that a spreadsheet would run begin with an apostrophe (`model.cell`);
    `in_place`: rows, as the spreadsheet counts, that a person has looked at and that are not shifted; `group`: columns of a
    table in which rows that stand together agree where they are one record."""

    kind: Form = "csv"
    encoding: str = "utf-8"
    delimiter: str = ""
    quote: str = '"'
    guarded: bool = False
    sheet: str = ""
    header: int = 1
    header_rows: int = 1
    records: str = ""
    query: str = ""
    in_place: tuple[int, ...] = ()
    group: tuple[str, ...] = ()


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
    """The mapping of a TOML file. Raises `UsageError` that names every mistake in it, with its line."""
    try:
        plain = text.decode("utf-8-sig")
        mapping = msgspec.convert(tomllib.loads(plain), Mapping)
    except UnicodeDecodeError as error:
        raise UsageError(faults.of_bytes(error, text), place=place, remedy=_SEE) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(faults.of_toml(error, plain), place=place, remedy=_SEE) from error
    except msgspec.ValidationError as error:
        raise UsageError(faults.of_shape(error, plain, _words()), place=place, remedy=_SEE) from error
    wrong = list(mistakes(mapping, plain))
    if wrong:
        raise UsageError("; ".join(wrong), place=place, remedy=_SEE)
    return mapping


def _words() -> dict[str, Iterable[str]]:
    """The words that each table of a mapping may have, and the values of some."""
    tables: dict[str, type[Struct]] = {"": Mapping, "input": Input, "field": Field, "constant": Constant}
    names = {name: [one.encode_name for one in msgspec.structs.fields(kind)] for name, kind in tables.items()}
    return {**names, "kind": get_args(Form), "dates": get_args(Dates)}


def mistakes(mapping: Mapping, text: str = "") -> list[str]:
    """What is wrong with a mapping by itself; `text` is that of its file, so that lines can be named."""
    if mapping.right not in RIGHTS:
        return [
            f"no right {mapping.right!r}{faults.meant(mapping.right, RIGHTS)}: one of {', '.join(RIGHTS)}"
        ]
    wrong = [] if mapping.fields else ["it names no field: take the # off a [[field]] and the lines below it"]
    wrong += _mistakes_of_input(mapping.input)
    if not TAG.fullmatch(mapping.lang):
        wrong.append(f"lang: {mapping.lang!r} is no language tag, such as en, lo or ru")
    named_ones: tuple[tuple[str, Sequence[Field | Constant]], ...] = (
        ("field", mapping.fields),
        ("constant", mapping.constants),
    )
    for table, some in named_ones:
        for number, one in enumerate(some):
            at = faults.where(text, table, number)
            named = f" (from = {one.source!r})" if isinstance(one, Field) else ""
            wrong += [f"{at}{named}: {why}" for why in _mistakes_of(mapping, one)]
    return wrong or _missing_beside(mapping)


def _missing_beside(mapping: Mapping) -> list[str]:
    """What must stand beside a field, and neither a field nor a constant gives."""
    named: tuple[Field | Constant, ...] = (*mapping.fields, *mapping.constants)
    given = {mapping.target(one).generic for one in named}
    return [
        f'{one.to}: no element is without {needed.rpartition("/")[2]}; add a [[constant]] with to = "{needed}" and a value'
        for one in mapping.fields
        for needed in said_beside(one.to, mapping.right)
        if target_of(needed, mapping.right).generic not in given
    ]


def _mistakes_of_input(told: Input) -> list[str]:
    wrong = []
    if told.header < 1 or told.header_rows < 1:
        wrong.append("input.header and input.header_rows count from 1")
    if len(told.quote) > 1 or len(told.delimiter) > 1:
        wrong.append("input.quote and input.delimiter are one sign each")
    if told.kind == "csv" and not _is_encoding(told.encoding):
        wrong.append(
            f"input.encoding: no encoding {told.encoding!r}; such as utf-8, utf-16, cp1251, cp874, cp1258"
        )
    if told.kind == "sql" and not told.query:
        wrong.append("input.query is missing")
    if told.group and told.kind not in TABULAR:
        wrong.append("input.group: only rows of a table are grouped")
    if told.kind == "xml" and not told.records:
        wrong.append("input.records: name the element that is one record")
    return wrong


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _mistakes_of(mapping: Mapping, one: Field | Constant) -> list[str]:
    try:
        target = mapping.target(one)
    except ValueError as error:
        return [f"to = {one.to!r}: {error}{faults.meant(one.to, places(mapping.right))}"]
    if isinstance(one, Constant):
        said = target.steps[-1] in SAID and target.kind == "string"
        return [] if said else [f"{one.to}: only {', '.join(SAID)} can be the same in every record"]
    wrong = []
    if one.split and re.search(r"\w", one.split):
        wrong.append(f"split {one.split!r}: only signs part a list, no letters or digits")
    if one.codes and one.codes not in mapping.codes:
        wrong.append(f"there is no table [codes.{one.codes}]{faults.meant(one.codes, mapping.codes)}")
    if one.codes and target.kind == "date":
        wrong.append(f"{one.to} is a date and takes no table of codes")
    wrong += _mistaken_codes(mapping, one, target)
    if one.words and one.words.rpartition("/")[2] not in TABLES:
        wrong.append(f"the office has no table {one.words!r}: one of {', '.join(TABLES)}")
    if one.legacy and one.legacy not in legacy.ENCODINGS:
        wrong.append(f"no encoding {one.legacy!r}: one of {', '.join(sorted(legacy.ENCODINGS))}")
    if one.lang and not TAG.fullmatch(one.lang):
        wrong.append(f"lang: {one.lang!r} is no language tag, such as en, lo or ru")
    if one.split and not target.lists and target.kind not in ("text", "strings", "integers"):
        wrong.append(f"{one.to} holds one value, and is split")
    return wrong


def _mistaken_codes(mapping: Mapping, field: Field, target: Target) -> list[str]:
    """The codes of a field's table that the field cannot hold."""
    table = mapping.codes.get(field.codes, {})
    wrong: list[str] = []
    if target.kind in ("class", "integer", "integers"):
        wrong = [code for code in table.values() if not code.isdecimal()]
    elif target.kind == "country":
        wrong = [code for code in table.values() if not is_country(code)]
    elif target.kind == "flag":
        wrong = [code for code in table.values() if code.lower() not in ("true", "false")]
    elif target.words in _LISTS and (target.words != "kinds" or mapping.right == "trademark"):
        wrong = [code for code in table.values() if code not in codelists.codes(_LISTS[target.words])]
    return [f"[codes.{field.codes}]: {field.to} cannot be {code!r}" for code in dict.fromkeys(wrong)]
