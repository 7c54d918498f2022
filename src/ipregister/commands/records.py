"""Records: shown and searched."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from ipregister.commands.found import found_as_file
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.commands.writing import named
from ipregister.model.errors import NotFound
from ipregister.portal import hits, publicly
from ipregister.portal.exports.writing import FORMS
from ipregister.search.fields import FACETS
from ipregister.search.query import parse
from ipregister.store.register import Register
from ipregister.store.rows import Version
from ipregister.web.wiring import site_of

_HIT = ("key", "title", "owner", "state", "date", "numbers", "classes")
"""Columns on a terminal, the most important first."""


def show(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER_OR_KEY", help="Any number of a record, or its key.")
    ],
    as_of: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The state at the end of this day.")
    ] = None,
    known: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As the register knew it on this day.")
    ] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="With the origin of every value.")] = False,
    as_json: Json = False,
) -> None:
    """Show every record that a number may mean, whole, with findings. For the office's own use."""
    register = register_of(context)
    keys = [number] if register.head(number) else [match.key for match in register.resolve(number)]
    versions = [_version(register, key, as_of, known) for key in keys]
    found = [version for version in versions if version is not None]
    if not found:
        raise NotFound(f"no record {number!r}{' on that day' if keys else ''}",
                       remedy="check the number, or search for words of the mark")  # fmt: skip
    with lines(as_json, "Records") as out:
        for version in found:
            row = _row(register, version)
            if evidence:
                row["evidence"] = version.evidence
            out.add(row)


def _version(
    register: Register, key: str, as_of: dt.datetime | None, known: dt.datetime | None
) -> Version | None:
    if as_of is None and known is None:
        return register.get(key)
    day = as_of.date() if as_of else dt.date.max
    until = known.replace(tzinfo=dt.UTC) + dt.timedelta(days=1) if known else None
    return register.as_of(key, day, until)


def _row(register: Register, version: Version) -> dict[str, Any]:
    record = register.record(version)
    return {
        "key": version.key, "office": version.office, "right": version.right, "version": version.number,
        "current": version.current, "deleted": version.deleted, "cause": version.cause,
        "extracted": publicly.data_day(version.extracted), "extraction": version.extracted,
        "confirmed": publicly.data_day(version.confirmed),
        "recorded": version.recorded_at.isoformat(timespec="seconds"), "delivery": version.delivery.digest,
        "content_hash": version.content_hash, "record": msgspec.to_builtins(record),
        "findings": version.findings, "slice_repairs": version.slice_repairs, "media": version.media,
        "raw": version.raw, "linked": [match.key for match in register.linked(version.key, record)],
        "versions": [(v.number, publicly.data_day(v.extracted), v.cause) for v in register.history(version.key)],
    }  # fmt: skip


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words or a fielded query, as in the search box.")],
    limit: Annotated[int, typer.Option(help="So many hits.", min=0)] = 20,
    facets: Annotated[bool, typer.Option("--facets", help="With the counts of all facets.")] = False,
    sort: Annotated[str, typer.Option(help="Order of the hits, such as relevance or -filed.")] = "relevance",
    format: Annotated[
        str,
        typer.Option(
            "--format", help=f"All hits as a file: one of {', '.join(FORMS)}; in the order of their keys."
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", callback=named, help="Write all hits to this file; a spreadsheet needs one."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Search the public records: one line with total, hits and facets; or all hits, however many, as a file."""
    register_of(context)
    site = site_of(options_of(context))
    if format or output:
        found_as_file(site, query, format or "csv", output)
        return
    result = site.index.search(parse(query), limit=limit, sort=sort, facets=FACETS if facets else ())
    found = [_hit(side) for side in publicly.many(site, [hit.key for hit in result.hits])]
    with lines(as_json, f"{result.total} records", _HIT) as out:
        if not out.plain:
            for hit in found:
                out.add(hit)
            return
        counted = {name: [{"value": value, "count": count} for value, count in counts]
                   for name, counts in result.facets.items()}  # fmt: skip
        row = {"total": result.total, "rights": result.rights, "hits": found}
        out.add({**row, **({"facets": counted} if facets else {}), "change": result.change})


def _hit(side: publicly.Shown) -> dict[str, Any]:
    line = hits.line(side, "en")
    return {
        name: line[name]
        for name in ("key", "office", "title", "state", "owner", "numbers", "date", "classes")
    }
