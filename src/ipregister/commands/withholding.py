"""`ipregister withhold`: content leaves the register by law."""

import sys
from typing import Annotated

import typer

from ipregister.commands.forgetting import forget
from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines, progress
from ipregister.portal.models import AuditEntry
from ipregister.publication.withholding import former
from ipregister.publication.withholding.checking import check
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import Withheld
from ipregister.publication.withholding.withholding import withhold as withheld
from ipregister.store.register import Register
from ipregister.watch.keeping import forget_names


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

    Number, chain and salted hashes stay, so that proofs hold; log and change feed tell that it was withheld, why and
    since when. Of a field the whole delivered record goes from the kept files. Of the indexes only what holds the record
    is made anew; where another process works on them or publishes, it is waited for. Backups and copies elsewhere are
    yours to see to. What stands under former numbers of the record (`moved`) is withheld with it, and named."""
    register, options = register_of(context), options_of(context)
    order = Order(key, ground, day, version, field, picture)
    check(register, options.data, order)
    for one in former.orders(register, order):
        AuditEntry.objects.create(user="command line", action="withheld", office=key[:2].upper(), object=one.key,
                                  details={"version": version, "field": field, "picture": picture, "ground": ground,
                                           "day": day})  # fmt: skip
    with progress("waiting for another process (seconds)") as step:
        waiting = lambda seconds: step(seconds, None)  # noqa: E731 - what a bar is told
        done = withheld(register, options.data, order, waiting=waiting)
        forget(options, register, done.keys, waiting)
        forget_names(done.keys)
    _tell(register, order, done)
    with lines(as_json, "Withheld") as out:
        out.add({"key": key, "change": done.change, "kept_files": done.kept_files, "versions": done.versions,
                 "published_files": done.published_files, "originals": done.originals, "leaf": done.leaf,
                 "editions": done.editions, "former": done.former})  # fmt: skip


def _tell(register: Register, order: Order, done: Withheld) -> None:
    """What the operator has to know of what was done and was not, on stderr."""
    for path in done.editions:
        sys.stderr.write(
            f"{path}: the edition held it and was removed; make it anew with `ipregister edition`\n"
        )
    if order.field:
        sys.stderr.write(f"only {order.field} left the versions; of the kept deliveries the whole delivered record went. What "
                         "is public of legal persons alone, such as addresses, is not shown where no name tells that "
                         "a party is one\n")  # fmt: skip
    for number in done.former:
        sys.stderr.write(f"{number}: a former number of {order.key}; what stood there was withheld, too\n")
    if order.version:
        for number in former.numbers(register, order.key):
            sys.stderr.write(f"{number}: a former number of {order.key}; its versions are counted apart and were left: look for the "
                             f"same with `ipregister show {number}`\n")  # fmt: skip
