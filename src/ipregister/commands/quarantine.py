"""`ipregister quarantine`: what was delivered and is not in the register, why, and trying again."""

import sys
from typing import Annotated, Any

import typer

from ipregister.capture.kept import read_slice
from ipregister.commands.following import follow
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.intake import rereading
from ipregister.intake.findings import kinds
from ipregister.model.errors import UsageError
from ipregister.quality.messages import why_held
from ipregister.store.rows import Counts, Quarantined

app = typer.Typer(no_args_is_help=True, help="Slices that are not in the register, with their reasons.")
Number = Annotated[int, typer.Argument(help="Number of the slice, from `quarantine list`.")]
Lang = Annotated[str, typer.Option(help="Language of messages and remedies.")]
_LISTED = ("number", "office", "reason", "member", "message", "record", "slice", "delivery", "detail")
"""Columns on a terminal, the most important first."""


@app.command("list")
def list_slices(
    context: typer.Context,
    office: Annotated[str, typer.Option(help="Of this office only.")] = "",
    reason: Annotated[str, typer.Option(help="For this reason only.")] = "",
    delivery: Annotated[str, typer.Option(help="Of this delivery only: number or hash.")] = "",
    limit: Annotated[int, typer.Option(help="So many; 0 = all.")] = 0,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """List the slices in quarantine."""
    register = register_of(context)
    chosen = register.delivery(delivery).id if delivery else 0
    with lines(as_json, "Quarantine", _LISTED) as out:
        for one in register.quarantine(delivery=chosen, office=office.upper(), reason=reason, limit=limit):
            out.add(_row(one, lang))


@app.command("show")
def show_slice(
    context: typer.Context,
    number: Number,
    raw: Annotated[bool, typer.Option("--raw", help="The delivered bytes, as the reader sees them.")] = False,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Show one slice: its reason, its place in the delivery, what could be read of it, its delivered bytes."""
    register = register_of(context)
    one = register.quarantined(number)
    with register.open_container(one.raw.blob) as container:
        delivered = read_slice(container, one.raw.member, one.raw.offset, one.raw.length)
    if raw:
        sys.stdout.buffer.write(delivered)
        return
    with lines(as_json, "Slice") as out:
        row = _row(one, lang)
        row["raw"] = delivered[:20_000].decode("utf-8", "replace")
        row["record"] = one.body.decode() or None
        out.add(row)


@app.command("retry")
def retry(
    context: typer.Context,
    numbers: Annotated[list[int] | None, typer.Argument(help="Numbers of slices; all without them.")] = None,
    office: Annotated[str, typer.Option(help="Of this office only.")] = "",
    as_json: Json = False,
) -> None:
    """Read slices again with the present readers; what can enter the register now enters."""
    register, options = register_of(context), options_of(context)
    held = register.quarantine(office=office.upper(), limit=0)
    if unknown := sorted(set(numbers or ()) - {one.id for one in held}):
        raise UsageError(
            f"not in quarantine: {', '.join(map(str, unknown))}", remedy="see `ipregister quarantine list`"
        )
    wanted = [one for one in held if not numbers or one.id in numbers]
    total = Counts()
    for digest in dict.fromkeys((one.delivery, one.office) for one in wanted):
        head = register.delivery(*digest)
        with progress(head.name) as step:
            total += rereading.retry(register, head, scratch=options.path("scratch"), numbers=numbers or (),
                                     progress=step)  # fmt: skip
    follow(options, register)
    with lines(as_json, "Tried again") as out:
        out.add({"in": total.taken, "stored": total.stored, "unchanged": total.unchanged,
                 "quarantined": total.quarantined})  # fmt: skip
    raise typer.Exit(1 if total.quarantined else 0)


def _row(one: Quarantined, lang: str) -> dict[str, Any]:
    told, remedy = why_held(one.reason, one.detail, one.key, lang, kinds())
    return {"number": one.id, "delivery": one.delivery, "office": one.office, "slice": one.slice_index,
            "record": one.key, "reason": one.reason, "detail": one.detail, "member": one.raw.member,
            "offset": one.raw.offset, "length": one.raw.length, "message": told, "remedy": remedy}  # fmt: skip
