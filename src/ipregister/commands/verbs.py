"""The one table of verbs, in the order of the data. The module of a verb is imported when the verb is asked for."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from ipregister import __version__

VERBS: tuple[tuple[str, str, str], ...] = (
    ("init", "installation", "init"),
    ("load", "belt", "load"),
    ("check", "belt", "check"),
    ("sample", "samples", "sample"),
    ("reload", "belt", "reload"),
    ("watch-inbox", "belt", "watch_inbox"),
    ("deliveries", "delivered", "deliveries"),
    ("report", "delivered", "report"),
    ("quarantine", "quarantine", "app"),
    ("show", "records", "show"),
    ("search", "records", "search"),
    ("similar", "similar", "similar"),
    ("check-name", "name_checking", "check_a_name"),
    ("clear", "clearing", "clear_a_mark"),
    ("gi-conflicts", "conflicts", "gi_conflicts"),
    ("goods", "goods", "app"),
    ("nice", "goods", "nice"),
    ("export", "exporting", "export"),
    ("formats", "formats", "formats"),
    ("convert", "formats", "convert"),
    ("loss", "loss", "loss"),
    ("map", "maps", "app"),
    ("publish", "publishing", "publish"),
    ("verify", "verifying", "verify"),
    ("extract", "verifying", "extract"),
    ("keys", "signing", "app"),
    ("moved", "moving", "moved"),
    ("withhold", "withholding", "withhold"),
    ("withdrawals", "withdrawals", "withdrawals"),
    ("serve", "serving", "serve"),
    ("demo", "region", "demo"),
    ("status", "installation", "status"),
    ("index", "installation", "index"),
    ("mirror", "mirroring", "mirror"),
    ("edition", "editions", "edition"),
    ("webhooks", "webhooks", "app"),
    ("api-keys", "api_keys", "app"),
    ("stats", "statistics", "stats"),
    ("ledger", "ledgers", "ledger"),
    ("backup", "copies", "backup"),
    ("restore", "copies", "restore"),
    ("upgrade", "installation", "upgrade"),
    ("settings", "installation", "settings"),
    ("offices", "installation", "offices"),
    ("office", "installation", "office_app"),
    ("user", "staff", "app"),
    ("bench", "bench", "app"),
)
"""Verb, the module of `commands` it stands in, and its function there (or its group of verbs)."""


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ipregister {__version__}")
        raise typer.Exit


def ipregister(
    data: Annotated[
        Path | None,
        typer.Option(help="Data folder; also by IPREGISTER_DATA. Stands before the verb."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    """Open-source intellectual-property register for a whole region.

    The database is set by IPREGISTER_DATABASE_URL (SQLite files in the data folder without it).
    Results go to stdout: a table on a terminal, JSON lines when piped or with --json. Exit codes:
    0 done, 1 done with quarantined records, 2 wrong use, 3 input that cannot be read at all.
    """


def application(verb: str = "") -> typer.Typer:
    """The command line with one verb, which is enough to run it; with all of them where there is none of that name."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=None,
        help="Open-source intellectual-property register for a whole region.",
    )
    app.callback()(ipregister)
    asked = [row for row in VERBS if row[0] == verb]
    for name, module, function in asked or VERBS:
        found = getattr(import_module(f"ipregister.commands.{module}"), function)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app
