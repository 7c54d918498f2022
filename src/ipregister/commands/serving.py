"""`ipregister serve`."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer

from ipregister.commands.opened import options_of
from ipregister.model.errors import UsageError
from ipregister.publication.keys import PublicKey, public_key
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
    key: Annotated[
        str,
        typer.Option(
            help="Public key that the edition must be signed with: a file, or ed25519: and 64 hex digits."
        ),
    ] = "",
) -> None:
    """Serve the portal: web processes and one worker, until Ctrl+C.

    An edition is held against the list of files and the log that its publisher signed before it is served (exit code 6:
    it was changed). Without --key the key that stands in it is taken, and told."""
    options = options_of(context)
    if file is not None:
        _serve_edition(options, file, host, port, public_key(key) if key else None)
    if key:
        raise UsageError("--key is for editions", remedy="name one with --edition")
    serving.serve(options, host, port, role)


def _serve_edition(options: Options, file: Path, host: str, port: int, key: PublicKey | None) -> NoReturn:
    """Go on as a program on the unpacked edition: settings are read once, when a program starts."""
    edition = unpack(file, options.data / "editions", key)
    if edition.changed:
        print(f"what was unpacked before was changed since ({edition.changed}): unpacked anew",
              file=sys.stderr, flush=True)  # fmt: skip
    told = (
        "the key that was given"
        if key
        else "compare this key with the one that the publisher gives elsewhere"
    )
    print(f"edition of {edition.office}: all files as signed by {edition.key.text} ({told})",
          file=sys.stderr, flush=True)  # fmt: skip
    data = edition.data
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
