"""Records: shown, searched, exported."""

import datetime as dt
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from ipregister.commands.found import found_as_file
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.commands.writing import written
from ipregister.exchange.formats import ALL, FORMATS, Format, Item, format_named
from ipregister.exchange.writers import not_written
from ipregister.model.errors import NotFound, UsageError
from ipregister.model.offices import codes, office
from ipregister.model.publicity import public_record
from ipregister.portal import hits, publicly
from ipregister.portal.exports.writing import FORMS
from ipregister.search.fields import FACETS
from ipregister.search.query import parse
from ipregister.store.register import Register
from ipregister.store.rows import Version
from ipregister.web.wiring import site_of

_PAGE = 500
_HIT = ("key", "title", "owner", "state", "date", "numbers", "classes")
"""Columns on a terminal, the most important first."""
Right = Annotated[str, typer.Option(help="Of this right only, such as trademark.")]


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
        "extracted": version.extracted, "confirmed": version.confirmed,
        "recorded": version.recorded_at.isoformat(timespec="seconds"), "delivery": version.delivery.digest,
        "content_hash": version.content_hash, "record": msgspec.to_builtins(record),
        "findings": version.findings, "slice_repairs": version.slice_repairs, "media": version.media,
        "raw": version.raw, "linked": [match.key for match in register.linked(version.key, record)],
        "versions": [(v.number, v.extracted, v.cause) for v in register.history(version.key)],
    }  # fmt: skip


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words or a fielded query, as in the search box.")],
    limit: Annotated[int, typer.Option(help="So many hits.")] = 20,
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
        typer.Option("-o", "--output", help="Write all hits to this file; a spreadsheet needs one."),
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


def export(
    context: typer.Context,
    office_code: Annotated[str, typer.Option("--office", help="Of this office only.")] = "",
    right: Right = "",
    format: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(f.name for f in FORMATS)}.")
    ] = "jsonl",
    full: Annotated[
        bool, typer.Option("--full", help="Whole records, with what is not public. For the office's own use.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file; a spreadsheet needs one.")
    ] = None,
) -> None:
    """Write the records: what the law makes public of them, or with --full all.

    A table and a document of XML hold records of one right: say which with --right where the register has several.
    """
    register = register_of(context)
    chosen = format_named(format)
    if chosen is None:
        raise UsageError(f"no format {format!r}", remedy=f"use one of {', '.join(f.name for f in FORMATS)}")
    code = office(office_code).code if office_code else ""
    if right and right not in (known := _rights(register)):
        raise UsageError(f"no right {right!r}", remedy=f"use one of {', '.join(known)}")
    right = right or _only_right(register, code, chosen)
    offices: set[str] = set()
    written(chosen, _items(register, code, right, full=full, seen=offices), right or "trademark", output)
    _tell_sources(register, offices)


def _only_right(register: Register, code: str, chosen: Format) -> str:
    """The right of the records that a file of the format can hold; empty where it can hold any."""
    if chosen.mixed and set(chosen.rights) == set(ALL):
        return ""
    held = {right for one, right, amount, _ in register.counts() if amount and code in ("", one)}
    fit = sorted(held.intersection(chosen.rights))
    if not fit and held:
        raise not_written(chosen.name, min(held))
    fit = fit or [chosen.rights[0]]
    if len(fit) > 1:
        raise UsageError(
            f"{chosen.name} holds records of one right", remedy=f"--right one of {', '.join(fit)}"
        )
    return fit[0]


def _rights(register: Register) -> list[str]:
    """The rights that the facts of an office know, and those of which the register holds records."""
    facts = {right for code in codes() for right in office(code).publicity}
    return sorted(facts.union(right for _, right, _, _ in register.counts()))


def _items(register: Register, code: str, right: str, *, full: bool, seen: set[str]) -> Iterator[Item]:
    """What is exported; `seen` gets the offices of it."""
    after = ""
    today = dt.datetime.now(dt.UTC).date()
    while keys := register.keys(office=code, right=right, after=after, limit=_PAGE):
        found = register.get_many(keys)
        for version in (found[key] for key in keys if key in found and not found[key].deleted):
            facts = office(version.office)
            record = register.record(version)
            shown = record if full else public_record(record, facts, today)
            if shown is not None:
                seen.add(version.office)
                yield Item(version.key, shown, facts, tuple(one.sha256 for one in version.media),
                           data_day=version.confirmed[:10])  # fmt: skip
        after = keys[-1]


def _tell_sources(register: Register, offices: Collection[str]) -> None:
    for one, extracted in register.freshness().items():
        if one in offices:
            facts = office(one)
            notice = facts.notice.text if facts.notice else ""
            print(f"Source: {facts.name} ({one}), data to {extracted[:10]}. {notice}", file=sys.stderr)
