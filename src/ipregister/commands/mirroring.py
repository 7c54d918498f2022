"""`ipregister mirror`: make this node a mirror of another one."""

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, line
from ipregister.commands.taking import Taken, Taker
from ipregister.intake import memory
from ipregister.model.errors import RegisterError, UsageError
from ipregister.model.offices import codes
from ipregister.publication.keys import public_key
from ipregister.publication.mirroring.copying import Origin
from ipregister.publication.release import FILE as RELEASE

Address = Annotated[str, typer.Argument(metavar="URL", help="Address of a node, of its /bulk/, or a folder.")]
Key = Annotated[
    str, typer.Option(help="The publisher's public key; else the first one that is seen is kept.")
]
Only = Annotated[str, typer.Option("--office", help="Load the records of this office only; all are proved.")]
NodeOf = Annotated[
    str, typer.Option("--node-of", help="It is the node of this office: of others nothing is taken from it.")
]
Every = Annotated[
    int, typer.Option("--follow", help="Go on, and look for changes and publications every N seconds.")
]
Feed = Annotated[
    bool, typer.Option("--feed/--no-feed", help="Follow the change feed behind the last publication.")
]
Processes = Annotated[
    int, typer.Option(min=0, max=64, help="Processes that work at it; 0 = by the number of records.")
]


def mirror(
    context: typer.Context,
    address: Address,
    key: Key = "",
    only: Only = "",
    node_of: NodeOf = "",
    every: Every = 0,
    feed: Feed = True,
    processes: Processes = 0,
    as_json: Json = False,
) -> None:
    """Take over what another node publishes, proved by its signatures and its log; goes on where it was cut off.

    Behind the last publication it follows the change feed; what that told is held against the log of the next
    publication, and a lie is a finding. A JSON line for each publication: how many records, how many differ, how many did
    and were mended, both roots, findings; and for each page of the feed. Where there is nothing new, one line says so and
    how far the mirror is. Records that differ are taken again at the next run (publication `again-N`), and told as long as they
    differ. Exit code 1 where records differ or something wrong was found."""
    memory.keep_freed()
    register, options = register_of(context), options_of(context)
    trusted = public_key(key) if key else None
    if node_of and node_of.upper() not in codes():
        raise UsageError(f"no office {node_of!r}", remedy="see `ipregister offices`")
    worst = 0
    while True:
        try:
            origin = Origin(options.data, address, trusted)
            taker = Taker(register, options, origin, only.upper(), node_of.upper(), processes)
            worst = max(worst, _take(origin, taker, feed=feed, as_json=as_json, follows=bool(every)))
        except RegisterError as error:
            if not every:
                raise
            sys.stderr.write(f"{error}\n")
        if not every:
            _tell_unreleased(options.data)
            raise typer.Exit(worst)
        time.sleep(every)


def _take(origin: Origin, taker: Taker, *, feed: bool, as_json: bool, follows: bool) -> int:
    """Take over what there is now, and tell it; 1 where something is wrong with a publication. What differed before is
    looked at again, and told for as long as it differs. That there is nothing new is told by who does not follow."""
    worst, before = 0, bool(origin.differing())
    for name in origin.waiting():
        worst = max(worst, _tell(taker.publication(name), as_json=as_json))
    if before and (taken := taker.again()):
        worst = max(worst, _tell(taken, as_json=as_json))
    while feed and (taken := taker.changes()):
        _tell(taken, as_json=as_json)
    if not taker.took and not follows:
        _tell_nothing(taker, as_json=as_json)
    return worst


def _tell_unreleased(data: Path) -> None:
    """Say that a mirror without switches of its own gives nothing out."""
    if not (data / RELEASE).is_file():
        sys.stderr.write(
            f"this mirror gives nothing out in bulk or by the API until it has its own {RELEASE}\n"
        )


def _tell_nothing(taker: Taker, *, as_json: bool) -> None:
    """Say that there is nothing new, how far the mirror is, and that its roots are those of the last publication."""
    found = taker.unchanged()
    row = {"publication": found.name, "new": False, "until": found.until}
    said = f"nothing new: at change {found.until}"
    if found.compared is not None:
        row |= {"records": found.compared.records, "tree_root": found.compared.tree_root,
                "register_root": found.compared.register_root}  # fmt: skip
        said += f", {found.compared.records} records, roots equal to those of {found.name}"
    sys.stdout.write((line(row) if as_json or not sys.stdout.isatty() else said) + "\n")


def _tell(taken: Taken, *, as_json: bool) -> int:
    """Print what was taken; 1 where something is wrong with it."""
    compared, findings = taken.compared, taken.findings
    row: dict[str, Any] = {
        "feed": taken.name,
        "changes": taken.changes,
        "until": taken.until,
        "withdrawn": taken.withdrawn,
    }
    said = f"{taken.name}: {taken.changes} changes"
    if compared is not None:
        row = {
            "publication": taken.name, "records": compared.records, "differing": compared.differing,
            "differences": [{"key": one.key, "reason": one.reason} for one in compared.differences],
            "tree_root": compared.tree_root, "register_root": compared.register_root,
            "mended": compared.mended, "withdrawn": taken.withdrawn,
            "findings": [{"code": one.code, "value": one.value, **one.arguments} for one in findings],
        }  # fmt: skip
        roots = "equal" if compared.tree_root == compared.register_root else "differ"
        said = f"{taken.name}: {compared.records} records, {compared.differing} differ, roots {roots}"
    if as_json or not sys.stdout.isatty():
        sys.stdout.write(line(row) + "\n")
    else:
        told = [f"{one.key} {one.reason}" for one in compared.differences] if compared else []
        told += [f"{one.code} {one.value}" for one in findings]
        sys.stdout.write("\n  ".join([said, *told]) + "\n")
    wrong = any(one.severity != "notice" for one in findings)
    return int(wrong or bool(compared and compared.differing))
