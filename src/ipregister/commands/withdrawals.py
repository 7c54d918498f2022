"""`ipregister withdrawals`: what was withheld, and which mirrors confirmed that they withheld it too."""

from contextlib import closing
from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.publication.keys import signer
from ipregister.publication.log.entries import Entry
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.confirming import FILE, SignedConfirmation, read, what
from ipregister.publication.verify.sources import Web

_COLUMNS = ("key", "version", "day", "ground", "leaf", "confirmed_by")


def withdrawals(
    context: typer.Context,
    mirrors: Annotated[
        list[str] | None, typer.Argument(metavar="[URL]...", help="Addresses of mirrors that are asked.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what was withheld by law, as the log tells it, and who confirmed it: each mirror signs a confirmation with its
    own key and gives it out beside its publications. Exit code 1 where a mirror that was asked has not confirmed all."""
    register_of(context)
    options = options_of(context)
    ours = signer(options.data).public.text
    asked = {address: _confirmed(address, ours) for address in mirrors or []}
    missing = False
    with closing(Ledger(options.data)) as ledger, lines(as_json, "Withdrawals", _COLUMNS) as out:
        for number, entry in ledger.withdrawals() if ledger.exists else []:
            by = [address for address, found in asked.items() if what(entry) in found]
            missing |= len(by) < len(asked)
            out.add({"key": entry.key, "version": entry.version, "field": entry.field, "picture": entry.picture,
                     "day": entry.day, "ground": entry.ground, "leaf": number, "change": entry.change,
                     "confirmed_by": by})  # fmt: skip
    if missing:
        raise typer.Exit(1)


def _confirmed(address: str, publisher: str) -> dict[Entry, SignedConfirmation]:
    """What a mirror confirmed of a publisher's withdrawals. Raises `Unproven`, `UnreadableInput`."""
    base = address.rstrip("/").removesuffix("/bulk")
    found = read(Web(f"{base}/bulk/{FILE}").read(""))
    return {one.confirmation.withdrawal: one for one in found if one.confirmation.publisher == publisher}
