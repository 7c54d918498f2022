"""`ipregister ledger`: what an office declares, held against what the register has."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import line
from ipregister.exchange.st37.writer import write
from ipregister.model.errors import NotFound, UsageError
from ipregister.model.offices import Office, codes, office
from ipregister.model.record import RIGHTS
from ipregister.publication.completeness.declarations import Declaration, Said, take
from ipregister.publication.completeness.holding import entries
from ipregister.publication.completeness.keeping import Ledger, keep, made
from ipregister.publication.completeness.ledger import as_csv
from ipregister.publication.completeness.totals import Stage
from ipregister.publication.statistics.counting import today_in
from ipregister.store.register import Register


def ledger(
    context: typer.Context,
    office_code: Annotated[str, typer.Option("--office", help="The office.")],
    right: Annotated[str, typer.Option(help="Of this right only; needed with --declare of a list of numbers.")] = "",
    declare: Annotated[
        Path | None,
        typer.Option(help="Take in what the office declares: an ST.37 file, or a CSV with right,stage,year,total.",
                     exists=True, dir_okay=False),
    ] = None,
    stage: Annotated[Stage, typer.Option(help="What the declared numbers are numbers of.")] = "publications",
    signed_by: Annotated[str, typer.Option(help="Who signed the declaration for the office; a draft without.")] = "",
    source: Annotated[str, typer.Option(help="Where the declaration comes from, such as a gazette and its date.")] = "",
    draft: Annotated[
        Path | None, typer.Option(help="Write the ST.37 file of what is held here, for the office to check and sign.")
    ] = None,
    form: Annotated[Literal["csv", "json"], typer.Option("--format", help="csv, or json: a JSON line each.")] = "json",
) -> None:  # fmt: skip
    """Hold what an office declares against what the register has: gaps by range, by right, stage and year."""
    code = office_code.upper()
    if code not in codes():
        raise NotFound(f"no office {office_code!r}", remedy="see `ipregister offices`")
    if right and right not in RIGHTS:
        raise UsageError(f"{right!r} is no right", remedy=f"use one of {', '.join(RIGHTS)}")
    register, data, facts = register_of(context), options_of(context).data, office(code)
    now = dt.datetime.now(dt.UTC)
    if declare:
        said = Said(code, right, stage, signed_by, source)
        _told(take(data, declare.read_bytes(), declare.name, said, now))
    elif draft:
        _draft(register, facts, right, today_in(facts, now), draft)
    else:
        found = made(register, data, facts, now, right)
        if not right:
            keep(data, found)
        _print(found, form)


def _print(found: Ledger, form: str) -> None:
    if form == "csv":
        sys.stdout.write(as_csv(found.lines, found.sums))
        return
    rows = [("sum", one) for one in found.sums] + [("line", one) for one in found.lines]
    for kind, one in rows:
        row: dict[str, Any] = msgspec.to_builtins(one)
        sys.stdout.write(line({"kind": kind, **row}) + "\n")
    if found.unpublished:
        told = msgspec.to_builtins(found.unpublished)
        sys.stdout.write(line({"kind": "unpublished", "office": found.office, **told}) + "\n")


def _told(taken: Declaration) -> None:
    row = {"office": taken.office, "declaration": taken.digest, "numbers": len(taken.numbers), "totals": len(taken.totals),
           "refused": [msgspec.to_builtins(one) for one in taken.refused], "signed_by": taken.signed_by}  # fmt: skip
    sys.stdout.write(line(row) + "\n")
    if taken.refused:
        raise typer.Exit(1)


def _draft(register: Register, facts: Office, right: str, day: dt.date, path: Path) -> None:
    if not right:
        raise UsageError("an authority file is of one right", remedy=f"give --right: {', '.join(RIGHTS)}")
    found = entries(register, facts, right, day)
    path.write_text(write(found, facts.code, day.isoformat()), encoding="utf-8")
    sys.stdout.write(
        line({"office": facts.code, "right": right, "entries": len(found), "file": str(path)}) + "\n"
    )
