"""`ipregister mirror`: make this node a mirror of another one."""

import datetime as dt
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from ipregister.commands.following import abreast, follow
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, line, progress
from ipregister.intake import loading
from ipregister.model.errors import Damaged, RegisterError
from ipregister.model.offices import office
from ipregister.model.record import Record
from ipregister.publication.bulk.manifest import Manifest
from ipregister.publication.keys import public_key
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring import deliveries
from ipregister.publication.mirroring.copying import Origin
from ipregister.publication.mirroring.proving import copy_log, keep_head, prove_lines
from ipregister.publication.mirroring.standing import Compared, compare
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.store.upcast import decode
from ipregister.web.options import Options


def mirror(
    context: typer.Context,
    address: Annotated[
        str, typer.Argument(metavar="URL", help="Address of a node, of its /bulk/, or a folder.")
    ],
    key: Annotated[
        str, typer.Option(help="The publisher's public key; else the first one that is seen is kept.")
    ] = "",
    only: Annotated[
        str, typer.Option("--office", help="Load the records of this office only; all are proved.")
    ] = "",
    every: Annotated[
        int, typer.Option("--follow", help="Go on, and look for new publications every N seconds.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Take over what another node publishes, proved by its signatures and its log; goes on where it was cut off.

    A JSON line for each publication: how many records, how many differ, and both roots. Exit code 1 where
    records differ."""
    register, options = register_of(context), options_of(context)
    trusted = public_key(key) if key else None
    worst = 0
    while True:
        try:
            origin = Origin(options.data, address, trusted)
            for name in origin.waiting():
                compared = take(register, options, origin, name, only.upper())
                _tell(name, compared, as_json=as_json)
                worst = max(worst, int(compared.differing > 0))
        except RegisterError as error:
            if not every:
                raise
            sys.stderr.write(f"{error}\n")
        if not every:
            raise typer.Exit(worst)
        time.sleep(every)


def take(register: Register, options: Options, origin: Origin, name: str, only: str = "") -> Compared:
    """Take one publication over: copy, prove, load, compare."""
    manifest = origin.fetch(name)
    folder, work = origin.folder / name, origin.folder / f".work-{name}"
    with closing(Ledger(origin.folder)) as ledger:
        copy_log(ledger, manifest, folder)
        prove_lines(ledger, manifest, folder)

        def present(record: str) -> Record | None:
            found = register.current_bodies([record])
            return decode(found[0].body, found[0].schema) if found else None

        made = deliveries.make(manifest, folder, work, present, only)
        for one in made:
            _load(register, options, one)
        withdrawn = _withhold(register, options, ledger, manifest)
        follow(options, register)
        compared = compare(register, ledger, manifest, folder, only)
        if compared.tree_root != manifest.tree.root or compared.register_root != manifest.register_root:
            raise Damaged("the roots differ after the load", place=name)
        keep_head(ledger, origin.index)
    origin.done(name)
    shutil.rmtree(work, ignore_errors=True)
    return msgspec.structs.replace(compared, withdrawn=withdrawn)


def _withhold(register: Register, options: Options, ledger: Ledger, manifest: Manifest) -> tuple[str, ...]:
    """Withhold here what the publisher withheld, on the same ground; the keys of the records."""
    done = []
    for one in ledger.entries(manifest.since.size, manifest.tree.size):
        entry = one.entry
        if entry.kind != "withdrawal" or register.head(entry.key) is None:
            continue
        if entry.version and register.get(entry.key, entry.version) is None:
            continue
        withhold(
            register,
            options.data,
            Order(entry.key, entry.ground, entry.day, entry.version, entry.field, entry.picture),
        )
        done.append(entry.key)
    return tuple(done)


def _load(register: Register, options: Options, one: deliveries.Made) -> None:
    facts = office(one.office)
    day: dt.date = one.day
    with progress(one.path.name) as step, abreast(options, register) as follower:
        result = loading.load(register, facts, one.path, scratch=Path(options.path("scratch")), day=day, kind="delta",
                              progress=step, follower=follower)  # fmt: skip
    register.reported(result.id)


def _tell(name: str, compared: Compared, *, as_json: bool) -> None:
    row: dict[str, Any] = {
        "publication": name, "records": compared.records, "differing": compared.differing,
        "differences": [{"key": one.key, "reason": one.reason} for one in compared.differences],
        "tree_root": compared.tree_root, "register_root": compared.register_root, "withdrawn": compared.withdrawn,
    }  # fmt: skip
    if as_json or not sys.stdout.isatty():
        sys.stdout.write(line(row) + "\n")
        return
    sys.stdout.write(f"{name}: {compared.records} records, {compared.differing} differ, roots equal\n")
    for one in compared.differences:
        sys.stdout.write(f"  {one.key} {one.reason}\n")
