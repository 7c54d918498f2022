"""Writes an authority file in the XML form of the standard's DTD (ST.37, Annex IV)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ipregister.exchange.st37.entry import EXCEPTIONS, Entry
from ipregister.exchange.xml.quill import escaped, quoted

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(entries: Sequence[Entry], office: str, day: str) -> str:
    """The file of an office on a day (ISO 8601), its entries in order of number, kind and day."""
    ordered = sorted(entries, key=lambda one: (one.number.rjust(24), one.kind_code, one.date))
    produced = day.replace("-", "")
    pieces = [f'<authority-file country="{quoted(office)}" date-produced="{produced}">']
    pieces += _definition(ordered)
    for one in ordered:
        pieces += _entry(one)
    pieces.append("</authority-file>")
    return HEAD + "\n".join(pieces) + "\n"


def _definition(entries: Sequence[Entry]) -> Iterator[str]:
    exceptions = Counter(one.exception for one in entries if one.exception)
    kinds = Counter(one.kind_code for one in entries if one.kind_code)
    dates = sorted(one.date.replace("-", "") for one in entries if one.date)
    yield '<authority-file-definition grouped-af-indicator="no" update-af-category="full">'
    if exceptions:
        yield "<exception-code-list>"
        for code in sorted(exceptions):
            yield (
                f"<exception-code-definition><exception-code>{escaped(code)}</exception-code>"
                f"<exception-code-description>{escaped(EXCEPTIONS.get(code, code))}</exception-code-description>"
                "</exception-code-definition>"
            )
        yield "</exception-code-list>"
    yield "<data-coverage>"
    if dates:
        yield f'<publication-date-range start-date="{dates[0]}" end-date="{dates[-1]}"/>'
    if entries:
        first, last = quoted(entries[0].number), quoted(entries[-1].number)
        yield f'<publication-number-range begin-range-number="{first}" end-range-number="{last}"/>'
    yield from _totals("kind-code-coverage", "kind", kinds)
    yield from _totals("exception-code-coverage", "exception-code", exceptions)
    yield "</data-coverage></authority-file-definition>"


def _totals(name: str, tag: str, totals: Counter[str]) -> Iterable[str]:
    for code in sorted(totals):
        yield (
            f"<{name}><{tag}>{escaped(code)}</{tag}>"
            f"<document-total-quantity>{totals[code]}</document-total-quantity></{name}>"
        )


def _entry(one: Entry) -> Iterator[str]:
    yield "<authority-file-entry><publication-reference><document-id>"
    fields = (("country", one.office), ("doc-number", one.number), ("kind", one.kind_code),
              ("date", one.date.replace("-", "")))  # fmt: skip
    yield "".join(f"<{tag}>{escaped(text)}</{tag}>" for tag, text in fields if text)
    yield "</document-id></publication-reference>"
    if one.exception:
        yield f"<exception-code>{escaped(one.exception)}</exception-code>"
    yield "</authority-file-entry>"
