"""`ipregister keys`: the keys that publications, tree heads and copies are signed with."""

from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.publication import keys

app = typer.Typer(no_args_is_help=True, help="Keys that publications are signed with.")


@app.command("new")
def new(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="Name of the key; the installation signs with `node`.")
    ] = keys.NODE,
    as_json: Json = False,
) -> None:
    """Make a key. The private part stays in the data folder, readable by its owner alone."""
    register_of(context)
    made = keys.new(options_of(context).data, name)
    with lines(as_json, "Key") as out:
        out.add({"name": name, "id": made.id, "public": made.text})


@app.command("show")
def show(context: typer.Context, as_json: Json = False) -> None:
    """Show the public keys: what others need to verify."""
    register_of(context)
    with lines(as_json, "Keys", ("name", "id", "public")) as out:
        for name, key in keys.named(options_of(context).data).items():
            out.add({"name": name, "id": key.id, "public": key.text})
