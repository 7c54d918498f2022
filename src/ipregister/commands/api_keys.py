"""`ipregister api-keys`: the keys of programs to the machine doors, for the operator."""

import datetime as dt
from typing import Annotated

import typer

from ipregister.commands.opened import register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import NotFound
from ipregister.portal import keys
from ipregister.portal.staff.audit import note

app = typer.Typer(no_args_is_help=True, help="Keys of programs to the API, harvesting, changes and watches.")
_COLUMNS = ("key", "name", "scopes", "made", "revoked", "watches", "webhooks")


@app.command("list")
def list_(
    context: typer.Context,
    revoked: Annotated[
        bool, typer.Option("--revoked", help="Also those that open nothing any more.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the keys, the newest first: number, name, what they open. The keys themselves are kept nowhere."""
    register_of(context)
    with lines(as_json, "Keys of programs", _COLUMNS) as out:
        for one in keys.held(with_revoked=revoked):
            out.add(one)


@app.command()
def revoke(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(help="Number of the key: the letters after ipr_, as `list` shows it.")
    ],
    as_json: Json = False,
) -> None:
    """Revoke a key for good: it opens nothing any more, its watches and webhooks end."""
    register_of(context)
    if not keys.end(number, dt.datetime.now(dt.UTC)):
        raise NotFound(f"no key {number!r} that is not revoked", remedy="see `ipregister api-keys list`")
    note("command line", "api-key-revoked", what=number)
    with lines(as_json, "Key") as out:
        out.add({"key": number, "revoked": True})
