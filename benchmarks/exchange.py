"""What is lost on reading and on the way through ST.96: real files, and generated records of every right.

    python -m benchmarks.exchange --data FOLDER [--marks 1500] [--fuzz FOLDER]

`--data` is the folder that holds `data/` (as IPREGISTER_TEST_DATA), `--fuzz` one with the lines that `benchmarks.fuzz`
printed, a file a slice. Keeps `results/exchange.json`.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.measuring import keep, say
from ipregister.capture import mapped
from ipregister.commands.readings import FileRecord, readings
from ipregister.demonstration import write_office, write_rights
from ipregister.exchange import loss
from ipregister.exchange.mapped import mapping
from ipregister.exchange.writers import rights_of, writer_of
from ipregister.model import canonical
from ipregister.model.errors import RegisterError
from ipregister.model.record import Record, right_of
from ipregister.web import bootstrap
from ipregister.web.options import Options

OFFICES = ("BN", "ID", "KH", "KZ", "LA", "MY", "PH", "SG", "TH", "VN", "WO")
REAL = ("gbd-office-feeds-dev", "wipo-st96-v6", "wipo-st36-examples", "epo-ops-xml", "epo-legal-event-codes", "us-tm-daily-seed", "wipo-st66-v1_1",
        "gi-eu-eambrosia-2020")  # fmt: skip
SCHEMAS = Path("data") / "wipo-st96-v6" / "ST96XMLSchema_V6_0_Flattened"
Counts = dict[str, Counter[str]]


def real_files(data: Path) -> Iterator[tuple[str, Path]]:
    """The folders of real data, and their files that may hold records."""
    for folder in REAL:
        for path in sorted((data / "data" / folder).rglob("*")):
            if path.suffix.lower() in (".xml", ".json") and path.is_file():
                yield folder, path


def records_of(path: Path, code: str = "") -> Iterator[FileRecord]:
    """The records of a file, none where it holds none; of a table by the mapping beside it."""
    if path.suffix == ".csv":
        text, packed = path.with_suffix(".toml").read_bytes(), path.with_suffix(".zip")
        mapped.pack_file(path, mapping.load(text, path.name), text, packed)
        path = packed
    try:
        yield from readings(path, code)
    except RegisterError:
        try:
            yield from readings(path, code or "LA")
        except RegisterError as error:
            say(f"{path.name}: {error}")


def count_reading(found: Counter[str], one: FileRecord) -> None:
    """Count what the independent checker says of one reading."""
    found["pieces"] += 1
    if one.reading.record is None:
        found["no record"] += 1
        return
    checked = loss.check(one.raw, one.reading, one.office)
    found["records"] += 1
    found["texts"] += checked.total
    found["lost"] += len(checked.lost)
    found["broken evidence"] += len(checked.broken)
    found["in extra"] += len(checked.extra)
    found["how it is made"] += len(checked.made)


@cache
def schema(folder: Path, root: str) -> etree.XMLSchema:
    """The schema of a root element, compiled once."""
    return etree.XMLSchema(etree.parse(folder / f"{root}_V6_0.xsd"))


def count_trip(found: Counter[str], one: FileRecord, record: Record, schemas: Path) -> None:
    """Count the way of one record to ST.96 and back, or to JSON where ST.96 has no form for its right."""
    found["records"] += 1
    right = right_of(record)
    if right not in rights_of("st96"):
        found["by JSON"] += 1
        found["differ"] += canonical.decode(canonical.encode(record)) != record
        return
    writer = writer_of("st96", right)
    document = writer.write(record, one.office)
    root = etree.fromstring(document)
    found["invalid"] += not schema(schemas, etree.QName(root).localname).validate(root)
    found["differ"] += writer.read(document, one.office).record != record


def trips(told: argparse.Namespace) -> dict[str, Counts]:
    """Reading and way back of generated records by right, and of the real records by folder."""
    reading: Counts = {}
    back: Counts = {}
    with tempfile.TemporaryDirectory() as folder:
        made = [
            one for code in OFFICES for one in write_office(Path(folder), code, told.marks // len(OFFICES))
        ]
        made += write_rights(Path(folder) / "rights", marks=told.marks)
        say(f"{len(made)} deliveries made")
        for delivery in made:
            for one in records_of(delivery.path, delivery.office):
                record = one.reading.record
                name = f"generated, {right_of(record) if record else 'refused'}"
                count_reading(reading.setdefault(name, Counter()), one)
                if record is not None:
                    count_trip(back.setdefault(name, Counter()), one, record, told.data / SCHEMAS)
    say("generated records are through")
    for name, path in real_files(told.data):
        for one in records_of(path):
            count_reading(reading.setdefault(name, Counter()), one)
            if one.reading.record is not None:
                count_trip(back.setdefault(name, Counter()), one, one.reading.record, told.data / SCHEMAS)
    return {"reading": reading, "back": back}


def fuzzed(folder: Path | None) -> dict[str, Any]:
    """The sum of the slices of a fuzz run."""
    slices = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))] if folder else []
    if not slices:
        return {}
    summed = {
        name: sum(one[name] for one in slices) for name in ("documents", "taken", "read", "refused", "wrong")
    }
    most = {name: max(one[name] for one in slices) for name in ("seeds", "slowest_s", "peak_mib")}
    return {**summed, **most}


def main() -> None:
    """Count and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--marks", type=int, default=1500)
    parser.add_argument("--fuzz", type=Path)
    told = parser.parse_args()
    bootstrap.setup(Options(data=Path(tempfile.gettempdir()) / "ipregister-exchange"))
    keep("exchange", {**trips(told), "fuzz": fuzzed(told.fuzz)})


if __name__ == "__main__":
    main()
