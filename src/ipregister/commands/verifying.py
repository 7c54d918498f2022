"""`ipregister verify` and `ipregister extract`: what was given out, and whether it is as it was given."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import Unproven, UsageError
from ipregister.publication.extract import copy
from ipregister.publication.keys import public_key
from ipregister.publication.paper import paper
from ipregister.publication.verify.proving import verify as verified

_FAULT = ("place", "message", "remedy")


def verify(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|DIR|URL",
            help="A copy, a file of a publication, a publication, all of them, "
            "an offline edition, a data folder, or the address of a register.",
        ),
    ],
    key: Annotated[
        str, typer.Option(help="Public key of the publisher: a file, or ed25519: and 64 hex digits.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Verify what a register gave out, offline, with its public key alone. Exit code 6: something does not hold.

    Without --key the key that stands in it is taken: that shows damage, but not who published it."""
    report = verified(what, public_key(key) if key else None)
    with lines(as_json, "Does not hold", _FAULT) as out:
        for fault in report.faults:
            out.add({"place": fault.place, "message": fault.message, "remedy": fault.remedy})
        if report.holds:
            out.add({"holds": True, **report.told()})
    if not report.holds:
        raise typer.Exit(Unproven.exit_code)


def extract(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Key of the record.")],
    version: Annotated[
        int | None, typer.Option(min=1, help="Number of the version; the present one without it.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file: .json or .pdf.")
    ] = None,
) -> None:
    """Write a verified copy of published data: what this register published of a record, with the proof."""
    register, options = register_of(context), options_of(context)
    made = copy(register, options.data, key, version, options.public_address)
    if output is None:
        sys.stdout.write(made.content().decode())
        return
    if output.suffix not in (".json", ".pdf"):
        raise UsageError(f"no format {output.suffix!r}", remedy="name a file that ends in .json or .pdf")
    output.write_bytes(paper(made) if output.suffix == ".pdf" else made.content())
