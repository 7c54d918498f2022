"""Records written in a format: to stdout or to a file, whole or not at all."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain, islice
from pathlib import Path

from ipregister.exchange.formats import Format, Item, documents, write, write_workbook
from ipregister.exchange.packages import write_package
from ipregister.model.errors import UsageError


def named(output: Path | None) -> Path | None:
    """The file that an option names; None for `-`, which is stdout."""
    return None if output == Path("-") else output


def written(chosen: Format, items: Iterable[Item], right: str, output: Path | None) -> Path | None:
    """Write records of a right; where to. Raises `UsageError` for a format that needs a file, or another file, and for
    a document of XML without a record, which no standard allows.

    Several records of which each has a document of its own are written as a zip."""
    every = iter(items)
    first = list(islice(every, 2))
    items = chain(first, every)
    if not first and right in chosen.rights and chosen.media_type == "application/xml":
        raise UsageError(
            f"there are 0 records of the right {right} to write; nothing was written",
            remedy=f"choose others; a document of {chosen.name} holds one record at least",
        )
    packed = len(first) > 1 or (output is not None and output.suffix == ".zip")
    if packed and right in chosen.rights and chosen.alone(right):
        return _package(chosen, items, right, output)
    _write(chosen, items, right, output)
    return output


def _package(chosen: Format, items: Iterable[Item], right: str, output: Path | None) -> Path:
    if output is None or output.suffix != ".zip":
        remedy = "-o FILE.zip" if output is None else f"-o {output.with_suffix('.zip')}"
        raise UsageError(
            f"{chosen.name} has a document for each {right}; several are written as a zip", remedy=remedy
        )
    with beside(output) as part:
        write_package(part, documents(chosen.name, items, right))
    return output


def _write(chosen: Format, items: Iterable[Item], right: str, output: Path | None) -> None:
    if output is None:
        if chosen.binary:
            raise UsageError(f"{chosen.name} is written to a file", remedy=f"-o FILE.{chosen.suffix}")
        for text in write(chosen.name, items, right):
            sys.stdout.write(text)
        return
    with beside(output) as part:
        if chosen.binary:
            write_workbook(items, part, right)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(write(chosen.name, items, right))


@contextmanager
def beside(output: Path) -> Iterator[Path]:
    """A file to write that takes the place of another one when it is whole. A device or a pipe keeps its place: what was
    written is copied into it."""
    special = output.exists() and not output.is_file()
    name = f"{output.name}.part"
    try:
        with tempfile.TemporaryDirectory() if special else nullcontext(output.parent) as folder:
            part = Path(folder) / name
            try:
                yield part
                if special:
                    with part.open("rb") as whole, output.open("wb") as goal:
                        shutil.copyfileobj(whole, goal)
                else:
                    part.replace(output)
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}",
            place=str(output),
            remedy="check the path and the rights on it",
        ) from error
