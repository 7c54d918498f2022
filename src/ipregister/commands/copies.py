"""Backup and restore: a portable copy of everything that cannot be made again."""

import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from django.apps import apps
from django.db import ProgrammingError

from ipregister.commands.following import follow
from ipregister.commands.opened import is_made, options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.model import offices
from ipregister.model.errors import Damaged, UsageError
from ipregister.publication.log.ledger import Ledger
from ipregister.store import backup as copying
from ipregister.store.kept_files import Kind, copy_in, copy_out
from ipregister.store.register import Register
from ipregister.web import bootstrap
from ipregister.web.options import Options

KEPT = (
    Kind(("release.toml", "offices/*.toml", "declarations/*/*", "goods/*", "statistics/*.json")),
    Kind(("publications/index.json", "publications/*/manifest.json", "publications/*/manifest.sig",
          "publications/*/withheld.json", "publications/*/withheld.sig")),
    Kind(("mirror/**/*",)),
    Kind(("keys/*.pub", "keys/*.sha256")),
    Kind(("log/**/*",)),
)  # fmt: skip
"""What cannot be made again, beside tables and packs. The list of publications is copied before the log, which then
knows of all of them."""
KEYS = Kind(("keys/*.key", "secret.key"), private=True)
PUBLICATIONS = Kind(("publications/*/*",))
_PASSING = {"sessions.Session", "portal.SignInAttempt", "django_tasks_db.DBTaskResult"}
"""Tables that are not copied: they are of no use on another day."""


def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A new folder.")],
    with_keys: Annotated[
        bool,
        typer.Option("--with-keys", help="Also the private keys and secrets: whoever has the copy can sign as this node."),
    ] = False,
    with_publications: Annotated[
        bool, typer.Option("--with-publications", help="Also the files of all publications, not their manifests alone.")
    ] = False,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Copy the register, the users, all kept deliveries, the log and the switches, while all is in use."""
    register, data = register_of(context), options_of(context).data
    kinds = (*([PUBLICATIONS] if with_publications else []), *KEPT, *([KEYS] if with_keys else []))
    _require_readable(data, kinds)
    with progress("Backup") as step:
        manifest = copying.backup(register, target, service=_service_tables(), progress=step,
                                  kept=lambda folder: copy_out(data, folder, kinds))  # fmt: skip
    with lines(as_json, "Backup") as out:
        out.add({"backup": str(target), "digest": manifest.digest, "change": manifest.change, "keys": with_keys,
                 "rows": sum(one.rows for one in manifest.tables), "files": len(manifest.files),
                 "bytes": manifest.size()})  # fmt: skip


def _require_readable(data: Path, kinds: Iterable[Kind]) -> None:
    """Raises `PermissionError` for a folder that is to be copied and cannot be read: a pattern passes over it without a
    word, and the copy would lack all that is in it."""

    def refuse(error: OSError) -> None:
        if isinstance(error, PermissionError):
            raise error

    tops = {"packs"} | {pattern.partition("/")[0] for kind in kinds for pattern in kind.patterns}
    for name in sorted(tops):
        for _ in os.walk(data / name, onerror=refuse):
            pass


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="Folder of a backup.")],
    as_json: Json = False,
) -> None:
    """Make an installation from a backup, in a new data folder; also from SQLite to PostgreSQL and back.

    A backup of an older version is brought up to date."""
    options = options_of(context)
    manifest = copying.verify(source)
    service = _service_tables()
    state = copying.state_of(source, manifest, service)
    _require_empty(options)
    options.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy_in(source, manifest.files, options.data)
    bootstrap.init(msgspec.structs.replace(options, role="both"))
    offices.forget()
    register = Register(packs=options.path("packs"))
    with progress("Restore") as step:
        copying.restore(register, source, manifest, state, service=service, progress=step)
    follow(options, register)
    with lines(as_json, "Restored") as out:
        out.add({"data": str(options.data.absolute()), "digest": manifest.digest, "change": manifest.change,
                 "keys": any(one.private for one in manifest.files), "tree": _tree(options.data)})  # fmt: skip


def _require_empty(options: Options) -> None:
    """Raises `UsageError` where the folder, or the database that is named, holds a register: nothing is written over."""
    if not (is_made(options) or options.database_url):
        return
    try:
        held = Register(packs=options.path("packs")).last_change()
    except ProgrammingError:  # a new database of PostgreSQL, without tables
        return
    if held and options.database_url:
        raise UsageError("the database holds a register already", remedy="restore into a new database")
    if held:
        raise UsageError(f"{options.data} holds a register already", remedy="restore into a new data folder")


def _tree(data: Path) -> dict[str, int | str]:
    """The size and root of the log that was restored, made anew from its leaves; empty without a log. Raises
    `Damaged` where the root is not the one that was signed last."""
    with closing(Ledger(data)) as ledger:
        if not ledger.exists:
            return {}
        tree = ledger.tree()
        for head in ledger.heads():
            if ledger.tree(head.head.size).root != head.head.root:
                raise Damaged("the restored log does not lead to the root that was signed", place=str(data))
        return {"size": tree.size, "root": tree.root}


def _service_tables() -> list[type[copying.Table]]:
    models = apps.get_models(include_auto_created=True)
    return [m for m in models if m._meta.app_label != "register_store" and m._meta.label not in _PASSING]
