"""`ipregister export`: the records written in a format, a file for each form that it has."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.opened import register_of
from ipregister.commands.printing import lines
from ipregister.commands.writing import named, written
from ipregister.exchange.formats import ALL, FORMATS, Format, Item, format_named
from ipregister.exchange.writers import not_written
from ipregister.model.errors import UsageError
from ipregister.model.offices import codes, office
from ipregister.model.publicity import public_record
from ipregister.model.record import RIGHTS, right_of
from ipregister.store.register import Register

_PAGE = 500


def export(
    context: typer.Context,
    office_code: Annotated[str, typer.Option("--office", help="Of this office only.")] = "",
    right: Annotated[str, typer.Option(help="Of this right only, such as trademark.")] = "",
    format: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(f.name for f in FORMATS)}.")
    ] = "jsonl",
    full: Annotated[
        bool, typer.Option("--full", help="Whole records, with what is not public. For the office's own use.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", callback=named, help="Write to this file; a spreadsheet needs one."),
    ] = None,
) -> None:
    """Write the records: what the law makes public of them, or with --full all.

    Without --right, of every right that the format has a form for; records of others are left out and told. A table
    and a document of XML hold one form: OUT.csv gets the first right (trademark before patent, design and so on) and
    OUT.design.csv and so on beside it the others; stdout gets the first alone. With -o, a line tells each file: `file`,
    `format`, `rights`, `records`, and `left_out` by right.
    """
    register = register_of(context)
    chosen = format_named(format)
    if chosen is None:
        raise UsageError(f"no format {format!r}", remedy=f"use one of {', '.join(f.name for f in FORMATS)}")
    code = office(office_code).code if office_code else ""
    if right and right not in (known := _rights(register)):
        raise UsageError(f"no right {right!r}", remedy=f"use one of {', '.join(known)}")
    _Export(register, code, chosen, full=full).run(right, output)


class _Export:
    """The records of the register on their way out in a format."""

    def __init__(self, register: Register, code: str, chosen: Format, *, full: bool) -> None:
        self._register, self._code, self._chosen, self._full = register, code, chosen, full
        self._offices: set[str] = set()

    def run(self, right: str, output: Path | None) -> None:
        """Write all, and tell what was left out and where the data come from."""
        forms: list[tuple[str, ...]] = [(right,)] if right else self._forms()
        left = {} if right else self._left_out(forms if output else forms[:1])
        first, *others = forms
        rows = [self._write(first, output)]
        if output is not None:
            rows += [self._write(one, self._beside(one, output)) for one in others]
            with lines(False, "Exported") as out:
                for row in rows:
                    out.add(row | {"left_out": left})
        for one, amount in left.items():
            has = one in self._chosen.rights
            why = "each right has a file with -o FILE" if has else f"{self._chosen.name} has no form for them"
            print(f"left out: {amount} of the right {one}; {why}", file=sys.stderr)
        _tell_sources(self._register, self._offices)

    def _forms(self) -> list[tuple[str, ...]]:
        """The rights that can stand in one file, for each file that is written: those that have records, in the order
        of the table of rights. Raises `NotWritten` where the format has a form for none of them."""
        if self._chosen.mixed and set(self._chosen.rights) == set(ALL):
            return [("",)]
        held = [one for one in RIGHTS if self._any(one)]
        fit = [one for one in held if one in self._chosen.rights]
        if held and not fit:
            raise not_written(self._chosen.name, held[0])
        if self._chosen.mixed:
            return [tuple(fit or self._chosen.rights[:1])]
        groups = dict.fromkeys(self._chosen.form(one) for one in fit or self._chosen.rights[:1])
        return [tuple(one for one in group if one in fit) or group for group in groups]

    def _any(self, right: str) -> bool:
        """Whether a record of a right goes out."""
        return next(_items(self._register, self._code, right, full=self._full), None) is not None

    def _left_out(self, forms: list[tuple[str, ...]]) -> dict[str, int]:
        """How many records go into no file, by right: of what may go out at all."""
        taken = {right for form in forms for right in form}
        if "" in taken:
            return {}
        counts = {
            one: sum(1 for _ in _items(self._register, self._code, one, full=self._full))
            for one in RIGHTS
            if one not in taken
        }
        return {one: amount for one, amount in counts.items() if amount}

    def _write(self, rights: tuple[str, ...], output: Path | None) -> dict[str, object]:
        counts: Counter[str] = Counter()

        def counted() -> Iterator[Item]:
            for one in rights:
                for item in _items(self._register, self._code, one, full=self._full):
                    self._offices.add(item.office.code)
                    counts[right_of(item.record)] += 1
                    yield item

        made = written(self._chosen, counted(), rights[0] or "trademark", output)
        present = [one for one in RIGHTS if counts[one]]
        return {"file": str(made), "format": self._chosen.name, "rights": present, "records": counts.total()}

    def _beside(self, rights: tuple[str, ...], output: Path) -> Path:
        """The file of other rights than the first."""
        found = (item for one in rights for item in _items(self._register, self._code, one, full=self._full))
        several = self._chosen.alone(rights[0]) and len(list(islice(found, 2))) > 1
        return output.with_name(f"{output.stem}.{rights[0]}{'.zip' if several else output.suffix}")


def _rights(register: Register) -> list[str]:
    """The rights that the facts of an office know, and those of which the register holds records."""
    facts = {right for code in codes() for right in office(code).publicity}
    return sorted(facts.union(right for _, right, _, _ in register.counts()))


def _items(register: Register, code: str, right: str, *, full: bool) -> Iterator[Item]:
    """What is exported of a right (empty: of all)."""
    after = ""
    today = dt.datetime.now(dt.UTC).date()
    while keys := register.keys(office=code, right=right, after=after, limit=_PAGE):
        found = register.get_many(keys)
        for version in (found[key] for key in keys if key in found and not found[key].deleted):
            facts = office(version.office)
            record = register.record(version)
            shown = record if full else public_record(record, facts, today)
            if shown is not None:
                yield Item(version.key, shown, facts, tuple(one.sha256 for one in version.media),
                           data_day=version.confirmed[:10])  # fmt: skip
        after = keys[-1]


def _tell_sources(register: Register, offices: Collection[str]) -> None:
    for one, extracted in register.freshness().items():
        if one in offices:
            facts = office(one)
            notice = facts.notice.text if facts.notice else ""
            print(f"Source: {facts.name} ({one}), data to {extracted[:10]}. {notice}", file=sys.stderr)
