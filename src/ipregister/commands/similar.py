"""`ipregister similar`: names of the register that are like a name, in any script, and pictures like a picture."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.commands.rebuilding import follow_names
from ipregister.commands.similar_images import (
    checked_states,
    crop_of,
    given_images,
    similar_images,
    vienna_codes,
)
from ipregister.model.errors import UsageError
from ipregister.portal.pictures import Searched
from ipregister.search.similarity.pictures.wanted import Wanted
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.trained import encoder, ranking

_HIT = ("score", "name", "key", "why", "classes", "office")
"""Columns on a terminal, the most important first."""


def similar(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in any script.")] = "",
    classes: Annotated[
        list[int] | None, typer.Option("--class", help="Only marks of this class; may stand several times.")
    ] = None,
    offices: Annotated[
        list[str] | None, typer.Option("--office", help="Only of this office; may stand several times.")
    ] = None,
    party: Annotated[
        bool, typer.Option("--party", help="Names of holders only, instead of marks and holders.")
    ] = False,
    images: Annotated[
        list[Path] | None,
        typer.Option("--image", help="A picture instead of a name; may stand several times."),
    ] = None,
    crop: Annotated[
        str, typer.Option(help="Part of the first picture: x,y,width,height as shares of its sides.")
    ] = "",
    like: Annotated[str, typer.Option(help="The pictures of this record instead of files.")] = "",
    vienna_codes_like: Annotated[
        list[str] | None,
        typer.Option("--vienna-code", help="Only pictures with this Vienna code, or one under it."),
    ] = None,
    states: Annotated[
        list[str] | None, typer.Option("--state", help="Only records in this state; with pictures.")
    ] = None,
    vienna: Annotated[
        bool,
        typer.Option("--vienna", help="Vienna codes for the picture, from the pictures it is most like."),
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many records.")] = 20,
    as_json: Json = False,
) -> None:
    """Names like a name in any script, or pictures like a picture (--image), with score, features, reasons and
    the version of the algorithm."""
    if images or like:
        chosen = Wanted(
            tuple(offices or ()), tuple(str(one) for one in classes or ()), tuple(vienna_codes_like or ()),
            (like,) if like else (),
        )  # fmt: skip
        asked = Searched(
            given_images(context, images or (), like),
            crop_of(crop),
            chosen,
            checked_states(states or ()),
            limit,
        )
        (vienna_codes if vienna else similar_images)(context, asked, as_json=as_json)
        return
    if not name.strip():
        raise UsageError(
            "no name is given", remedy="write the name after the verb, --image FILE or --like KEY"
        )
    follow_names(options_of(context), register_of(context))
    shelf = NameShelf(options_of(context).path("names"), encoder(), ranking())
    found = similar_names(
        shelf, name, classes=classes or (), offices=offices or (), parties=party or None, limit=limit
    )
    with lines(as_json, f"Names like {name}", _HIT) as out:
        for one in found:
            row = msgspec.to_builtins(one)
            out.add(row if out.plain else {**row, "why": "; ".join(reason.text for reason in one.reasons)})
