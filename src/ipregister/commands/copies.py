"""Backup and restore: a portable copy of everything that cannot be made again."""

import shutil
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from django.apps import apps

from ipregister.commands.following import follow
from ipregister.commands.opened import is_made, options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.model import offices
from ipregister.model.errors import UsageError
from ipregister.store import backup as copying
from ipregister.store.register import Register
from ipregister.web import bootstrap

OWN = "offices"
"""The folder with the facts of offices that an installation has drafted for itself."""
_PASSING = {"sessions.Session", "portal.SignInAttempt", "django_tasks_db.DBTaskResult"}
"""Tables that are not copied: they are of no use on another day."""


def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A new folder.")],
    as_json: Json = False,
) -> None:
    """Copy the register, the users and all kept deliveries into a folder, while the register is in use."""
    register = register_of(context)
    with progress("Backup") as step:
        manifest = copying.backup(register, target, service=_service_tables(), progress=step)
    _copy_facts(options_of(context).path(OWN), target / OWN)
    with lines(as_json, "Backup") as out:
        out.add({"backup": str(target), "digest": manifest.digest, "change": manifest.change,
                 "rows": sum(one.rows for one in manifest.tables), "bytes": manifest.size()})  # fmt: skip


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="Folder of a backup.")],
    as_json: Json = False,
) -> None:
    """Make an installation from a backup, in a new data folder; also from SQLite to PostgreSQL and back."""
    options = options_of(context)
    manifest = copying.verify(source)
    if is_made(options) and Register(packs=options.path("packs")).last_change():
        raise UsageError(f"{options.data} holds a register already", remedy="restore into a new data folder")
    bootstrap.init(msgspec.structs.replace(options, role="both"))
    _copy_facts(source / OWN, options.path(OWN))
    offices.forget()
    register = Register(packs=options.path("packs"))
    with progress("Restore") as step:
        copying.restore(register, source, manifest, service=_service_tables(), progress=step)
    follow(options, register)
    with lines(as_json, "Restored") as out:
        out.add({"data": str(options.data.absolute()), "digest": manifest.digest, "change": manifest.change})


def _copy_facts(source: Path, target: Path) -> None:
    """Copy the facts of the installation's own offices."""
    found = sorted(source.glob("*.toml")) if source.is_dir() else []
    if found:
        target.mkdir(exist_ok=True)
    for path in found:
        shutil.copyfile(path, target / path.name)


def _service_tables() -> list[type[copying.Table]]:
    models = apps.get_models(include_auto_created=True)
    return [m for m in models if m._meta.app_label != "register_store" and m._meta.label not in _PASSING]
