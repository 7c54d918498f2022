"""One bad document on its way: cut, read, checked. What must hold whatever the document."""

import random
import time
import traceback
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.exchange.mapped import mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.intake.preparing import Preparation
from ipregister.model import canonical
from ipregister.model.errors import UnreadableInput
from ipregister.model.offices import codes, office
from tests.fuzz.mutations import mutated

SAMPLES = Path(__file__).parent.parent / "samples"
SECONDS = 2.0
"""So much processor time a document may take."""
_TABLE = mapping.load(b"""
office = "LA"
dates = "dmy"
[[field]]
from = "No"
to = "application_number"
[[field]]
from = "Filed"
to = "application_date"
[[field]]
from = "Class"
to = "goods/*/class_number"
split = ";"
[[field]]
from = "Owners"
to = "applicants/*/names"
split = "|"
[[field]]
from = "Country"
to = "applicants/*/country"
split = "|"
""", "table")  # fmt: skip
_ROW = b'{"$row":2,"$cells":{"1 No":"37978","2 Filed":"17/08/2559","3 Class":"30;32","4 Owners":"A|B","5 Country":"LA|TH"}}'


class Seed(NamedTuple):
    """A sound document to make bad ones of, and its office."""

    name: str
    office: str
    data: bytes


class Result(NamedTuple):
    """What became of a document: pieces, those that were read, those that were refused, and what must not be."""

    taken: int
    read: int
    refused: int
    seconds: float
    wrong: str = ""


def seeds(data: Path | None = None) -> list[Seed]:
    """All samples, and the real documents where there are some."""
    found = [
        Seed(f"{path.parent.name}-{path.name}", path.parent.name.upper(), path.read_bytes())
        for path in sorted(SAMPLES.glob("*/*.in.*"))
        if path.parent.name.upper() in codes()
    ]
    for folder in (
        ("wipo-st96-v6", "wipo-st36-examples", "epo-ops-xml", "us-tm-daily-seed", "wipo-st66-v1_1")
        if data
        else ()
    ):
        for path in sorted((data / "data" / folder).rglob("*.xml"))[:60] if data else ():
            if path.stat().st_size < 200_000:
                code = {"epo-ops-xml": "EP", "us-tm-daily-seed": "US"}.get(folder, "LA")
                found.append(Seed(path.name, code if code in codes() else "LA", path.read_bytes()))
    return [*found, Seed("row", "LA", _ROW)]


def try_one(number: int, seed: int, sound: Sequence[Seed], folder: Path) -> Result:
    """One bad document; the same number and seed give the same."""
    luck = random.Random(f"{seed}-{number}")
    chosen = luck.choice(sound)
    data, told = mutated(chosen.data, luck)
    if luck.random() < 0.1 and len(data) < 1 << 20:
        data = data * luck.choice([2, 5])
    start = time.thread_time()
    try:
        result = _row(data) if chosen.name == "row" else _delivery(chosen, data, luck, folder)
    except Exception:
        result = Result(0, 0, 0, 0, traceback.format_exc(limit=-4))
    seconds = time.thread_time() - start
    wrong = result.wrong or (f"{seconds:.1f} s" if seconds > SECONDS else "")
    where = f"number {number} of {chosen.name}: {', '.join(told)}, {len(data)} bytes: "
    return result._replace(seconds=seconds, wrong=where + wrong if wrong else "")


def _row(data: bytes) -> Result:
    facts = office("LA")
    reading = MappedReader(_TABLE, facts).read(data)
    if reading.record is None:
        return Result(1, 0, 1, 0, "" if reading.refusal else "refused without a reason")
    canonical.encode(reading.record)
    found = loss.check(data, reading, facts)
    return Result(
        1, 1, 0, 0, f"lost {found.lost[:2]} {found.broken[:2]}" if found.lost or found.broken else ""
    )


def _delivery(chosen: Seed, data: bytes, luck: random.Random, folder: Path) -> Result:
    """A document as a delivery, alone or in a zip that may be damaged too."""
    facts, path = office(chosen.office), folder / f"{chosen.office}_20260131.xml"
    if luck.random() < 0.2:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(luck.choice(["a.xml", "a/b.json", "x", "../a.xml"]), data)
            archive.writestr("b.xml", chosen.data)
        if luck.random() < 0.5:
            packed, _ = mutated(path.read_bytes(), luck)
            path.write_bytes(packed[: 8 << 20])
    else:
        path.write_bytes(data)
    try:
        with open_delivery(path, facts, scratch=folder / "scratch") as delivery:
            slices = list(delivery.slices())
            with delivery.container.open("rb") as container:
                ready = Preparation(None, facts, delivery, container, delivery.digest).prepare(slices)
    except UnreadableInput:
        return Result(0, 0, 0, 0)
    read = sum(not one.quarantine for one in ready)
    refused = sum(bool(one.quarantine) for one in ready)
    failed = next((one.detail for one in ready if one.quarantine == "reader-failed"), "")
    if failed:
        return Result(len(slices), read, refused, 0, f"reader failed: {failed}")
    balanced = len(ready) == len(slices) == read + refused and len({one.index for one in ready}) == len(
        slices
    )
    whole = all(canonical.decode(one.body) for one in ready if one.body)
    return Result(len(slices), read, refused, 0, "" if balanced and whole else "counts do not balance")
