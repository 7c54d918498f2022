"""The command line: `ipregister [--data DIR] VERB`. Reads the settings, starts Django, runs the verb.

The commands are imported after Django is started: the one late import of the program.
"""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import msgspec
import typer
from django.db import OperationalError
from typer.exceptions import TyperException

from ipregister.model.errors import RegisterError
from ipregister.web import bootstrap
from ipregister.web.options import Options, read
from ipregister.web.refusals import refusal

UNREACHED, FAULT, NO_ROOM = 4, 70, 74
"""Exit codes for a database that does not answer, and for an error of the program: never the 1 of `load`."""
_LET_READ = "What to do: check the path, and give the user that runs ipregister the right to read it"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = ("database or disk is full", "(os error 28)", "(os error 27)", "(os error 122)")


def application(options: Options, verb: str = "") -> typer.Typer:
    """Start Django for the options and give the commands, or the one that is asked for.

    What is imported stays: the collector of garbage does not look at it, neither now nor later."""
    gc.disable()
    try:
        bootstrap.setup(msgspec.structs.replace(options, role="both"))
        from ipregister.commands import verbs

        return verbs.application(verb)
    finally:
        gc.freeze()
        gc.enable()


def data_folder(arguments: Sequence[str]) -> Path | None:
    """The value of `--data`, which stands before the verb."""
    for at, argument in enumerate(arguments):
        if argument == "--data" and at + 1 < len(arguments):
            return Path(arguments[at + 1])
        if argument.startswith("--data="):
            return Path(argument.partition("=")[2])
        if not argument.startswith("-"):
            return None
    return None


def verb_of(arguments: Sequence[str]) -> str:
    """The verb of a command line: its first word that is no option and no value of `--data`; empty for none."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--data":
            next(rest, None)
        elif not argument.startswith("-"):
            return argument
    return ""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code. Errors are told on stderr."""
    data = data_folder(arguments)
    try:
        options = read(os.environ, data=data)
        data = options.data
        code = application(options, verb_of(arguments))(
            list(arguments), prog_name="ipregister", obj=options, standalone_mode=False
        )
    except TyperException as error:
        print(f"ipregister: {_misused(error.format_message())}", file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        print("ipregister: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - the reader of the pipe is gone
        return 0
    except Exception as error:
        return _fault(error, data or Path(), arguments)
    return code if isinstance(code, int) else 0


def _misused(message: str) -> str:
    closed = message.endswith("is not readable.")
    return f"{message} {_LET_READ}" if closed else f"{message}\nSee `ipregister --help`."


def _fault(error: Exception, data: Path, arguments: Sequence[str]) -> int:
    """Tell an error; the exit code. That a disk is full comes first, whoever told it in which words."""
    if full := _full(error):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - what is left of the result has no place
        unnamed = "the result" if isinstance(full, OSError) else "the register or its index"
        place = getattr(full, "filename", None) or getattr(error, "place", "") or unnamed
        print(f"ipregister: no room is left to write {place}", file=sys.stderr)
        return NO_ROOM
    if isinstance(error, RegisterError):
        print(f"ipregister: {error}", file=sys.stderr)
        return error.exit_code
    if refused := refusal(error, data, arguments):
        print(f"ipregister: {refused}", file=sys.stderr)
        return RegisterError.exit_code
    if isinstance(error, OperationalError):
        print(f"ipregister: the database does not answer: {error}", file=sys.stderr)
        return UNREACHED
    traceback.print_exc()
    return FAULT


def _full(error: BaseException | None) -> BaseException | None:
    """The error that tells that a disk is full or a file as large as it may be: this one, or one that it came from. The
    search engine and SQLite tell it by words alone."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return error
        if any(word in str(error) for word in _FULL_WORDS):
            return error
        error = error.__cause__ or error.__context__
    return None


def main() -> None:
    """The program `ipregister`."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
