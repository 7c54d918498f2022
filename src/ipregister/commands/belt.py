"""Deliveries: load, check, read again, watch."""

import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ipregister.commands.following import abreast, follow, reading_ahead
from ipregister.commands.opened import is_made, options_of, register_of
from ipregister.commands.printing import Json, Lines, lines, progress
from ipregister.intake import checking, inbox, loading, memory, rereading
from ipregister.intake.findings import kinds
from ipregister.intake.waiting import settled
from ipregister.model.errors import UnreadableInput
from ipregister.model.finding import Finding
from ipregister.model.offices import office
from ipregister.quality.messages import message
from ipregister.store.register import Register
from ipregister.web.options import Options

Office = Annotated[str, typer.Argument(metavar="OFFICE", help="ST.3 code of the office, such as LA.")]
Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", readable=False, help="Zip, folder or XML file of a delivery."),
]
"""Whether a delivery can be read says who reads it: exit code 3, and the others are read."""
Day = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day of extraction, where the name of the file does not tell."),
]
Full = Annotated[
    bool | None, typer.Option("--full/--delta", help="Whether the delivery is a full one; else by its name.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and check only; write nothing.")]
Processes = Annotated[
    int,
    typer.Option(min=1, max=2, help="With 2 another process reads what is loaded ahead of what is put."),
]
QUARANTINED, UNREADABLE = 1, 3
COUNTED = ("delivery", "office", "in", "stored", "unchanged", "quarantined", "findings")
_FOUND = ("severity", "code", "record", "path", "value", "message", "remedy")
_READ_AGAIN = ("delivery", "office", "read", "changed", "unchanged", "refused", "not_found")
"""Columns on a terminal, the most important first."""


def load(
    context: typer.Context, office_code: Office, paths: Paths, day: Day = None, full: Full = None,
    dry_run: DryRun = False, processes: Processes = 1, as_json: Json = False,
) -> None:  # fmt: skip
    """Load deliveries of an office. The same command goes on where it was cut off."""
    if dry_run:
        check(context, office_code, paths, day, full, as_json=as_json)
        return
    memory.keep_freed()
    register, options, facts = register_of(context), options_of(context), office(office_code)
    worst = 0
    with (
        lines(as_json, "Deliveries", COUNTED) as out,
        reading_ahead(options, processes) as ahead,
        abreast(options, register) as follower,
    ):
        told = []
        for path in paths:
            try:
                with progress(path.name) as step:
                    result = loading.load(register, facts, path, scratch=options.path("scratch"), progress=step,
                                          day=day.date() if day else None, kind=_kind(full),
                                          follower=follower, ahead=ahead)  # fmt: skip
            except UnreadableInput as error:
                worst = _unreadable(error)
                continue
            result, waited = settled(register, facts, result, scratch=options.path("scratch"))
            if waited.stored:
                print(waited_line(waited.stored), file=sys.stderr)
            told.append(result)
            out.add(result.line())
            worst = max(worst, QUARANTINED if result.counts.quarantined else 0)
    for result in told:
        register.reported(result.id)
    raise typer.Exit(worst)


def waited_line(count: int) -> str:
    """What is told when documents of earlier deliveries were taken whose right has come now."""
    if count == 1:
        return "1 document of an earlier delivery that waited for its right was taken"
    return f"{count} documents of earlier deliveries that waited for their rights were taken"


def check(
    context: typer.Context, office_code: Office, paths: Paths, day: Day = None, full: Full = None,
    lang: Annotated[str, typer.Option(help="Language of messages and remedies.")] = "en",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Check deliveries without loading them: every finding, then the counts that `load` would give."""
    teller = Teller(office(office_code).code, lang)
    raise typer.Exit(max((checked(context, path, day, full, teller, as_json) for path in paths), default=0))


def checked(
    context: typer.Context, path: Path, day: Day, full: Full, teller: "Teller", as_json: bool
) -> int:  # fmt: skip
    """Check one delivery; the exit code that it gives."""
    options, facts = options_of(context), office(teller.office)
    register = register_of(context) if is_made(options) else None
    with (
        lines(as_json, f"Findings in {path.name}", _FOUND, whole=True) as out,
        _scratch(options, register) as scratch,
    ):
        try:
            with progress(path.name) as step:
                result = checking.check(register, facts, path, scratch=scratch, report=teller.into(out),
                                        progress=step, day=day.date() if day else None, kind=_kind(full))  # fmt: skip
        except UnreadableInput as error:
            return _unreadable(error)
    with lines(as_json, "It would give", COUNTED) as out:
        out.add(result.line())
    return QUARANTINED if result.counts.quarantined else 0


@contextmanager
def _scratch(options: Options, register: Register | None) -> Iterator[Path]:
    """Where a delivery is unpacked: in the data folder, which is not made where there is no register."""
    if register is not None:
        yield options.path("scratch")
        return
    with TemporaryDirectory(prefix="ipregister-") as folder:
        yield Path(folder)


class Teller:
    """Prints findings as they come, in a language; but for those that `told` says of were told already."""

    def __init__(self, office: str, lang: str, told: Callable[[Finding], bool] = lambda one: False) -> None:
        self.office, self._lang, self._told, self._kinds = office, lang, told, kinds()

    def into(self, out: Lines) -> Callable[[int, str, Finding], None]:
        """What prints the findings of one delivery: its place there, its record, the finding."""

        def tell(index: int, key: str, finding: Finding) -> None:
            if self._told(finding):
                return
            told, remedy = message(finding, self._lang, self._kinds)
            row = {"code": finding.code, "severity": finding.severity, "office": self.office, "record": key,
                   "path": finding.path, "value": finding.value}  # fmt: skip
            more = {"arguments": finding.arguments, "slice": index} if out.plain else {}
            out.add({**row, **more, "message": told, "remedy": remedy})

        return tell


def reload(
    context: typer.Context,
    delivery: Annotated[str, typer.Argument(help="Number or hash of a delivery; all without it.")] = "",
    office_code: Annotated[str, typer.Option("--office", help="Deliveries of this office only.")] = "",
    cause: Annotated[str, typer.Option(help="What changed: reader or mapping.")] = "reader",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Read kept deliveries again with the present readers and tables. Raises no legal event.

    Exit code 1: some versions stay as they were, as the present reader refuses them or their bytes are gone.
    """
    register, options = register_of(context), options_of(context)
    worst = 0
    chosen = [register.delivery(delivery)] if delivery else register.deliveries(office_code.upper())[::-1]
    with lines(as_json, "Read again", _READ_AGAIN) as out:
        for head in chosen:
            with progress(head.name) as step:
                done = rereading.reload(register, head, scratch=options.path("scratch"), cause=cause,
                                        dry_run=dry_run, progress=step)  # fmt: skip
            out.add({"delivery": head.digest, "office": head.office, "read": done.read,
                     "changed": done.changed, "unchanged": done.unchanged, "refused": done.refused,
                     "not_found": done.missing})  # fmt: skip
            if done.finding is not None:
                told, remedy = message(done.finding, "en", kinds())
                print(f"{head.name}: {told} {remedy}", file=sys.stderr)
            worst = max(worst, QUARANTINED if done.refused or done.missing else 0)
        if not dry_run:
            follow(options, register)
    raise typer.Exit(worst)


def watch_inbox(
    context: typer.Context,
    settle: Annotated[
        float, typer.Option(help="A file is whole when its size rests for so many seconds.")
    ] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="Load what is there, then end.")] = False,
    as_json: Json = False,
) -> None:
    """Watch the drop folders `inbox/<OFFICE>/`; what is loaded moves to `done/`, else to `failed/`."""
    register, options = register_of(context), options_of(context)
    stopping = threading.Event()
    with lines(as_json, "Loaded", COUNTED) as out:
        for result in inbox.watch(register, options.path("inbox"), scratch=options.path("scratch"),
                                  stopping=stopping, settle=settle, once=once):  # fmt: skip
            out.add(result.line())
            register.reported(result.id)
            sys.stdout.flush()
            follow(options, register)


def _kind(full: bool | None) -> loading.Kind | None:
    return None if full is None else "full" if full else "delta"


def _unreadable(error: UnreadableInput) -> int:
    print(f"ipregister: {error}", file=sys.stderr)
    return UNREADABLE
