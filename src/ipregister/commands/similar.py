"""`ipregister similar`: names of the register that are like a name, in any script, and pictures like a picture."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer

from ipregister.commands.limits import classes_named, offices_named, scripts_named, vienna_named
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
from ipregister.search.similarity.search import Wanted as WantedNames
from ipregister.search.similarity.search import nearest_names
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.trained import encoder, ranking

_HIT = ("score", "name", "key", "why", "classes", "office")
"""Columns on a terminal, the most important first."""


def similar(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name in any script.")] = "",
    classes: Annotated[list[int] | None, typer.Option("--class", help="Only marks of this class; may stand several times.")] = None,
    offices: Annotated[list[str] | None, typer.Option("--office", help="Only of this office; may stand several times.")] = None,
    scripts: Annotated[list[str] | None, typer.Option("--script", help="Only names in this script (Latn, Thai, …).")] = None,
    party: Annotated[bool, typer.Option("--party", help="Names of holders only, instead of marks and holders.")] = False,
    images: Annotated[list[Path] | None, typer.Option("--image", help="A picture instead of a name; may stand several times.")] = None,
    crop: Annotated[str, typer.Option(help="Part of the first picture: x,y,width,height as shares of its sides.")] = "",
    like: Annotated[str, typer.Option(help="The pictures of this record instead of files.")] = "",
    codes: Annotated[list[str] | None, typer.Option("--vienna-code", help="Only pictures with this Vienna code, or one under it.")] = None,
    states: Annotated[list[str] | None, typer.Option("--state", help="Only records in this state; with pictures.")] = None,
    vienna: Annotated[bool, typer.Option("--vienna", help="Vienna codes for the picture, from the pictures it is most like.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many records.")] = 20,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Names like a name in any script, or pictures like a picture (--image), with score, features, reasons and
    the version of the algorithm."""
    codes_of_offices, numbers = offices_named(offices), classes_named(classes)
    if not images and not like:
        asked = _Name(name.strip(), numbers, codes_of_offices, scripts_named(scripts), party, limit)
        _similar_names(context, asked, as_json=as_json)
        return
    wanted = Wanted(codes_of_offices, tuple(map(str, numbers)), vienna_named(codes), (like,) if like else ())
    pictures = given_images(context, images or (), like)
    searched = Searched(pictures, crop_of(crop), wanted, checked_states(states or ()), limit)
    (vienna_codes if vienna else similar_images)(context, searched, as_json=as_json)


class _Name(NamedTuple):
    """A name that is asked for, and among which names."""

    name: str
    classes: Sequence[int]
    offices: Sequence[str]
    scripts: Sequence[str]
    party: bool
    limit: int


def _similar_names(context: typer.Context, asked: _Name, *, as_json: bool) -> None:
    if not asked.name:
        raise UsageError(
            "no name is given", remedy="write the name after the verb, --image FILE or --like KEY"
        )
    follow_names(options_of(context), register_of(context))
    shelf = NameShelf(options_of(context).path("names"), encoder(), ranking())
    wanted = WantedNames(
        tuple(asked.classes), tuple(asked.offices), tuple(asked.scripts), asked.party or None
    )
    found = nearest_names(shelf, asked.name, wanted, limit=asked.limit)
    with lines(as_json, f"Names like {asked.name}", _HIT) as out:
        for one in found.hits:
            row = msgspec.to_builtins(one)
            out.add(row if out.plain else {**row, "why": "; ".join(reason.text for reason in one.reasons)})
    if found.cut:
        note = f"only the {asked.limit} nearest are shown; a filter or a higher --limit may bring in others"
        typer.echo(note, err=True)
