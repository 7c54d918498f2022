"""The whole region, an office at a time."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from . import lives
from .deliveries import DemonstrationDelivery, Slot, slots
from .dirt import quirks_of, showcase
from .filings import Filing, Source, filing
from .records import Piece, piece
from .vocabulary import office_words, offices

Progress = Callable[[str, int, int], None]
TODAY = date(2026, 6, 30)
EVERY = 500


def shares(marks: int) -> dict[str, int]:
    """How many of the region's marks each office has; the sum is ``marks``."""
    weights = {office: office_words(office)["share"] for office in offices()}
    total = sum(weights.values())
    counts = {office: marks * weight // total for office, weight in weights.items()}
    counts["WO"] += marks - sum(counts.values())
    return counts


def write_region(
    folder: Path, *, marks: int = 20000, seed: int = 1, day: date = TODAY, progress: Progress | None = None,
    truth: Path | None = None, dirty: bool = True,
) -> list[DemonstrationDelivery]:  # fmt: skip
    """Write the deliveries of every office under ``folder/<OFFICE>/``; same arguments, same bytes."""
    counts = shares(marks)
    written: list[DemonstrationDelivery] = []
    for office, count in counts.items():
        written += write_office(
            folder, office, count, seed, day=day, registrations=counts["WO"],
            progress=progress, truth=truth, dirty=dirty,
        )  # fmt: skip
    return written


def write_office(
    folder: Path, office: str, marks: int, seed: int = 1, *, day: date = TODAY, registrations: int | None = None,
    progress: Progress | None = None, truth: Path | None = None, dirty: bool = True,
) -> list[DemonstrationDelivery]:  # fmt: skip
    """Write one office's deliveries in one pass; memory does not grow with ``marks``.

    ``registrations`` is the number of international registrations there are to copy. ``truth`` is a
    file of JSON lines, to which the facts and the dirt of every record are added. Records that are not
    ``dirty`` have no quirks, for measuring a reader against the truth.
    """
    source = Source(seed, day.toordinal(), marks if registrations is None else registrations)
    (folder / office).mkdir(parents=True, exist_ok=True)
    chosen = slots(office, folder / office, source.today)
    log = truth.open("a", encoding="utf-8") if truth else None
    for index in range(marks):
        made = draft(source, office, index, dirty=dirty)
        names = _deliver(made, chosen)
        if log:
            log.write(json.dumps(facts(made, names), ensure_ascii=False) + "\n")
        if progress and (index + 1 == marks or index % EVERY == 0):
            progress(office, index + 1, marks)
    for slot in chosen:
        slot.close()
    if log:
        log.close()
    return [delivery for slot in chosen for delivery in slot.done]


def _deliver(made: Filing, chosen: list[Slot]) -> list[str]:
    """Write the filing into the deliveries it belongs to; their days are given back."""
    names: list[str] = []
    for slot in chosen:
        if slot.wants(made):
            slot.write(made, fresh=not names)
            names.append(lives.iso(slot.extracted))
    return names


def draft(source: Source, office: str, index: int, *, dirty: bool = True) -> Filing:
    """The filing with its dirt."""
    if not dirty:
        return filing(source, office, index)
    shown = showcase(office, index)
    full = shown is not None and shown.needs != "madrid"
    made = filing(source, office, index, full=full, national=full)
    if shown:
        made.deleted = 0
    made.quirks = quirks_of(made, shown, source.chance(office, index, 1))
    if "series-twin" in made.quirks:
        made.number = _twin(source, made)
    if "number-suffix" in made.quirks:
        made.number += "-01" if office == "SG" else ("-11", "_A", "-A")[index % 3]
    return made


def _twin(source: Source, made: Filing) -> str:
    """A number of another series with the same year and digits as that of the record before."""
    before = filing(source, made.office, made.index - 1)
    year = lives.year(before.life[0].day)
    match made.office:
        case "VN":
            return f"A-{made.index % 3}-{year}-{before.index:05d}"
        case "PH":
            return f"AM4{year}{before.index:08d}"
    return f"{before.number[:2]}/{before.number[2:]}"


def facts(made: Filing, names: list[str]) -> dict[str, object]:
    """What a test may want to know about a record."""
    return {
        "office": made.office, "index": made.index, "number": made.number, "days": names,
        "registration": made.registration, "mark": made.words.text if made.words else None,
        "owners": [party.code for party in made.owners], "heir": made.heir.code if made.heir else None,
        "international": made.international, "feature": made.feature, "classes": [[item.number, item.language, len(item.terms)] for item in made.goods], "logo": made.logo, "deleted": bool(made.deleted),
        "life": [(event.kind, lives.iso(event.day)) for event in made.life], "dirt": list(made.quirks),
    }  # fmt: skip


def iter_records(
    office: str,
    count: int,
    seed: int = 1,
    *,
    day: date = TODAY,
    registrations: int | None = None,
    dirty: bool = True,
) -> Iterator[tuple[Filing, Piece]]:
    """Records as of ``day``, one by one, without writing anything."""
    source = Source(seed, day.toordinal(), count if registrations is None else registrations)
    for index in range(count):
        made = draft(source, office, index, dirty=dirty)
        yield made, piece(made, source.today)
