"""One bad document on its way: cut, read, checked. What must hold whatever the document."""

import io
import random
import time
import traceback
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import xlsxwriter

from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.exchange.mapped import mapping, rows
from ipregister.exchange.mapped.encodings import encoding_of
from ipregister.exchange.mapped.mapping import Input
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.intake.preparing import Preparation
from ipregister.model import canonical
from ipregister.model.errors import UnreadableInput
from ipregister.model.offices import codes, office
from tests.exchange.mapped_fields import CLASSES, field, fields
from tests.fuzz.mutations import mutated
from tests.fuzz.written import Seed, evenly, written

SAMPLES = Path(__file__).parent.parent / "samples"
SECONDS = 2.0
"""So much processor time a document may take."""
_ROWS = 1000
"""So many rows of a table are read to the end; each is a document of its own."""
_PLACES = {"No": "application_number", "Filed": "application_date"}
_TABLE = mapping.load(
    "".join((
        'office = "LA"\ndates = "dmy"\n', fields(_PLACES), field("Class", CLASSES, split=";"),
        fields({"Owners": "applicants/*/names", "Country": "applicants/*/country"}, split="|"),
    )).encode(), "table")  # fmt: skip
_ROW = b'{"$row":2,"$cells":{"1 No":"37978","2 Filed":"17/08/2559","3 Class":"30;32","4 Owners":"A|B","5 Country":"LA|TH"}}'


_CSV = """No,Filed,Class,Owners,Country
1,17/08/2559,30;32,A|B,LA|TH
2,,5,"Kham, Ltd.",LA
3,31/12/2020,9,"say ""yes""
twice",VN
4,01/01/2021,"7",Дала ХХ,KZ
"""


def _workbook() -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Marks")
    for number, text in enumerate(_CSV.replace("\ntwice", "").splitlines()):
        sheet.write_row(number, 0, text.split(","))
    sheet.write_formula(6, 0, "=A1+1")
    sheet.write(7, 2, 42.5)
    book.close()
    return made.getvalue()


class Result(NamedTuple):
    """What became of a document: pieces, those that were read, those that were refused, and what must not be."""

    taken: int
    read: int
    refused: int
    seconds: float
    wrong: str = ""


def seeds(data: Path | None = None) -> list[Seed]:
    """All samples, what is written of them, and the real documents where there are some."""
    samples = [
        Seed(f"{path.parent.name}-{path.name}", path.parent.name.upper(), path.read_bytes())
        for path in sorted(SAMPLES.glob("*/*.in.*"))
        if path.parent.name.upper() in codes()
    ]
    found = [*samples, *written(samples)]
    for folder in (
        ("wipo-st96-v6", "wipo-st36-examples", "epo-ops-xml", "us-tm-daily-seed", "wipo-st66-v1_1")
        if data
        else ()
    ):
        for path in sorted((data / "data" / folder).rglob("*.xml"))[:60] if data else ():
            if path.stat().st_size < 200_000:
                code = {"epo-ops-xml": "EP", "us-tm-daily-seed": "US"}.get(folder, "LA")
                found.append(Seed(path.name, code if code in codes() else "LA", path.read_bytes()))
    tables = [Seed("csv", "LA", _CSV.encode()), Seed("xlsx", "LA", _workbook())]
    return [*evenly(found), Seed("row", "LA", _ROW), *tables, *tables]


def try_one(number: int, seed: int, sound: Sequence[Seed], folder: Path) -> Result:
    """One bad document; the same number and seed give the same."""
    luck = random.Random(f"{seed}-{number}")
    chosen = luck.choice(sound)
    data, told = (_packed if chosen.name == "xlsx" else mutated)(chosen.data, luck)
    if luck.random() < 0.1 and len(data) < 1 << 20:
        data = data * luck.choice([2, 5])
    start = time.thread_time()
    try:
        if chosen.name in ("csv", "xlsx"):
            result = _tabular(chosen, data, folder)
        else:
            result = _row(data) if chosen.name == "row" else _delivery(chosen, data, luck, folder)
    except Exception:
        result = Result(0, 0, 0, 0, traceback.format_exc(limit=-4))
    seconds = time.thread_time() - start
    wrong = result.wrong or (f"{seconds:.1f} s" if seconds > SECONDS else "")
    where = f"number {number} of {chosen.name}: {', '.join(told)}, {len(data)} bytes: "
    return result._replace(seconds=seconds, wrong=where + wrong if wrong else "")


def _packed(data: bytes, luck: random.Random) -> tuple[bytes, list[str]]:
    """A workbook with a file inside of it made bad; or the whole, as bytes."""
    if luck.random() < 0.2:
        return mutated(data, luck)
    made, told = io.BytesIO(), [""]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = luck.choice([*old.namelist(), *["xl/worksheets/sheet1.xml"] * 8, *["xl/workbook.xml"] * 2])
        for name in old.namelist():
            inner = old.read(name)
            if name == chosen:
                inner, told = mutated(inner, luck)
            new.writestr(name, inner)
    return made.getvalue(), [chosen, *told]


def _tabular(chosen: Seed, data: bytes, folder: Path) -> Result:
    """A table, from its file to its records: no row of CSV may hold the signs of another, none may be missing."""
    path = folder / f"table.{chosen.name}"
    path.write_bytes(data)
    told = Input("xlsx") if chosen.name == "xlsx" else Input(encoding=encoding_of(data))
    try:
        lines = list(rows.lines_of(path, told))
    except UnreadableInput:
        return Result(0, 0, 0, 0)
    numbers = [msgspec.json.decode(one)["$row"] for one in lines]
    results = [_row(one.rstrip(b"\n")) for one in lines[:_ROWS]]
    wrong = next((one.wrong for one in results if one.wrong), "")
    if numbers != sorted(set(numbers)):
        wrong = "rows out of order"
    read = sum(one.read for one in results)
    return Result(len(results), read, len(results) - read, 0, wrong)


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
