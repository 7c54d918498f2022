"""Records written in a format: to stdout or to a file, whole or not at all."""

import sys
from collections.abc import Iterable
from pathlib import Path

from ipregister.exchange.formats import Format, Item, write, write_workbook
from ipregister.model.errors import UsageError


def written(chosen: Format, items: Iterable[Item], right: str, output: Path | None) -> None:
    """Write records of a right. Raises `UsageError` for a format that needs a file."""
    if output is None:
        if chosen.binary:
            raise UsageError(f"{chosen.name} is written to a file", remedy=f"-o FILE.{chosen.suffix}")
        for text in write(chosen.name, items, right):
            sys.stdout.write(text)
        return
    beside = output.with_name(output.name + ".part")
    try:
        if chosen.binary:
            write_workbook(items, beside, right)
        else:
            with beside.open("w", encoding="utf-8", newline="") as file:
                file.writelines(write(chosen.name, items, right))
        beside.replace(output)
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}", place=str(output), remedy="check the path"
        ) from error
    finally:
        beside.unlink(missing_ok=True)
