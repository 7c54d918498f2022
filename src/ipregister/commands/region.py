"""`ipregister demo`: the demonstration region."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ipregister.capture import mapped
from ipregister.commands.belt import COUNTED
from ipregister.commands.following import follow
from ipregister.commands.opened import options_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.demonstration import DemonstrationDelivery, write_region, write_rights
from ipregister.exchange.mapped import mapping as mappings
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.publication.release import release_all
from ipregister.store.register import Register
from ipregister.web import bootstrap
from ipregister.web.options import Options

FEEDS = "demonstration"
"""Folder of the written deliveries in the data folder."""


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Data folder; else that of --data.")
    ] = None,
    marks: Annotated[
        int, typer.Option(help="How many marks the region has; the other rights are in proportion.")
    ] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same region.")] = 1,
    as_json: Json = False,
) -> None:
    """Build the demonstration region: write deliveries in the offices' own formats, then load them.

    Ready in seconds where it is built already; goes on where it was cut off."""
    options = options_of(context)
    if folder is not None and folder.absolute() != options.data.absolute():
        raise typer.Exit(_elsewhere(folder, marks, seed, as_json=as_json))
    bootstrap.init(msgspec.structs.replace(options, role="both"))
    release_all(options.data)
    register = Register(packs=options.path("packs"))
    done = options.path(FEEDS) / f"done-{marks}-{seed}"
    if not done.exists():
        _build(register, options, marks, seed, as_json=as_json)
        done.touch()
    follow(options, register)
    with lines(as_json, "Demonstration region") as out:
        out.add({"data": str(options.data), "records": sum(n for _, _, n, _ in register.counts()),
                 "offices": len(register.freshness()), "quarantined": len(register.quarantine(limit=0))})  # fmt: skip


def _elsewhere(folder: Path, marks: int, seed: int, *, as_json: bool) -> int:
    """The same verb for another data folder, in a process of its own: Django is started once a process."""
    words = ["--data", str(folder), "demo", "--marks", str(marks), "--seed", str(seed)]
    command = [sys.executable, "-m", "ipregister.cli", *words, *(["--json"] if as_json else [])]
    return subprocess.run(command, check=False).returncode


def _build(register: Register, options: Options, marks: int, seed: int, *, as_json: bool) -> None:
    feeds = options.path(FEEDS)
    feeds.mkdir(exist_ok=True)
    print("writing the offices' deliveries ...", file=sys.stderr, flush=True)
    written = write_region(feeds, marks=marks, seed=seed) + write_rights(feeds, marks=marks, seed=seed)
    with lines(as_json, "Deliveries", COUNTED) as out:
        for one in sorted(written, key=_order):
            with progress(one.path.name) as step:
                result = load(register, office(one.office), _delivered(one), scratch=options.path("scratch"),
                              kind=one.kind, progress=step)  # fmt: skip
            out.add(result.line())
            register.reported(result.id)


def _delivered(one: DemonstrationDelivery) -> Path:
    """The file that is loaded: as the office sent it, a table together with its mapping."""
    if one.mapping is None:
        return one.path
    target, text = one.path.with_suffix(".mapped"), one.mapping.read_bytes()
    mapped.pack_file(one.path, mappings.load(text, str(one.mapping)), text, target)
    return target


def _order(one: DemonstrationDelivery) -> tuple[str, str]:
    return one.extracted.isoformat(), one.office
