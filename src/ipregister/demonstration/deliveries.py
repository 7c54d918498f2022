"""The deliveries of an office: one full one, then two or three deltas, in zip files as that office names them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from . import ipas
from .archives import Archive
from .filings import Filing
from .records import BULK, Piece, encoded, piece

Kind = Literal["full", "delta"]
Form = Literal["folders", "bulk", "nested"]
FEW = ("BN", "LA")
PART = 25_000


@dataclass(frozen=True)
class DemonstrationDelivery:
    """One file that an office sent; with ``mapping`` a table, and the file that says what its columns are."""

    office: str
    path: Path
    kind: Kind
    extracted: date
    records: int
    mapping: Path | None = None


def ipas_name(office: str, day: date, part: int) -> str:
    """``LA.20260131_01.zip``."""
    return f"{office}.{day:%Y%m%d}_{part:02d}.zip"


def philippine_name(office: str, day: date, part: int) -> str:
    """``PH_Trademarks_WIPO_Export_20260131_01.zip``."""
    return f"PH_Trademarks_WIPO_Export_{day:%Y%m%d}_{part:02d}.zip"


def kazakh_name(office: str, day: date, part: int) -> str:
    """``xml_export_trademarks_1_31.01.2026.zip``."""
    return f"xml_export_trademarks_{part}_{day:%d.%m.%Y}.zip"


def singapore_name(office: str, day: date, part: int) -> str:
    """``20260131_00001.zip``."""
    return f"{day:%Y%m%d}_{part:05d}.zip"


NAMES: dict[str, Callable[[str, date, int], str]] = {
    "PH": philippine_name, "KZ": kazakh_name, "SG": singapore_name,
}  # fmt: skip


@dataclass
class Slot:
    """A delivery that is being written; a long one is cut into parts."""

    office: str
    folder: Path
    kind: Kind
    since: int
    extracted: int
    form: Form
    done: list[DemonstrationDelivery] = field(default_factory=list)
    _archive: Archive | None = None
    _bulk: BinaryIO | None = None
    _count: int = 0

    def wants(self, filing: Filing) -> bool:
        """Whether the filing belongs here: new, changed or deleted since the delivery before."""
        if filing.life[0].day > self.extracted or 0 < filing.deleted <= self.since:
            return False
        if self.kind == "full":
            return True
        days = [event.day for event in filing.life] + [filing.corrected, filing.deleted]
        return any(self.since < day <= self.extracted for day in days)

    def write(self, filing: Filing, *, fresh: bool) -> None:
        """Add the filing as of the day of extraction."""
        if self._archive is None or self._count == PART:
            self.close()
            self._archive = self._open()
        made = piece(filing, self.extracted, fresh=fresh, bulk=self.form == "bulk")
        if self._bulk is not None:
            self._bulk.write(made.text)
            if made.picture:
                name = made.picture_name if self.office in BULK else f"{made.name}/{made.picture_name}"
                self._archive.add(name, made.picture, packed=False)
        else:
            self._add_folder(self._archive, made)
        self._count += 1

    def close(self) -> None:
        """Finish the current part."""
        if self._archive is None:
            return
        if self._bulk is not None:
            self._bulk.write(encoded(_edges(self.office)[1]))
            self._bulk.close()
            source = self._temporary()
            self._archive.add_file(f"{self._archive.path.stem}.xml", source)
            source.unlink()
        self._archive.close()
        path = self._nest(self._archive.path) if self.form == "nested" else self._archive.path
        day = date.fromordinal(self.extracted)
        self.done.append(DemonstrationDelivery(self.office, path, self.kind, day, self._count))
        self._archive, self._bulk = None, None

    def _open(self) -> Archive:
        name = NAMES.get(self.office, ipas_name)
        path = self.folder / name(self.office, date.fromordinal(self.extracted), len(self.done) + 1)
        self._count = 0
        if self.form == "bulk":
            self._bulk = self._temporary().open("wb")
            self._bulk.write(encoded(_edges(self.office)[0]))
        return Archive(path)

    def _temporary(self) -> Path:
        return self.folder / f".{self.extracted}.bulk"

    @staticmethod
    def _add_folder(archive: Archive, made: Piece) -> None:
        archive.add(f"{made.name}/{made.name}_biblio.xml", made.text)
        if made.picture:
            archive.add(f"{made.name}/{made.picture_name}", made.picture, packed=False)

    @staticmethod
    def _nest(path: Path) -> Path:
        """Put the finished archive into another one of the same name."""
        inner = path.rename(path.with_suffix(".inner"))
        outer = Archive(path)
        outer.add_file(f"{path.stem}/{path.stem}_export.zip", inner, packed=False)
        outer.close()
        inner.unlink()
        return path


def _edges(office: str) -> tuple[str, str]:
    """What stands before and after the records of a bulk file."""
    if office in BULK:
        return BULK[office].OPENING, BULK[office].CLOSING
    return ipas.DECLARATION + ipas.OPENING, ipas.CLOSING


def slots(office: str, folder: Path, today: int) -> list[Slot]:
    """The deliveries of an office, oldest first; Thailand nests its first delta, Viet Nam sends one in bulk."""
    days = [today - 150, today - 75, today] if office in FEW else [today - 150, today - 90, today - 45, today]
    made = []
    for place, day in enumerate(days):
        form: Form = "bulk" if office in BULK or (office, place) == ("VN", 2) else "folders"
        if (office, place) == ("TH", 1):
            form = "nested"
        made.append(
            Slot(office, folder, "delta" if place else "full", days[place - 1] if place else 0, day, form)
        )
    return made
