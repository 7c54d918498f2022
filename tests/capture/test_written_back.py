"""What is written as a file of many is read again as it was: with one record in it, with several, packed or not."""

import zipfile
from pathlib import Path

import pytest

from ipregister.capture import readers
from ipregister.capture.delivery import open_delivery
from ipregister.exchange.writers import WRITERS, Writer
from ipregister.model import canonical
from ipregister.model.offices import office
from ipregister.model.record import Record

LA = office("LA")
FORMS = [(writer, right) for writer in WRITERS for right in writer.rights]


def records(right: str, count: int) -> list[Record]:
    made = []
    for number in range(1, count + 1):
        text = f'{{"right":"{right}","office":"LA","application_number":"{number}","application_date":"2020-01-0{number}"}}'
        made.append(canonical.decode(text.encode()))
    return made


def documents(writer: Writer, written: list[Record]) -> list[str]:
    """The files as they go out: one of all, or one of each where the standard has none of many."""
    entries = [writer.entry(record, LA, "a remark") for record in written]
    groups = ["".join(entries)] if writer.several else entries
    return [f"{writer.start()}{group}{writer.end()}" for group in groups]


def delivered(texts: list[str], way: str, folder: Path) -> Path:
    if way == "file":
        path = folder / "one.xml"
        path.write_text(texts[0], encoding="utf-8")
        return path
    if way == "zip":
        path = folder / "all.zip"
        with zipfile.ZipFile(path, "w") as made:
            for number, text in enumerate(texts):
                made.writestr(f"{number}.xml", text)
        return path
    path = folder / "all"
    path.mkdir()
    for number, text in enumerate(texts):
        (path / f"{number}.xml").write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("way", ["file", "zip", "folder"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(("writer", "right"), FORMS, ids=[f"{one.format}-{right}" for one, right in FORMS])
def test_as_many_records_come_back(writer: Writer, right: str, count: int, way: str, tmp_path: Path) -> None:
    written = records(right, count)
    texts = documents(writer, written)
    if way == "file" and len(texts) > 1:
        return
    path = delivered(texts, way, tmp_path)
    with open_delivery(path, LA, scratch=tmp_path / "scratch") as delivery:
        found = [readers.read(one, LA) for one in delivery.slices()]
        assert [one.refusal for one in found] == [""] * count
        assert [one.record for one in found] == written
        assert [one.code for one in delivery.findings if one.code != "day-guessed"] == []
