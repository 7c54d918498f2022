"""Samples of an office's feed: what is read from them, to be reviewed and kept as a test."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.printing import Json, Row, lines
from ipregister.intake.sampling import DAY, Sample, as_json, outcome_path
from ipregister.intake.sampling import sample as reading
from ipregister.model.offices import office


def sample(
    office_code: Annotated[
        str, typer.Argument(metavar="OFFICE", help="ST.3 code of the office, such as LA.")
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            readable=False,
            help="XML or JSON files; CASE.in.xml or CASE.in.json gets its CASE.out.json.",
        ),
    ],
    day: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=f"Day on which the records are checked; {DAY} without it."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what is read; write nothing.")] = False,
    as_lines: Json = False,
) -> None:
    """Read sample records as a load would, and write all that comes of each beside it, to be reviewed.

    CASE.in.xml gets CASE.out.json: record, key, evidence, repairs, findings and state, or why it is refused.
    A file of another name is printed. The same file, facts and day always give the same. Needs no register.
    """
    facts = office(office_code)
    rows = []
    for file in files:
        made = reading(file, facts, day.date() if day else DAY)
        target = outcome_path(file)
        if target is None or dry_run:
            sys.stdout.write(as_json(made))
        else:
            rows.append(_written(file, target, made))
    if rows:
        with lines(
            as_lines, "Samples", ("sample", "outcome", "changed", "records", "refused", "findings")
        ) as out:
            for row in rows:
                out.add(row)


def _written(file: Path, target: Path, made: Sample) -> Row:
    text = as_json(made)
    before = target.read_text(encoding="utf-8") if target.exists() else None
    target.write_text(text, encoding="utf-8")
    return {"sample": file.name, "outcome": target.name, "changed": text != before,
            "records": len(made.records), "refused": sum(bool(one.refusal) for one in made.records),
            "findings": sum(len(one.findings) for one in made.records) + len(made.findings)}  # fmt: skip
