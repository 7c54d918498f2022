"""`ipregister webhooks`: addresses that are told of changes."""

import datetime as dt
import sys
from typing import Annotated, Any

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.model.record import RIGHTS
from ipregister.store.register import Register
from ipregister.watch.delivering import replay as tell_again
from ipregister.watch.keeping import add_webhook, owner_of, webhook_of
from ipregister.watch.models import Webhook
from ipregister.watch.sending import Sender, secret_of
from ipregister.watch.source import Batch

app = typer.Typer(no_args_is_help=True, help="Addresses that are told of changes.")
OPERATOR = "operator"
"""The owner of webhooks that are made here."""
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Also into private networks, without IPREGISTER_ALLOW_PRIVATE_HOSTS=1 in this shell.",
    ),
]
SHELL = "a server does so where IPREGISTER_ALLOW_PRIVATE_HOSTS=1 is set for it; here set it in this shell, or give --allow-private"
SERVER = (
    "this command takes a private address; the server sends to one only where IPREGISTER_ALLOW_PRIVATE_HOSTS=1 is set "
    "for `ipregister serve`"
)
_COLUMNS = ("webhook", "address", "active", "position", "failures", "dead_letters", "last_error")


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List all webhooks with their position, failures and dead letters."""
    register_of(context)
    with lines(as_json, "Webhooks", _COLUMNS) as out:
        for webhook in Webhook.objects.order_by("made_at", "pk"):
            out.add(_row(webhook))


def _row(webhook: Webhook) -> dict[str, Any]:
    return {
        "webhook": webhook.id, "address": webhook.address, "active": webhook.active, "position": webhook.position,
        "watch": webhook.watch_id, "offices": webhook.offices, "rights": webhook.rights,
        "delivered": webhook.delivered, "failures": webhook.failures,
        "next_at": webhook.next_at.isoformat() if webhook.next_at else None,
        "dead_letters": [[one.after, one.until, one.attempts, one.error] for one in webhook.dead_letters.order_by("pk")],
        "last_error": webhook.last_error,
    }  # fmt: skip


@app.command()
def add(
    context: typer.Context,
    address: Annotated[
        str, typer.Argument(help="https://host/path; private networks only where a setting allows.")
    ],
    offices: Annotated[
        list[str] | None, typer.Option("--office", help="Of this office only; may be given again.")
    ] = None,
    rights: Annotated[
        list[str] | None, typer.Option("--right", help="Of this right only; may be given again.")
    ] = None,
    since: Annotated[
        int, typer.Option(help="Begin behind this change number; -1 = with what comes from now on.")
    ] = -1,
    allow_private: AllowPrivate = False,
    as_json: Json = False,
) -> None:
    """Add an address. Its secret is shown now; the same secret signs every request to it."""
    register, options = register_of(context), options_of(context)
    _reached(register, since)
    position = register.last_change() if since < 0 else since
    webhook = add_webhook(
        owner_of(OPERATOR), address, position, dt.datetime.now(dt.UTC),
        private=options.allow_private_hosts or allow_private,
        offices=[office(code).code for code in offices or []], rights=[_right(one) for one in rights or []],
    )  # fmt: skip
    if allow_private and not options.allow_private_hosts:
        sys.stderr.write(f"{SERVER}\n")
    with lines(as_json, "Webhook") as out:
        out.add({**_row(webhook), "secret": secret_of(webhook, options.secret_key())})


def _right(name: str) -> str:
    if name not in RIGHTS:
        raise UsageError(f"no right {name!r}", remedy=f"give one of {', '.join(RIGHTS)}")
    return name


def _reached(register: Register, since: int) -> None:
    """Refuse a change number that the register has not reached. Raises `UsageError`."""
    if since > register.last_change():
        raise UsageError(
            f"there is no change {since}", remedy=f"give a number from 0 to {register.last_change()}"
        )


@app.command()
def replay(
    context: typer.Context,
    webhook: Annotated[str, typer.Argument(help="Number of the webhook.")],
    since: Annotated[int, typer.Option(help="Tell it again all that came after this change number.")],
    as_json: Json = False,
) -> None:
    """Tell an address again all that came after a change number; its dead letters from there on are tried again."""
    register = register_of(context)
    found = webhook_of(webhook)
    _reached(register, max(since, 0))
    tell_again(found, since)
    with lines(as_json, "Webhook") as out:
        out.add(_row(found))


@app.command("test")
def try_out(
    context: typer.Context,
    webhook: Annotated[str, typer.Argument(help="Number of the webhook.")],
    allow_private: AllowPrivate = False,
    as_json: Json = False,
) -> None:
    """Send an empty test request now; its position stays where it is."""
    register_of(context)
    found, options = webhook_of(webhook), options_of(context)
    private = options.allow_private_hosts or allow_private
    sender = Sender(options.secret_key(), private)
    answer = sender.send(found, Batch([], found.position), dt.datetime.now(dt.UTC), test=True)
    told = f"{answer.remedy}; {SHELL}" if answer.remedy and not private else answer.remedy
    with lines(as_json, "Test") as out:
        out.add({"webhook": found.id, "taken": answer.taken, "error": answer.error, "remedy": told})
    if not answer.taken:
        raise typer.Exit(1)


@app.command()
def remove(
    context: typer.Context, webhook: Annotated[str, typer.Argument(help="Number of the webhook.")]
) -> None:
    """Remove an address; it is told nothing more."""
    register_of(context)
    webhook_of(webhook).delete()
