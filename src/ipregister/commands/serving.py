"""`ipregister serve`."""

from typing import Annotated

import typer

from ipregister.commands.opened import options_of
from ipregister.web import serving


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    role: Annotated[str, typer.Option(help="public, office, or both.")] = "",
) -> None:
    """Serve the portal: web processes and one worker, until Ctrl+C."""
    serving.serve(options_of(context), host, port, role)
