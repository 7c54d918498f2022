"""`ipregister publish`: the register for everybody to take, as far as it is released."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.publication.bulk.manifest import Manifest, hash_of
from ipregister.publication.bulk.planning import Kind
from ipregister.publication.bulk.publishing import FOLDER
from ipregister.publication.bulk.publishing import publish as published
from ipregister.publication.bulk.shelf import Shelf
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
    _tell_closed(made.folder.parent, told)
    with lines(as_json, "Publication") as out:
        out.add({"name": told.name, "kind": told.kind, "folder": str(made.folder), "new": made.fresh,
                 "records": told.records, "changes": list(told.changes), "files": len(told.files),
                 "bytes": told.size, "manifest": hash_of(told.content()), "tree_size": told.tree.size,
                 "tree_root": told.tree.root, "register_root": told.register_root})  # fmt: skip


def _tell_closed(folder: Path, made: Manifest) -> None:
    """Say where the publication before holds what is not published any more: its files stay until somebody removes them."""
    listed = [one.name for one in Shelf(folder).index().publications]
    before = listed[: listed.index(made.name)][-1:] if made.name in listed else []
    if not before or not (folder / before[0]).is_dir():
        return
    closed = _groups(Shelf(folder).manifest(before[0])) - _groups(made)
    if closed:
        sys.stderr.write(
            f"{', '.join(sorted(closed))}: not published any more; the older publications in {folder} hold it until they "
            "are removed\n"
        )


def _groups(manifest: Manifest) -> set[str]:
    return {f"{one.office}-{one.right}" for one in manifest.terms if one.allows("bulk")}
