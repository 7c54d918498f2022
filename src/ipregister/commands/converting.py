"""The records of a file turned into another format: a file for each form that the format has."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ipregister.commands.readings import mismatch_of, readings
from ipregister.commands.writing import written
from ipregister.exchange.formats import Format, Item
from ipregister.exchange.writers import not_written
from ipregister.intake.findings import kinds
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.evidence import Reading
from ipregister.model.record import RIGHTS, right_of
from ipregister.quality.messages import message
from ipregister.store.joining import ACT, ACT_ALONE


class Converted(NamedTuple):
    """A file that was written: of which rights, with how many records."""

    file: Path | None
    rights: tuple[str, ...]
    records: int


def require_apart(file: Path, output: Path) -> None:
    """Raises `UsageError` where a file that may be written is the source, or one in its folder, by whatever path or link:
    OUT.xml, OUT.design.xml and so on, and what they are before they are whole."""
    named = [output, *(output.with_name(f"{output.stem}.{right}{suffix}")
                       for right in RIGHTS for suffix in (output.suffix, ".zip"))]  # fmt: skip
    written_ones = [one for name in named for one in (name, name.with_name(f"{name.name}.part"))]
    sources = {_identity(one) for one in (file.rglob("*") if file.is_dir() else (file,))} - {None}
    for one in written_ones:
        if _identity(one) in sources:
            remedy = "name another file with -o"
            raise UsageError(
                f"{one} is the source itself; nothing was written", place=str(file), remedy=remedy
            )


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is whatever it is called; None where there is none."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


class Conversion:
    """A file on its way into a format. `refused` counts the records that did not go out; each is told on stderr.

    A format whose files hold one right each is written in as many files; the source is read again for each, so that
    no more than a record is held."""

    def __init__(self, file: Path, code: str, target: Format) -> None:
        self._file, self._code, self._target = file, code, target
        self._counts: dict[str, int] = {}
        self.refused = 0

    def written(self, output: Path | None) -> list[Converted]:
        """Write all records: to stdout those of the first right alone. Raises `UnreadableInput` where no record can
        be read, `NotWritten` where the format has no form for any."""
        first = next(self._items(quiet=True), None)
        if first is None:
            self._raise_nothing()
            return []
        chosen = self._target.form(right_of(first.record))
        made = [self._write(chosen, output, quiet=False)]
        for other in [rights for rights in self._forms() if rights != chosen]:
            if output is not None:
                several = self._target.alone(other[0]) and self._amount(other) > 1
                suffix = ".zip" if several else output.suffix
                beside = output.with_name(f"{output.stem}.{other[0]}{suffix}")
                made.append(self._write(other, beside, quiet=True))
                continue
            left = self._amount(other)
            self.refused += left
            print(f"{left} of {'/'.join(other)} left out: with -o, each right has a file", file=sys.stderr)
        return made

    def _write(self, rights: tuple[str, ...], output: Path | None, *, quiet: bool) -> Converted:
        items = self._items(quiet=quiet)
        chosen = [0]

        def of_these() -> Iterator[Item]:
            for item in items:
                if right_of(item.record) in rights:
                    chosen[0] += 1
                    yield item

        made = written(self._target, of_these(), rights[0], output)
        present = tuple(right for right in rights if right in self._counts)
        return Converted(made, present, chosen[0])

    def _forms(self) -> list[tuple[str, ...]]:
        """The forms of the rights that the file holds, in the order of their first coming."""
        return list(dict.fromkeys(self._target.form(right) for right in self._counts))

    def _amount(self, rights: tuple[str, ...]) -> int:
        return sum(self._counts.get(right, 0) for right in rights)

    def _items(self, *, quiet: bool) -> Iterator[Item]:
        """The records that the format has a form for; the others are told and counted, but for `quiet`."""
        counts: dict[str, int] = {}
        refused = 0
        for name, _, reading, facts, day in readings(self._file, self._code):
            right = right_of(reading.record) if reading.record is not None else ""
            if reading.record is not None and right in self._target.rights and reading.part != ACT:
                counts[right] = counts.get(right, 0) + 1
                if not quiet and (wrong := mismatch_of(reading)):
                    print(f"{name}: {' '.join(message(wrong, 'en', kinds()))}", file=sys.stderr)
                yield Item(name, reading.record, facts, data_day=day)
                continue
            refused += 1
            if not quiet:
                print(f"{name}: {self._why(reading, right)}".rstrip(), file=sys.stderr)
        if not quiet:
            self._counts, self.refused = counts, refused

    def _why(self, reading: Reading, right: str) -> str:
        """Why a record does not go out. What an act says is nothing without its registration."""
        if right and reading.part != ACT:
            return f"{self._target.name} has no form for the right {right}"
        return f"{reading.refusal or ACT_ALONE} {reading.refusal_detail}"

    def _raise_nothing(self) -> None:
        """Why nothing can be written."""
        why = ""
        for name, _, reading, *_ in readings(self._file, self._code):
            if reading.record is not None and reading.part != ACT:
                raise not_written(self._target.name, right_of(reading.record))
            why = why or f": {name}: {self._why(reading, '')}".rstrip()
        raise UnreadableInput(
            f"no record in it can be read{why}", place=str(self._file), remedy="check the file and --from"
        )
