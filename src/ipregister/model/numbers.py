"""Numbers of rights: canonical forms, record keys, ST.13, and every spelling a person may type.

A key is made from the application number by the rule of its series (`offices/<cc>.toml`); it is injective
within the office and does not depend on what else the register holds.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from ipregister.model.digits import bare_number, to_ascii
from ipregister.model.offices import Office, Series, codes
from ipregister.model.record import right_of
from ipregister.model.right import Right

_SEPARATORS = {"/": "-", "-": "--", "_": "---", ".": "----"}
"""How a single separator inside a number is written in a key: different ones stay different."""

PREFIXES = {"trademark": "", "patent": "pat-", "utility-model": "um-", "design": "des-", "indication": "gi-",
            "work": "cr-", "emblem": "em-"}  # fmt: skip
"""What the key of a right begins with after the office; no key template of a trademark series begins so (tested)."""
FIELDS = ("application_number", "registration_number", "international_number", "identifier")
"""Numbers that a record may be keyed by, in this order."""
SPELLED_FROM = (*FIELDS, "application_date", "references", "family", "publications")
"""Fields of a record that its spellings are made from, beside its kind of right and subtype."""
ST13_TYPES = {"trademark": "50", "patent": "10", "utility-model": "20", "design": "70", "indication": "52",
              "work": "90", "emblem": "91"}  # fmt: skip
"""Type of right in ST.13 (ST.13 paragraph 7, as the Global Brand Database uses it)."""

_PUBLISHED = frozenset({"patent", "utility-model"})
"""Rights whose published documents have numbers of their own (INID 11)."""

_ST13 = re.compile(r"[A-Z]{2}\d{2}\d{4}[A-Z0-9]{9}")
_NOT_PLAIN, _NO_WORD = re.compile("[^a-z0-9]+"), re.compile(r"\W")
_WIDEST_SERIAL = 8
_IR_WORD = re.compile(r"\bIRN?\s*[:.\s]\s*0*(\d{3,8}[A-Z]?)\b", re.IGNORECASE)


class Keyed(Struct, frozen=True):
    """The identity of a record: its key, the number series it was made by, ST.13 where it is reversible, and the
    serial number in the number, by which alone people ask for it, too."""

    key: str
    series: str
    st13: str
    provisional: bool
    serial: str = ""


_UNKEYED = Keyed("", "", "", provisional=True)


Numbered = tuple[Series, dict[str, str]] | None
"""A series with the parts of a number of it; None for a number of none."""
REMEMBERED, LONGEST = 4096, 64
"""So many numbers of an office are remembered, up to this length."""
_numbered: dict[int, tuple[Office, dict[tuple[str, str, str], tuple[Numbered]]]] = {}
"""By the identity of an office, which is kept with it, so that it stays the office's: its numbers that were read."""


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def series_of(
    number: str, office: Office, right: str = "trademark", field: str = "application_number"
) -> tuple[Series, dict[str, str]] | None:
    """The first series of the office for a right that the number belongs to, with the parts of the number.

    Remembered: reader, key and rules ask it of the same number."""
    held = _numbered.get(id(office))
    if held is None or held[0] is not office:
        held = _numbered[id(office)] = office, {}
    known, asked = held[1], (number, right, field)
    read = known.get(asked)
    if read is None:
        read = (_series_of(bare_number(number), office, right, field),)
        if len(known) >= REMEMBERED:
            known.clear()
        if len(number) <= LONGEST:
            known[asked] = read
    return read[0]


def _series_of(text: str, office: Office, right: str, field: str) -> Numbered:
    for series in office.series:
        if series.right == right and series.field == field:
            match = _pattern(series.pattern).fullmatch(text)
            if match:
                return series, match.groupdict("")
    return None


def series_of_record(record: Right, office: Office) -> tuple[Series, dict[str, str]] | None:
    """The series that numbers the record, with the parts of its number: read from the application number,
    else from the number that the office's series of that right name."""
    right = right_of(record)
    for field in FIELDS:
        number = getattr(record, field)
        found = series_of(number, office, right, field) if number else None
        if found:
            return found
    return None


def _slug(part: str) -> str:
    """A part of a number in a key, which is a part of an address: other letters are told by their code points."""
    if part.isascii() and part.isalnum():
        return part.lower()
    told = (
        _SEPARATORS.get(one) or (one if one.isascii() and one.isalnum() else f"_{ord(one):x}") for one in part
    )
    return "".join(told).lower()


def key_for(number: str, office: Office) -> str | None:
    """The record key of an application number, or None where its series is unknown."""
    found = series_of(number, office)
    if found is None:
        return None
    return _key(*found, office)


def _key(series: Series, parts: dict[str, str], office: Office) -> str:
    own = series.key.format(**{name: _slug(part) for name, part in parts.items()})
    return f"{office.code.lower()}-{PREFIXES[series.right]}{own}"


def key_of(record: Right, office: Office) -> Keyed | None:
    """Key, series and ST.13 of a record; None where it has no number or the series is unknown."""
    found = series_of_record(record, office)
    if found is None:
        return None
    series, parts = found
    key = _key(series, parts, office)
    serial = (parts.get("serial") or parts.get("ir") or "").casefold().lstrip("0")
    return Keyed(key, series.name, _st13(series, parts, record, office), False, serial)


def _st13(series: Series, parts: dict[str, str], record: Right, office: Office) -> str:
    date = record.application_date or ""
    year = date[:4] if series.year == "application_date" else parts.get(series.year, "")
    if not series.st13 or len(year) != 4:
        return ""
    text = f"{office.code}{ST13_TYPES[series.right]}{year}{series.st13.format(**parts)}"
    return text if _ST13.fullmatch(text) else ""


def provisional_key(office: str, right: str, raw: bytes) -> str:
    """The key of a record that has no number we can read: made from the raw slice."""
    return f"{office.lower()}-x-{right[0]}-{hashlib.sha256(raw).hexdigest()[:24]}"


def international_number(text: str, office: Office) -> str:
    """The international registration number inside an office's number or word (`KH/1071853A/M`), or ``."""
    found = series_of(text, office)
    if found and found[0].kind == "madrid":
        return found[1].get("ir", "").lstrip("0")
    return international_number_in(text)


def international_number_in(text: str) -> str:
    """The international registration number that a text names by the word (`IRN:1504436`), or ``."""
    if "IR" not in text and "ir" not in text:
        return ""
    match = _IR_WORD.search(to_ascii(text))
    return match[1].upper() if match else ""


def gbd_id(record: Right, office: Office) -> str:
    """The ST.13-like string by which WIPO's Global Brand Database names the record; `` where it has none.

    Not unique: several of an office's series can fall together in it.
    """
    number = "".join(record.application_number.split())
    peer = office.peer
    right = right_of(record)
    kind = peer.types.get(record.subtype, ST13_TYPES[right])
    for mask in (peer.masks if right == "trademark" else peer.other_masks.get(right)) or (r"(.*)",):
        pattern = _pattern(mask)
        match = pattern.fullmatch(number)
        if match and number:
            groups, year_at = match.groups(""), pattern.groupindex.get("year", 0)
            year = _peer_year(groups[year_at - 1] if year_at else "", record, office)
            serial = "".join([part for at, part in enumerate(groups, 1) if at != year_at])
            if not serial.isalnum():
                serial = _NO_WORD.sub("", serial)
            head = f"{office.code}{kind}{year}"
            return head + serial.rjust(17 - len(head), "0")
    return ""


def _peer_year(year: str, record: Right, office: Office) -> str:
    filed = "" if office.peer.yearless else (record.application_date or "")[:4]
    if len(year) < 4 and year:
        return office.peer.century + year
    return (filed or year) if office.peer.year_from_date else (year or filed)


@lru_cache(maxsize=16_384)
def _forms(number: str) -> tuple[str, ...]:
    if number.isalnum() and number.isascii():
        bare = number.lower()
        short = bare.lstrip("0")
        return (bare,) if not short or short == bare else (bare, short)
    exact = _NOT_PLAIN.sub("/", "".join(to_ascii(number).casefold().split())).strip("/")
    bare = exact.replace("/", "")
    return tuple(dict.fromkeys([form for form in (exact, bare, bare.lstrip("0")) if form]))


def folds(text: str) -> tuple[str, ...]:
    """The folded forms of a number that a person typed, in any digits of the region, most exact first.

    The number behind `IR` or behind the code of an office comes after them, and last the same number with
    more or fewer zeros before its last part: `4-2024-1350` for `4-2024-01350`."""
    forms = _forms(text)
    if not forms:
        return ()
    return tuple(dict.fromkeys((*forms, *_behind(forms[-1]), *_with_zeros(forms[0]))))


def exact_form(number: str) -> str:
    """The most exact folded form of a number, the first of `folds`; empty for none."""
    forms = _forms(number)
    return forms[0] if forms else ""


def _behind(bare: str) -> tuple[str, ...]:
    match = _prefixed(codes()).fullmatch(bare)
    return (match[1],) if match else ()


def _with_zeros(exact: str) -> Iterator[str]:
    """A number of several parts, written together, with its last part in every width of a serial number."""
    head, separator, last = exact.rpartition("/")
    serial = last.lstrip("0")
    if not separator or not serial.isdecimal():
        return
    for width in range(len(serial), _WIDEST_SERIAL + 1):
        bare = head.replace("/", "") + serial.rjust(width, "0")
        yield from (bare, *_behind(bare))


@cache
def _prefixed(offices: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:irn?|n[or]|{'|'.join(code.lower() for code in offices)})0*(\d{{3,}}[a-z]?)", re.ASCII
    )


def _published(record: Right) -> Iterator[str]:
    """The numbers of the published documents of a record, in each form in which they are written, also with their kind."""
    for one in record.publications:
        kind = str(getattr(one, "kind_code", ""))
        office = str(getattr(one, "office", "")) or record.office
        for number in (one.identifier, *(other.number for other in getattr(one, "documents", ()))):
            if number:
                yield number
                if kind:
                    yield number + kind
        if one.identifier and kind and not one.identifier.startswith(office):
            yield office + one.identifier + kind


def spellings(record: Right, office: Office, keyed: Keyed | None = None) -> tuple[tuple[str, str], ...]:
    """Every folded form by which the record can be looked up, each with the kind of number it is.

    `keyed` is what `key_of` tells of the record, where the caller has it."""
    known = keyed or key_of(record, office) or _UNKEYED
    own = _forms(record.application_number)
    rows = [("application", form) for form in own]
    for kind, number in (
        ("registration", record.registration_number),
        ("international", record.international_number),
        ("gbd_id", gbd_id(record, office)),
        ("st13", known.st13),
        ("key", known.key),
    ):
        if number:
            rows += [(kind, form) for form in _forms(number)]
    for one in record.references:
        rows += [
            ("reference", form) for number in (one.number, one.registration_number) for form in _forms(number)
        ]
    if right_of(record) in _PUBLISHED:
        rows += [("publication", form) for number in _published(record) for form in _forms(number)]
    for member in getattr(record, "family", ()):
        rows += [("family", form) for form in _forms(member.family)[:1]]
    code = office.code.lower()
    if own and own[-1].startswith(code) and own[-1] != code:
        rows.append(("application", own[-1][len(code) :]))
    if known.serial:
        rows.append(("application", known.serial))
    return tuple(dict.fromkeys(rows))
