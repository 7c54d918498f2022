"""What was delivered: the list of deliveries, and the report of each."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import override

from ipregister.commands.opened import register_of
from ipregister.commands.printing import Json, lines
from ipregister.intake import loading, reports
from ipregister.intake.findings import kinds
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.portal.field_labels import field_label
from ipregister.portal.publicly import data_day
from ipregister.quality.messages import LANGUAGES
from ipregister.quality.writers import as_json, as_text
from ipregister.store.rows import DeliveryHead

_LISTED = ("number", "office", "name", "extracted", "state", "in", "quarantined", "findings", "stored",
           "unchanged", "kind", "delivery", "received")  # fmt: skip
"""Columns on a terminal, the most important first."""


def deliveries(
    context: typer.Context,
    office_code: Annotated[str, typer.Option("--office", help="Of this office only.")] = "",
    limit: Annotated[int, typer.Option(help="The newest so many; 0 = all.")] = 0,
    as_json: Json = False,
) -> None:
    """List the deliveries in the register, the newest first."""
    register = register_of(context)
    with lines(as_json, "Deliveries", _LISTED) as out:
        for head in register.deliveries(office_code.upper(), limit=limit):
            out.add(_delivery_row(head))


def _delivery_row(head: DeliveryHead) -> dict[str, object]:
    line = loading.result_of(head).line()
    return {"number": head.id, **line, "name": head.name, "kind": head.kind, "extracted": data_day(head.extracted), "extraction": head.extracted,
            "received": head.received_at.isoformat(timespec="seconds"), "state": head.state}  # fmt: skip


def report(
    context: typer.Context,
    delivery: Annotated[str, typer.Argument(help="Number or hash of a delivery.")],
    lang: Annotated[str, typer.Option(help="Language; the office's own without it.")] = "",
    to: Annotated[Path | None, typer.Option(help="Write to this file: .csv, .xlsx or .json.")] = None,
    as_json_lines: Json = False,
) -> None:
    """The delivery report: what came, what became of it, what is wrong with it, and what to do.

    When piped or with --json it is one line of JSON: `facts`, `findings` (each code with `count`, `share` of the records,
    `message`, `remedy` and at most five `samples`), `quarantine`, `fill`. All findings, a line each: --to FILE.csv.
    """
    register = register_of(context)
    head = register.delivery(delivery)
    if lang and lang not in LANGUAGES:
        raise UsageError(f"no language {lang!r}", remedy=f"use one of {', '.join(LANGUAGES)}")
    lang = lang or office(head.office).languages[0]
    if to is not None:
        reports.write(register, head, to, lang)
        print(f"{to} is written", file=sys.stderr)
        return
    made = reports.delivery_report(register, head)
    if as_json_lines or not sys.stdout.isatty():
        print(as_json(made, lang, kinds()).decode())
    else:
        with override(lang):
            print(as_text(made, lang, kinds(), shutil.get_terminal_size().columns, field_label))
