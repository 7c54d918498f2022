"""`ipregister similar`: names of the register that are like a name, in any script."""

from typing import Annotated

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import UsageError
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.trained import encoder, ranking

_HIT = ("score", "name", "key", "why", "classes", "office")
"""Columns on a terminal, the most important first."""


def similar(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in any script.")],
    classes: Annotated[
        list[int] | None, typer.Option("--class", help="Only marks of this class; may stand several times.")
    ] = None,
    offices: Annotated[
        list[str] | None, typer.Option("--office", help="Only of this office; may stand several times.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many records.")] = 20,
    as_json: Json = False,
) -> None:
    """Names like a name in any script, with score, features, reasons and the version of the algorithm."""
    if not name.strip():
        raise UsageError("no name is given", remedy="write the name after the verb")
    register_of(context)
    shelf = NameShelf(options_of(context).path("names"), encoder(), ranking())
    found = similar_names(shelf, name, classes=classes or (), offices=offices or (), limit=limit)
    with lines(as_json, f"Names like {name}", _HIT) as out:
        for one in found:
            row = msgspec.to_builtins(one)
            out.add(row if out.plain else {**row, "why": "; ".join(reason.text for reason in one.reasons)})
