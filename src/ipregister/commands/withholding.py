"""`ipregister withhold`: content leaves the register by law."""

import shutil
from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.commands.rebuilding import rebuild
from ipregister.portal.models import AuditEntry
from ipregister.publication.withholding.withholding import Order
from ipregister.publication.withholding.withholding import withhold as withheld

DERIVED = ("names", "pictures")
"""Folders that are made anew from the register when they are missing."""


def withhold(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Key of the record.")],
    ground: Annotated[str, typer.Option(help="Legal ground; it is published.")],
    day: Annotated[str, typer.Option(help="Day of the decision (YYYY-MM-DD); it is published.")],
    version: Annotated[int, typer.Option(min=0, help="Only this version.")] = 0,
    field: Annotated[str, typer.Option(help="Only this field, such as applicants/*/names.")] = "",
    picture: Annotated[str, typer.Option(help="Only this picture, by its SHA-256.")] = "",
    as_json: Json = False,
) -> None:
    """Withhold a record, a version, a field or a picture: its bytes go from kept files, register, index and publications.

    Number, chain and salted hashes stay, so that proofs hold; the log says that it was withheld, why and since when. Of
    a field the whole delivered record goes from the kept files. Backups and copies elsewhere are yours to see to."""
    register, options = register_of(context), options_of(context)
    order = Order(key, ground, day, version, field, picture)
    AuditEntry.objects.create(user="command line", action="withheld", office=key[:2].upper(), object=key,
                              details={"version": version, "field": field, "picture": picture, "ground": ground,
                                       "day": day})  # fmt: skip
    done = withheld(register, options.data, order)
    for name in DERIVED:
        shutil.rmtree(options.path(name), ignore_errors=True)
    rebuild(options, register)
    with lines(as_json, "Withheld") as out:
        out.add({"key": key, "kept_files": done.kept_files, "versions": done.versions,
                 "published_files": done.published_files, "originals": done.originals, "leaf": done.leaf})  # fmt: skip
