"""The one table of verbs, in the order of the data."""

from pathlib import Path
from typing import Annotated

import typer

from ipregister import __version__
from ipregister.commands import (
    belt,
    bench,
    copies,
    formats,
    installation,
    loss,
    maps,
    quarantine,
    records,
    region,
    samples,
    serving,
    similar,
    staff,
)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    help="Open-source intellectual-property register for a whole region.",
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ipregister {__version__}")
        raise typer.Exit


@app.callback()
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


app.command("init")(installation.init)
app.command("load")(belt.load)
app.command("check")(belt.check)
app.command("sample")(samples.sample)
app.command("reload")(belt.reload)
app.command("watch-inbox")(belt.watch_inbox)
app.command("deliveries")(belt.deliveries)
app.command("report")(belt.report)
app.add_typer(quarantine.app, name="quarantine")
app.command("show")(records.show)
app.command("search")(records.search)
app.command("similar")(similar.similar)
app.command("export")(records.export)
app.command("formats")(formats.formats)
app.command("convert")(formats.convert)
app.command("loss")(loss.loss)
app.add_typer(maps.app, name="map")
app.command("serve")(serving.serve)
app.command("demo")(region.demo)
app.command("status")(installation.status)
app.command("index")(installation.index)
app.command("backup")(copies.backup)
app.command("restore")(copies.restore)
app.command("upgrade")(installation.upgrade)
app.command("settings")(installation.settings)
app.command("offices")(installation.offices)
office_app = typer.Typer(no_args_is_help=True, help="Offices and their facts.")
office_app.command("list")(installation.offices)
app.add_typer(office_app, name="office")
app.add_typer(staff.app, name="user")
app.add_typer(bench.app, name="bench")
