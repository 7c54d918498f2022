"""One bad source on the way of an operator: looked at, mapped as proposed, packed, cut, read. What must hold of any. The whole run is
`python -m benchmarks.fuzz_mapped`.
"""

import io
import json
import random
import time
import traceback
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from ipregister.capture import looking
from ipregister.capture import mapped as packing
from ipregister.capture.delivery import open_delivery
from ipregister.exchange import loss
from ipregister.exchange.mapped import drafting, mapping, overview, proposing
from ipregister.exchange.mapped.mapping import TABULAR, Mapping
from ipregister.exchange.mapped.reader import MappedReader
from ipregister.intake.preparing import Preparation
from ipregister.model.errors import UnreadableInput, UsageError
from ipregister.model.offices import office
from tests.fuzz.mutations import mutated

SECONDS = 4.0
"""So much processor time a source may take, children not counted."""
_CHECKED = 200
"""So many rows of a table are looked through for losses."""

_CSV = """Register of marks;;;;;;
№ заявки;Дата подачи;Товарный знак;Класс МКТУ;Товары;Владелец;Страна
1;17 августа 2024 г.;OLMA;30;кофе;"ООО ""Олма"" Ташкент";UZ
2;;18.08.2024;NAVBAHOR;25;обувь;Navbahor
3;31.02.2024;"BOG'
two";5, 9;средства;"A; B";UZ
4;17/08/2559;ຈຳປາ;๓๐;ກາເຟ;ທ້າວ ຄຳ;ລາວ
1.23E+15;2024-08-17;x;1;y;z;KZ;more
Итого;;;;;;5
"""
_TABS = "app_no\tfiling_dt\tmark\tmark\t\tclass\n" + "".join(
    f"A{n}\t2024-08-{n:02d}\tM{n}\tມ{n}\t-\t{n}\n" for n in range(1, 20)
)
_ITEMS = [
    {"applicationNumber": f"77{n}", "title": "Pump", "owners": [{"name": "A", "country": "LA"}, {"name": "B"}],
     "filed": "2024-08-17", "nested": [[1, [2]], {"a/b": None}]}
    for n in range(3)
]  # fmt: skip
_XML = (
    "<list xmlns:x='urn:x'>"
    + "".join(f"<x:row no='{n}'><applicationNumber>88{n}</applicationNumber><mark>A&amp;B</mark><owner><name>C</name></owner>"
              "<owner><name>D</name></owner></x:row>" for n in range(3))
    + "</list>"
)  # fmt: skip


class Source(NamedTuple):
    """A sound source to make bad ones of."""

    suffix: str
    data: bytes


class Result(NamedTuple):
    """What became of a source: its records, those that were read and refused, and what must not be."""

    records: int = 0
    read: int = 0
    refused: int = 0
    wrong: str = ""


def _workbook() -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.add_worksheet("Old").hide()
    sheet = book.add_worksheet("Marks")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range(0, 0, 0, 4, "Register")
    sheet.write_row(2, 0, ["No", "Filing date", "Mark", "Class", "Owner", ""])
    sheet.write_row(3, 4, ["Name", "Country"])
    for row in range(4, 12):
        sheet.write_row(row, 0, [f"A{row}", "", "NAGA", row, "Kham; Dao", "LA; TH"])
        sheet.write_number(row, 1, 42599 + row, day)
    sheet.merge_range(12, 0, 13, 0, "A12")
    sheet.write_number(14, 1, 60, day)
    sheet.write_number(14, 0, 1234567890123456)
    sheet.write_formula(15, 0, "=NA()", None, "#N/A")
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.write_row(16, 0, ["Total", "", "", 9])
    book.close()
    return made.getvalue()


def sources() -> list[Source]:
    """A table in several forms, twice as often as others."""
    tables = [Source(".csv", _CSV.encode()), Source(".csv", _CSV.encode("cp1251", "replace")), Source(".tsv", _TABS.encode()),
              Source(".csv", ("\ufeff" + _CSV.replace(";", ",")).encode("utf-16"))]  # fmt: skip
    objects = [Source(".json", json.dumps({"items": _ITEMS}).encode()), Source(".xml", _XML.encode()),
               Source(".jsonl", "\n".join(map(json.dumps, _ITEMS)).encode())]  # fmt: skip
    return [*tables, *tables, *objects, *[Source(".xlsx", _workbook())] * 4]


def _bad(chosen: Source, luck: random.Random) -> tuple[bytes, list[str]]:
    """The source made bad; of a workbook mostly a file inside of it."""
    if chosen.suffix != ".xlsx" or luck.random() < 0.1:
        return mutated(chosen.data, luck)
    made, told = io.BytesIO(), [""]
    with (
        zipfile.ZipFile(io.BytesIO(chosen.data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        name = luck.choice(
            [*old.namelist(), *["xl/worksheets/sheet2.xml"] * 12, *["xl/sharedStrings.xml"] * 4]
        )
        for one in old.namelist():
            inner = old.read(one)
            if one == name:
                inner, told = mutated(inner, luck)
            new.writestr(one, inner)
    return made.getvalue(), [name, *told]


def try_one(number: int, seed: int, sound: Sequence[Source], folder: Path) -> Result:
    """One bad source; the same number and seed give the same."""
    luck = random.Random(f"{seed}-{number}")
    chosen = luck.choice(sound)
    data, told = _bad(chosen, luck)
    path = folder / f"marks_20260131{chosen.suffix}"
    path.write_bytes(data[: 4 << 20])
    start = time.process_time()
    try:
        result = whole_way(path, folder)
    except (UnreadableInput, UsageError) as error:
        result = Result(wrong="" if str(error).strip() else "refused without a reason")
    except Exception:
        result = Result(wrong=traceback.format_exc(limit=-4))
    seconds = time.process_time() - start
    wrong = result.wrong or (f"{seconds:.1f} s" if seconds > SECONDS else "")
    where = f"number {number} of {chosen.suffix}: {', '.join(told)}: "
    return result._replace(wrong=where + wrong if wrong else "")


def whole_way(path: Path, folder: Path) -> Result:
    """A source looked at, mapped as is proposed, packed, cut, read."""
    told = looking.told_of(path)
    seen = looking.look(path, told, 500)
    proposed = proposing.proposals(seen, "trademark")
    text = drafting.mapping_text("LA", "trademark", told, seen, proposed, path.name).encode()
    try:
        chosen = mapping.load(text, "draft")
    except UsageError as error:
        return Result(wrong="" if "names no field" in str(error) else f"the draft is wrong: {error}")
    overview.shared(chosen)
    overview.columns(chosen, seen)
    packed = folder / "packed.zip"
    packing.pack_file(path, chosen, text, packed)
    return _loaded(packed, chosen, folder)


def _loaded(packed: Path, chosen: Mapping, folder: Path) -> Result:
    """The delivery cut and read; the counts balance, no row is lost, none is read twice."""
    facts = office("LA")
    with open_delivery(packed, facts, scratch=folder / "scratch") as delivery:
        slices = list(delivery.slices())
        with delivery.container.open("rb") as container:
            ready = Preparation(None, facts, delivery, container, delivery.digest).prepare(slices)
    read = sum(not one.quarantine for one in ready)
    refused = len(ready) - read
    failed = next((one.detail for one in ready if one.quarantine == "reader-failed"), "")
    if failed or len(ready) != len(slices) or len({one.index for one in ready}) != len(slices):
        return Result(len(slices), read, refused, f"reader failed or counts differ: {failed}")
    wrong = ""
    if chosen.input.kind in TABULAR:
        lines = [line.rstrip(b"\n") for line in packing.rows_in(packed)]
        numbers = [json.loads(line)["$row"] for line in lines]
        if len(lines) != len(slices) or numbers != sorted(set(numbers)):
            return Result(
                len(slices), read, refused, f"{len(lines)} rows, {len(slices)} pieces, or rows out of order"
            )
        wrong = next((told for line in lines[:_CHECKED] if (told := _lost(line, chosen))), "")
    return Result(len(slices), read, refused, wrong)


def _lost(line: bytes, chosen: Mapping) -> str:
    facts = office("LA")
    reading = MappedReader(chosen, facts).read(line)
    if reading.record is None:
        return "" if reading.refusal else "refused without a reason"
    found = loss.check(line, reading, facts)
    return f"lost {found.lost[:2]} {found.broken[:2]}" if found.lost or found.broken else ""
