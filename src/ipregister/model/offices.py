"""The facts of the offices: one TOML file each in `offices/`, or in the installation's own folder; read once,
checked on reading."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ipregister.model import codelists, office_files
from ipregister.model.errors import NotFound
from ipregister.model.notices import Notice


class Series(Struct, frozen=True):
    """A number series of an office and the rule that makes the record key from it.

    `pattern` is a regular expression with named groups over the canonical number (upper case, no spaces,
    ASCII digits); `key` is a template over the groups that must be injective within the office (tested);
    `st13` a template (`{year}` and `{serial}` known) for the reversible ST.13 form, or empty; `year` says
    where the year is: a group name, `application_date`, or empty. `kind`: national, madrid, gi, renewal,
    extension. `examples` are tested: each must match this series first. `right` is the right that the series
    numbers, `field` the number of the record that it is read from (`registration_number` where applications have none).
    """

    name: str
    pattern: str
    key: str
    right: str = "trademark"
    field: str = "application_number"
    kind: str = "national"
    st13: str = ""
    year: str = ""
    examples: tuple[str, ...] = ()


class Peer(Struct, frozen=True):
    """How WIPO's Global Brand Database spells this office's numbers (`gbd_id`).

    The first mask that matches the whole number wins; its groups are joined. A group `year` gives the year
    (else the application date does; with `year_from_date` the date comes first), two digits after `century`; `types` are ST.13 type digits by subtype.
    `number_stands_in`: a registered mark without a registration number shows its application number there.
    `inactive_by_expiry`: an inactive mark has expired if it has an expiry date, else it has ended.
    `other_masks` are those of the numbers of other rights than trademarks, by right.
    """

    masks: tuple[str, ...] = ()
    collection: str = ""
    century: str = "19"
    year_from_date: bool = False
    yearless: bool = False
    number_stands_in: bool = False
    inactive_by_expiry: bool = False
    types: dict[str, str] = {}
    other_masks: dict[str, tuple[str, ...]] = {}


class Feed(Struct, frozen=True):
    """The shape of the office's deliveries.

    `reader` names an entry of `capture.readers`; `record_tag` is the local name of the element that is one
    record in a bulk file; `signs` are local names of elements by which a record of this shape is told from
    the office's other ones (see `Office.feeds`); `name_patterns` find the extraction day in the delivery's name (named groups
    year, month, day; optional number); `full_patterns` mark a delivery as full, else it is a delta; `lacks` are fields
    of a record (`areas`) for which the office's deliveries have no place: nothing is said of their absence.
    """

    reader: str
    record_tags: tuple[str, ...]
    name_patterns: tuple[str, ...] = ()
    full_patterns: tuple[str, ...] = ()
    date_form: str = "iso"
    signs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Publicity(Struct, frozen=True):
    """What of a right is public, by the office's law. No rule means restricted.

    `record`: `public`, or a condition of `model.publicity`; `fields` maps a field pattern
    (`applicants/*/address_lines`) to `public`, `restricted`, or a condition such as `legal-persons`.
    `embargoed` is the same for the time in which the record as a whole is not yet public (a deferred design:
    number and applicant, say); none means that nothing of it is. A rule `@party` stands for the rules of that name
    in the office's `publicity_groups`.
    """

    record: str = "restricted"
    source: str = ""
    fields: dict[str, str] = {}
    embargoed: dict[str, str] = {}


class Term(Struct, frozen=True):
    """Terms of protection in force from a day on. Lengths in years and months, with their legal source.

    `years` is 0 where the law sets no term (geographical indications in many countries)."""

    right: str
    years: int
    counted_from: str
    from_day: str = ""
    grace_months: int = 0
    renewal_years: int = 0
    source: str = ""


class Office(Struct, frozen=True, forbid_unknown_fields=True):
    """One office. Word tables map the office's word (case-folded, single spaces) to our code.

    `words` holds, by right and table, words that mean something else in another right than the trademark:
    `[words.design.statuses]`; `word("design/statuses", …)` looks there first. `feeds` are the further shapes
    in which the office delivers (designs, patents), beside `feed`. `notices` are those of rights for which another
    register or gazette prevails than `notice` says.

    `shares_numbers`: a registration without a number of its own goes by its application number.

    `acts` are header words of records that are themselves a recorded act (a renewal sent as its own record).
    `encodings` are the 8-bit encodings of the office's older systems, tried on text that is not UTF-8;
    `significant_is_description`: the office puts the description of the picture where ST.66 has the
    significant verbal element."""

    code: str
    name: str
    zone: str
    feed: Feed
    series: tuple[Series, ...]
    names: dict[str, str] = {}
    languages: tuple[str, ...] = ("en",)
    buddhist_year: Literal["january", "visak"] = "january"
    """When the Buddhist year changes: with the common one, or at Visak; then no date of that era is read."""
    notice: Notice | None = None
    peer: Peer = Peer()
    placeholders: tuple[str, ...] = ("-", ".", "N/A", "NONE", "None", "n/a", "none", "--")
    language_tags: dict[str, tuple[str, ...]] = {}
    features: dict[str, str] = {}
    kinds: dict[str, str] = {}
    subtypes: dict[str, str] = {}
    statuses: dict[str, str] = {}
    peer_statuses: dict[str, str] = {}
    events: dict[str, str] = {}
    recordals: dict[str, str] = {}
    acts: dict[str, str] = {}
    countries: dict[str, str] = {}
    designation_states: dict[str, str] = {}
    deletions: tuple[str, ...] = ()
    shares_numbers: bool = False
    encodings: tuple[str, ...] = ()
    significant_is_description: bool = False
    feeds: tuple[Feed, ...] = ()
    words: dict[str, dict[str, dict[str, str]]] = {}
    publicity: dict[str, Publicity] = {}
    publicity_groups: dict[str, dict[str, str]] = {}
    terms: tuple[Term, ...] = ()
    notices: dict[str, Notice] = {}

    def notice_on(self, right: str) -> Notice | None:
        """What is said of the office's data on a right; of all its data where the right has no notice of its own."""
        return self.notices.get(right, self.notice)

    def word(self, table: str, word: str) -> str | None:
        """Our code for the office's word in the named table, or None where the table lacks it.

        A table is named `statuses`, or `design/statuses` for what the word means of another right."""
        return _word(self.code, table, word)


def fold_word(word: str) -> str:
    """Case-folded, whitespace collapsed: how words are compared with the tables."""
    return " ".join(word.split()).casefold()


TABLES = ("features", "kinds", "subtypes", "statuses", "peer_statuses", "events", "recordals", "acts", "countries",
          "designation_states")  # fmt: skip


@lru_cache(maxsize=16384)
def _word(code: str, table: str, word: str) -> str | None:
    return _folded(code)[table].get(fold_word(word))


@cache
def _folded(code: str) -> dict[str, dict[str, str]]:
    facts = office(code)
    tables = {name: {fold_word(word): ours for word, ours in getattr(facts, name).items()} for name in TABLES}
    return _Tables(tables, facts.words)


@cache
def _own_statuses(right: str) -> dict[str, str]:
    """What status words say of a right for which WIPO has no standard: the register's own table."""
    rows = codelists.table("own_statuses").values()
    return {fold_word(row["label"]): row["state"] for row in rows if row["right"] == right}


class _Tables(dict[str, dict[str, str]]):
    """The tables by name; one of another right is made when first asked for: its own words over the shared ones."""

    def __init__(self, shared: dict[str, dict[str, str]], own: dict[str, dict[str, dict[str, str]]]) -> None:
        super().__init__(shared)
        self._own = own

    def __missing__(self, name: str) -> dict[str, str]:
        right, _, table = name.partition("/")
        own = self._own.get(right, {}).get(table, {})
        ours = _own_statuses(right) if table == "statuses" else {}
        made = self[name] = {
            **ours,
            **self.get(table, {}),
            **{fold_word(word): code for word, code in own.items()},
        }
        return made


_FOLDERS: list[Path] = []
"""Folders of an installation with facts of its own offices, beside those of the package."""


def use_folder(folder: Path) -> None:
    """Read facts of offices from this folder too; the package's own come first. Done once at the door."""
    if folder not in _FOLDERS:
        _FOLDERS[:] = [folder]
        forget()


def forget() -> None:
    """Read the facts of an installation's own offices anew when they are next asked for; the package's do not change."""
    for kept in (_files, codes, office, zones, _folded, _word):
        kept.cache_clear()


@cache
def _of_package() -> dict[str, Traversable]:
    """The file of each office that comes with the package."""
    return _by_code((resources.files("ipregister.model") / "offices").iterdir())


def _by_code(files: Iterable[Traversable]) -> dict[str, Traversable]:
    return {file.name[:-5].upper(): file for file in files if re.fullmatch(r"[a-z]{2}\.toml", file.name)}


@cache
def _files() -> dict[str, Traversable]:
    """The file of each office."""
    own = [file for folder in _FOLDERS if folder.is_dir() for file in sorted(folder.iterdir())]
    return {**_by_code(own), **_of_package()}


@cache
def codes() -> tuple[str, ...]:
    """The ST.3 codes of all offices that have a file, sorted."""
    return tuple(sorted(_files()))


@cache
def office(code: str) -> Office:
    """The facts of one office. Files of `shared/` named in `include` are merged under the office's own.

    Raises `NotFound` for an office without a file, `UsageError` for a file that is wrong."""
    code = code.upper()
    if not re.fullmatch(r"[A-Z]{2}", code) or code not in codes():
        raise NotFound(f"no office {code!r}", remedy=f"use one of {', '.join(codes())}")
    if code in _of_package():
        return _packaged(code)
    made = _read(_files()[code])
    for series in made.series:
        office_files.require_sound(series.name, series.pattern, series.examples, str(_files()[code]))
    return made


@cache
def _packaged(code: str) -> Office:
    return _read(_of_package()[code])


def _read(file: Traversable) -> Office:
    facts = office_files.read(file)
    for shared in facts.pop("include", []):
        facts = office_files.merged(office_files.shared(shared), facts)
    return office_files.typed(facts, Office, str(file))


_ZONE = re.compile(r'^zone = "([^"\\]+)"$', re.MULTILINE)


@cache
def zones() -> dict[str, str]:
    """The time zone of every office, read out of the files without the rest of their facts: what "today" needs."""
    found = {}
    for code in codes():
        line = _ZONE.search(_files()[code].read_text(encoding="utf-8").partition("\n[")[0])
        found[code] = line[1] if line else office(code).zone
    return found
