"""`ipregister moved`: the office corrected a number, and the old address leads to the record."""

import datetime as dt
from typing import Annotated

import typer

from ipregister.commands.opened import register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import NotFound, UsageError
from ipregister.portal.models import AuditEntry
from ipregister.publication.withholding.former import check_move
from ipregister.store.moving import move


def moved(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD_KEY", help="The key that was made of the wrong number.")],
    new: Annotated[str, typer.Argument(metavar="NEW_KEY", help="The key of the record as it is now.")],
    as_json: Json = False,
) -> None:
    """Let the address of a record lead to another, where the office has corrected the number that its key is made of.

    A record that is still there under the old key has to be deleted by a delivery first: two records are never made one.
    What was withheld under one of the two has to be withheld under the other first. What stands under the old key is public
    only where the record is under the new one.
    """
    register = register_of(context)
    if register.get(new) is None:
        raise NotFound(f"no record {new!r}", remedy="load the record with its corrected number first")
    held = register.get(old)
    if held is not None and not held.deleted:
        raise UsageError(f"{old} is a record of its own", remedy="load its deletion first")
    check_move(register, old, new)
    move(register.alias, old, new, dt.datetime.now(dt.UTC))
    AuditEntry.objects.create(
        user="command line", action="address-moved", office=new[:2].upper(), object=old, details={"new": new}
    )
    with lines(as_json, "Moved") as out:
        out.add({"old": old, "new": new})
