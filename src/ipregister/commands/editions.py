"""`ipregister edition`: what an office released, in one file, for places without internet."""

import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from ipregister.commands.opened import options_of, register_of
from ipregister.commands.printing import Json, lines
from ipregister.model.errors import Damaged, NotFound, UsageError
from ipregister.model.offices import codes
from ipregister.publication.bulk.publishing import FOLDER, publish
from ipregister.publication.editions import remember
from ipregister.publication.keys import signer
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.mirroring.edition import pack
from ipregister.publication.release import FILE
from ipregister.web.options import Options


def edition(
    context: typer.Context,
    office_code: Annotated[
        str, typer.Argument(metavar="OFFICE", help="ST.3 code of the office, such as LA.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    as_json: Json = False,
) -> None:
    """Write the released data of an office into one file, with index and pages; open it with `serve --edition FILE`.

    It is made from a full publication, which is proved on the way; what is not released is not in it. The list of its files is
    signed: `serve --edition` and `verify` hold it against them.

    The register remembers where it was written: `withhold` removes editions of the office, which are then made anew."""
    register, options, code = register_of(context), options_of(context), office_code.upper()
    if code not in codes():
        raise NotFound(f"no office {office_code!r}", remedy="see `ipregister offices`")
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}")
    if not options.path(FILE).is_file():
        raise UsageError("nothing is released", place=FILE, remedy="say in it what the office releases")
    with tempfile.TemporaryDirectory(dir=options.path("scratch").parent, prefix="edition-") as folder:
        published = Path(folder) / FOLDER
        publish(register, options.data, published, "full")
        data = Path(folder) / "data"
        for arguments in (["init"], ["mirror", str(published), "--office", code]):
            _run(data, arguments)
        shutil.copy(options.path(FILE), data / FILE)
        size = pack(data, output, code, signer(options.data))
    with closing(Ledger(options.data)) as ledger:
        remember(ledger, code, output)
    with lines(as_json, "Edition", ("office", "file", "bytes")) as out:
        out.add({"office": code, "file": str(output), "bytes": size})


def _run(data: Path, arguments: list[str]) -> None:
    """Run the program on the folder of the edition: a data folder of its own."""
    program = [sys.executable, "-m", "ipregister.cli", "--data", str(data), *arguments]
    settings = Options(data=data).environment()
    done = subprocess.run(program, check=False, env=settings, capture_output=True, text=True)
    if done.returncode:
        raise Damaged(f"the edition could not be made: {done.stderr.strip()[-500:]}", place=str(data))
