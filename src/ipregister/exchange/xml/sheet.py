"""The working sheet of one reading: plain values, their evidence, findings, and what has no place.

Readers fill `record` with plain values (dicts, lists, str, int) under the field names of the model; `done`
makes the typed record of them. Positions count elements in document order, as `model.evidence` says.
"""

from typing import Any, cast

import msgspec
from lxml import etree

from ipregister.exchange.findings import SEVERITY
from ipregister.exchange.xml.lookups import MEMO_LIMIT, lookups
from ipregister.exchange.xml.slices import MAX_DEPTH, Parsed, attribute_place, local_name
from ipregister.model import legacy
from ipregister.model.dates import is_unsure
from ipregister.model.dates import parse as parse_date
from ipregister.model.evidence import Origin, Reading, split_origin
from ipregister.model.finding import Finding
from ipregister.model.offices import Office
from ipregister.model.record import RIGHTS, Record

Plain = dict[str, Any]

MARKUP = ("{http://www.w3.org/2001/XMLSchema-instance}", "{http://www.w3.org/XML/1998/namespace}space")
"""Attributes that begin so say how to read the file; they are no data of the record."""


class TooDeep(Exception):
    """Elements are nested deeper than the limit."""


class Sheet:
    """What has been read of one record so far."""

    __slots__ = ("careful", "days", "evidence", "extra", "findings", "form", "kept", "lookups", "office", "placeholders",
                 "record", "tags", "taken", "taken_attributes", "told", "used")  # fmt: skip

    def __init__(self, office: Office, right: str = "trademark") -> None:
        self.office = office
        self.lookups = known = lookups(office)
        self.placeholders, self.form = known.placeholders, known.form
        self.tags, self.days = known.tags_of_ascii, known.days
        self.record: Plain = {"right": right, "office": office.code}
        self.evidence: dict[str, Origin] = {}
        self.findings: list[Finding] = []
        self.kept, self.extra = list[Plain](), list[Plain]()
        self.told: set[str] = set()
        self.careful, self.taken = True, 0
        self.taken_attributes: tuple[str, ...] = ()
        self.used: list[int | str] = []

    def find(self, code: str, path: str = "", value: str = "", **arguments: str) -> None:
        """Note a finding of a declared kind."""
        self.findings.append(Finding(code, SEVERITY[code], path, value, arguments))

    def keep(self, field: str, text: str, reason: str, position: int | str, code: str = "") -> None:
        """Keep a delivered value that is none of its field's; with a finding unless it is a placeholder."""
        self.evidence[f"/kept/{len(self.kept)}/text"] = position
        self.kept.append({"field": field, "text": text, "reason": reason})
        if code:
            self.find(code, field, text)

    def spare(self, path: str, text: str, position: int | str) -> None:
        """Put a delivered text that has no field beside the record."""
        self.evidence[f"/extra/{len(self.extra)}/text"] = position
        self.extra.append({"path": path, "text": text})

    def put(self, draft: Plain, pointer: str, field: str, raw: str, position: int | str) -> bool:
        """Set a text field: trimmed by name, placeholders kept apart. False where nothing was set."""
        text = raw.strip()
        if text in self.placeholders:
            self.keep(f"{pointer}/{field}", raw, "placeholder", position)
            return False
        draft[field] = text
        self.evidence[f"{pointer}/{field}"] = position if text == raw else (position, "trim")
        return True

    def put_date(self, draft: Plain, pointer: str, field: str, raw: str, position: int | str) -> None:
        """Set a date field, or keep the text where it is no day of the calendar. What was found to be a day as it is written is
        remembered."""
        if raw in self.days:
            draft[field] = raw
            self.evidence[f"{pointer}/{field}"] = position
            return
        iso, repairs = parse_date(raw, self.form)
        unsure = bool(repairs) and is_unsure(repairs, self.office.buddhist_year)
        if iso is not None and not unsure:
            draft[field] = iso
            self.evidence[f"{pointer}/{field}"] = (position, *repairs) if repairs else position
            if not repairs and len(self.days) < MEMO_LIMIT:
                self.days.add(raw)
        elif raw.strip() in self.placeholders:
            self.keep(f"{pointer}/{field}", raw, "placeholder", position)
        else:
            code = "visak-year" if unsure else "not-a-date"
            self.keep(f"{pointer}/{field}", raw, "not-a-date", position, code)

    def put_word(
        self, draft: Plain, pointer: str, field: str, raw: str, position: int | str, *, table: str
    ) -> bool:
        """Set a field to our code for the office's word. False where the table lacks it."""
        ours = self.lookups.word(table, raw)
        if ours is None:
            return False
        draft[field] = ours
        self.evidence[f"{pointer}/{field}"] = position if ours == raw else (position, f"word:{table}")
        return True

    def put_country(self, draft: Plain, pointer: str, field: str, raw: str, position: int | str) -> None:
        """Set a country field to its ST.3 code, from a code or a name."""
        code = self.lookups.country(raw)
        if code is not None:
            draft[field] = code
            self.evidence[f"{pointer}/{field}"] = position if code == raw else (position, "country")
        elif raw.strip() in self.placeholders:
            self.keep(f"{pointer}/{field}", raw, "placeholder", position)
        else:
            self.keep(f"{pointer}/{field}", raw, "not-a-country", position, "not-a-country")

    def put_text(
        self,
        texts: list[Plain],
        pointer: str,
        raw: str,
        position: int | str,
        *,
        language: str | None,
        collapse: bool = True,
    ) -> None:
        """Add a text with its language to a list of texts (`pointer` is the list's)."""
        place = f"{pointer}/{len(texts)}"
        text = raw.strip()
        if text in self.placeholders or (collapse and not text.isprintable()):
            self.put_odd_text(texts, place, raw, position, language=language)
            return
        self.evidence[place + "/text"] = position if text == raw else (position, "trim")
        entry: Plain = {"text": text}
        texts.append(entry)
        if language:
            self.put_language(entry, place + "/lang", language, text, position=position)

    def put_odd_text(
        self, texts: list[Plain], place: str, raw: str, position: int | str, *, language: str | None
    ) -> None:
        """Add a text that is a placeholder, or has line breaks or other signs that cannot be printed."""
        text = raw.strip()
        if text in self.placeholders:
            self.keep(f"{place}/text", raw, "placeholder", position)
            if language and not language.isspace():
                self.keep(f"{place}/lang", language, "placeholder", f"{position}@languageCode")
            return
        if "\n" in text or "\t" in text or "\r" in text:
            text = " ".join(text.split())
            self.evidence[f"{place}/text"] = (position, "space")
        else:
            self.evidence[f"{place}/text"] = position if text == raw else (position, "trim")
        entry: Plain = {"text": text}
        texts.append(entry)
        if language:
            self.put_language(entry, f"{place}/lang", language, text, position=position)

    def legacy(self, raw: str, language: str | None) -> str:
        """The old encoding of a text that is not ASCII, by the office's code for its language; empty: none."""
        if not legacy.doubtful(raw):
            return ""
        tag = self.lookups.language(language, raw) if language else ""
        encoding = legacy.encoding_of(raw, tag or "", self.office)
        if encoding and legacy.decode(raw, encoding).strip() in self.placeholders:
            return ""
        return encoding

    def put_legacy(
        self, texts: list[Plain], pointer: str, raw: str, position: int | str, *, encoding: str,
        language: str | None, collapse: bool = True,
    ) -> None:  # fmt: skip
        """Add a text in an old encoding as what it meant, with a finding."""
        place = f"{pointer}/{len(texts)}/text"
        meant = legacy.decode(raw, encoding)
        self.put_text(texts, pointer, meant, position, language=language, collapse=collapse)
        first, repairs = split_origin(self.evidence[place])
        self.evidence[place] = (int(first) if first.isdecimal() else first, f"legacy:{encoding}", *repairs)
        self.find("legacy-converted", place, raw, encoding=encoding)

    def put_language(self, entry: Plain, place: str, code: str, text: str, *, position: int | str) -> None:
        """Set the language of a text by the office's code for it, the `languageCode` of the element."""
        tags = self.lookups.tags_of_ascii if text.isascii() else self.lookups.tags_of_others
        tag = tags.get(code) or self.lookups.language(code, text)
        if code.isspace():
            return
        if tag is None:
            self.keep(place, code, "unknown-code", f"{position}@languageCode", "unknown-language")
            return
        if tag != "und":  # a default is never set: canonical bytes leave it out
            entry["lang"] = tag
        where = f"{position}@languageCode"
        self.evidence[place] = where if tag == code else (where, f"lang:{tag}")

    def unknown(self, element: etree._Element, position: int) -> int:
        """Put everything inside an element that has no place beside the record; one finding for all elements
        of a path. Returns the last position."""
        before, path = len(self.extra), path_of(element)
        last = self._spare_all(element, position, path)
        if len(self.extra) > before and path not in self.told:
            self.told.add(path)
            self.find("unknown-element", f"/extra/{before}", place=path)
        return last

    def _spare_all(self, element: etree._Element, position: int, path: str) -> int:
        if path.count("/") >= MAX_DEPTH:
            raise TooDeep(path)
        self.spare_attributes(element, position, path)
        if element.text and not element.text.isspace():
            self.spare(path, element.text, position)
        last = position
        for child in element:
            here = last + 1
            last = self._spare_all(child, here, f"{path}/{local_name(str(child.tag))}")
            if child.tail and not child.tail.isspace():
                self.spare(path, child.tail, f"{here}~")
        return last

    def spare_attributes(self, element: etree._Element, position: int, path: str, *but: str) -> None:
        """Put an element's attributes beside the record, but for those that were read."""
        for name, value in element.items():
            if name not in but and value and not value.isspace() and not str(name).startswith(MARKUP):
                place = attribute_place(element, str(name))
                self.spare(f"{path}/@{local_name(str(name))}", str(value), f"{position}@{place}")

    def done(self, parsed: Parsed) -> Reading:
        """The reading: a typed record of what is on the sheet."""
        if self.kept:
            self.record["kept"] = self.kept
        if self.extra:
            self.record["extra"] = self.extra
        for repair in parsed.repairs:
            self.find("repaired-slice", "", repair, repair=repair)
        for name in parsed.unknown_entities:
            self.find("unknown-entity", "", name)
        # By its own class: a union is analysed anew each time, which costs as much as the conversion itself.
        record = cast("Record", msgspec.convert(self.record, RIGHTS[self.record["right"]]))
        return Reading(record, self.evidence, tuple(self.findings), parsed.repairs, used=tuple(self.used))


def path_of(element: etree._Element) -> str:
    """Local element names from the root down to an element, `/`-joined."""
    names = [local_name(str(element.tag)), *(local_name(str(a.tag)) for a in element.iterancestors())]
    return "/".join(reversed(names))
