"""The installation: made, described, brought up to date."""

from typing import Annotated, Any

import msgspec
import typer

from ipregister.commands.following import follow
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.commands.rebuilding import rebuild
from ipregister.model import offices as office_facts
from ipregister.search.index import TantivyIndex
from ipregister.store.register import Register
from ipregister.web import bootstrap


def init(context: typer.Context, as_json: Json = False) -> None:
    """Make the data folder and both databases; safe to repeat."""
    options = options_of(context)
    bootstrap.init(msgspec.structs.replace(options, role="both"))
    with lines(as_json, "Made") as out:
        out.add({"data": str(options.data.absolute()), "database": _database(context)})


def status(
    context: typer.Context,
    digest: Annotated[
        bool, typer.Option("--digest", help="With the register digest (reads all versions).")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what is in the register, how fresh it is, and how far the index is."""
    register, options = register_of(context), options_of(context)
    newest, held = register.deliveries(limit=1), _held(register)
    row: dict[str, Any] = {
        "records": sum(one["records"] for one in held.values()),
        "tombstones": sum(one["tombstones"] for one in held.values()),
        "quarantined": sum(amount for _, _, amount in register.quarantine_counts()),
        "change": register.last_change(),
        "indexed": TantivyIndex(options.path("index")).checkpoint(),
        "database": _database(context),
        "last_delivery": newest[0].digest if newest else None,
        "offices": held,
    }
    if digest:
        row["digest"] = register.digest()
    with lines(as_json, "Register") as out:
        if not out.plain:
            row["offices"] = "\n".join(
                f"{code}  {one['records']} records, {one['tombstones']} tombstones, data to {one['data_to']}"
                for code, one in row["offices"].items()
            )
        out.add(row)


def _held(register: Register) -> dict[str, dict[str, Any]]:
    """Records and tombstones of each office, of all rights, and the day of its data."""
    fresh, found = register.freshness(), dict[str, dict[str, Any]]()
    for code, _, amount, gone in register.counts():
        one = found.setdefault(code, {"records": 0, "tombstones": 0, "data_to": fresh.get(code, "")[:10]})
        one["records"] += amount
        one["tombstones"] += gone
    return found


def index(
    context: typer.Context,
    afresh: Annotated[
        bool, typer.Option("--rebuild", help="Throw the index away and build it anew.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring the search index up to the register."""
    register, options = register_of(context), options_of(context)
    (rebuild if afresh else follow)(options, register)
    with lines(as_json, "Index") as out:
        out.add({"change": register.last_change(),
                 "indexed": TantivyIndex(options.path("index")).checkpoint()})  # fmt: skip


def upgrade(context: typer.Context, as_json: Json = False) -> None:
    """Bring databases and index up to this version of the program. Make a backup first."""
    options = options_of(context)
    bootstrap.init(msgspec.structs.replace(options, role="both"))
    register = register_of(context)
    follow(options, register)
    with lines(as_json, "Brought up to date") as out:
        out.add({"data": str(options.data.absolute()), "database": _database(context),
                 "change": register.last_change()})  # fmt: skip


def settings(context: typer.Context, as_json: Json = False) -> None:
    """Print all settings; passwords are hidden."""
    with lines(as_json, "Settings", ("setting", "value")) as out:
        for name, value in options_of(context).shown().items():
            out.add({"setting": f"IPREGISTER_{name.upper()}", "value": value})


def offices(as_json: Json = False) -> None:
    """List the offices whose deliveries can be loaded."""
    with lines(as_json, "Offices", ("office", "name", "reader", "zone", "series", "rights")) as out:
        for code in office_facts.codes():
            facts = office_facts.office(code)
            out.add({"office": code, "name": facts.name, "zone": facts.zone, "reader": facts.feed.reader,
                     "series": len(facts.series), "rights": sorted(facts.publicity)})  # fmt: skip


office_app = typer.Typer(no_args_is_help=True, help="Offices and their facts.")
office_app.command("list")(offices)


def _database(context: typer.Context) -> str:
    return "postgresql" if options_of(context).database_url else "sqlite"
