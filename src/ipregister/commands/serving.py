"""`ipregister serve`."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer

from ipregister.commands.opened import options_of
from ipregister.publication.mirroring.edition import unpack
from ipregister.web import bootstrap, serving
from ipregister.web.options import Options


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    role: Annotated[str, typer.Option(help="public, office, or both.")] = "",
    file: Annotated[
        Path | None, typer.Option("--edition", help="Serve an offline edition; nothing else is needed.")
    ] = None,
) -> None:
    """Serve the portal: web processes and one worker, until Ctrl+C."""
    options = options_of(context)
    if file is not None:
        _serve_edition(options, file, host, port)
    serving.serve(options, host, port, role)


def _serve_edition(options: Options, file: Path, host: str, port: int) -> NoReturn:
    """Go on as a program on the unpacked edition: settings are read once, when a program starts."""
    data = unpack(file, options.data / "editions")
    bootstrap.hand_down(msgspec.structs.replace(options, data=data, database_url="", role="public"))
    wanted = [*(["--host", host] if host else []), *(["--port", str(port)] if port else [])]
    program = [
        sys.executable,
        "-m",
        "ipregister.cli",
        "--data",
        str(data),
        "serve",
        "--role",
        "public",
        *wanted,
    ]
    os.execv(program[0], program)  # noqa: S606 - this program itself, no shell
