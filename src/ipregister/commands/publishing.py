"""`ipregister publish`: the register for everybody to take, as far as it is released."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.publication.bulk.manifest import hash_of
from ipregister.publication.bulk.planning import Kind
from ipregister.publication.bulk.publishing import FOLDER
from ipregister.publication.bulk.publishing import publish as published
from ipregister.publication.switching import tell_switches


def publish(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]", help="Folder of all publications; `publications` in the data folder without it."
        ),
    ] = None,
    full: Annotated[
        bool | None,
        typer.Option(
            "--full/--delta",
            help="All that is released, or what changed since; else a delta where it can be.",
        ),
    ] = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Worker processes.")] = 2,
    as_json: Json = False,
) -> None:
    """Publish what is released: JSON lines, Parquet, ST.96, pictures, with a signed manifest, and log it.

    What goes out is decided by `release.toml`. The same command goes on where it was cut off; where nothing changed it
    tells the publication that is there."""
    register, options = register_of(context), options_of(context)
    kind: Kind | None = None if full is None else "full" if full else "delta"
    tell_switches(register, options.data, dt.datetime.now(dt.UTC))
    with progress("publish") as step:
        made = published(
            register, options.data, folder or options.path(FOLDER), kind, processes=processes, progress=step,
            waiting=lambda seconds: step(seconds, None),
        )  # fmt: skip
    told = made.manifest
    with lines(as_json, "Publication") as out:
        out.add({"name": told.name, "kind": told.kind, "folder": str(made.folder), "new": made.fresh,
                 "records": told.records, "changes": list(told.changes), "files": len(told.files),
                 "bytes": told.size, "manifest": hash_of(told.content()), "tree_size": told.tree.size,
                 "tree_root": told.tree.root, "register_root": told.register_root})  # fmt: skip
