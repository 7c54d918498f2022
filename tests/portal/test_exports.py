"""Whole result sets as files: each hit once, resumed after a crash, its owner's alone, deleted after a day."""

import csv
import io
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook

from ipregister.exchange.mapped.sheets import rows_in
from ipregister.model import canonical
from ipregister.model.indication import Indication
from ipregister.model.text import Text
from ipregister.portal.exports import asking, making, walking, writing
from ipregister.portal.exports.asking import Export, Request
from ipregister.portal.hits import line
from ipregister.portal.site import Site
from ipregister.publication.release import EVERYTHING, FILE, Release
from ipregister.search.query import parse
from ipregister.store.rows import Listed
from ipregister.web import tasks, wiring
from ipregister.web.options import Options

Ask = Callable[..., Export]


def sheet_rows(path: Path) -> list[list[str]]:
    """All rows of all sheets."""
    book = CalamineWorkbook.from_path(path)
    return [
        [str(cell) for cell in row]
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
    ]


def queued() -> str:
    """What stands in the queue."""
    return str(list(DBTaskResult.objects.values()))


@pytest.fixture
def site(own: Options) -> Site:
    (own.data / FILE).write_text(EVERYTHING, encoding="utf-8")
    return wiring.site()


@pytest.fixture
def ask(site: Site) -> Ask:
    def asked(line: str = "", form: str = "jsonl", **filters: list[str]) -> Export:
        request = Request(line=line, filters=filters, form=form, lang="en", owner=asking.owner_of("cookie"))
        return asking.ask(site.data, request)

    return asked


def _keys(site: Site, line: str) -> list[str]:
    found, cursor = [], None
    while True:
        result = site.index.search(parse(line), limit=50, cursor=cursor)
        found += [hit.key for hit in result.hits]
        cursor = result.next
        if cursor is None:
            return sorted(found)


def test_every_hit_once(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "PAGE", 7)
    export = ask("class:[1 TO 45]", office=["LA", "TH"])
    making.make(site, export.number)
    rows = [json.loads(line) for line in export.file.read_text().splitlines()]
    assert sorted(row["key"] for row in rows) == _keys(site, "class:[1 TO 45] (office:LA OR office:TH)")
    assert len(rows) > 20
    assert rows[0]["source"]["office"]
    progress = export.progress()
    assert (progress.state, progress.rows, progress.total) == ("done", len(rows), len(rows))


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_taken_up_after_a_crash(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(walking, "PAGE", 10)
    whole = ask("", form)
    making.make(site, whole.number)
    export, real = ask("", form), Export.note

    def note(self: Export, progress: asking.Progress) -> None:
        if progress.rows > 30:
            raise KeyboardInterrupt
        real(self, progress)

    with monkeypatch.context() as patch:
        patch.setattr(Export, "note", note)
        with pytest.raises(KeyboardInterrupt):
            making.make(site, export.number)
    assert export.progress().rows == 30
    making.make(site, export.number)
    if form == "xlsx":
        assert sheet_rows(export.file) == sheet_rows(whole.file)
    else:
        assert export.file.read_bytes() == whole.file.read_bytes()


def test_tables(site: Site, ask: Ask) -> None:
    files = {form: ask("office:LA", form) for form in ("csv", "xlsx")}
    for export in files.values():
        making.make(site, export.number)
    text = files["csv"].file.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == list(writing.COLUMNS)
    assert sorted(row[0] for row in rows[1:]) == _keys(site, "office:LA")
    assert all(row[2] == "LA" for row in rows[1:])
    assert [row[0] for row in sheet_rows(files["xlsx"].file)] == [row[0] for row in rows]


def test_rights_of_every_kind_can_be_lines(site: Site) -> None:
    record = Indication(office="KH", application_number="GI/1", names=(Text("Kampot"),),
                        application_date="2020-01-31", registration_number="GI-1",
                        registration_date="2020-08-31")  # fmt: skip
    held = Listed("kh-gi-1", 1, "KH", canonical.SCHEMA, False, "2026-01-31", canonical.encode(record))
    side = walking._side(site, held, Release.load(site.data))
    assert side is not None
    assert side.plain["subtype"] == "GI"
    assert line(side, "en")["feature"] == "Geographical indication"
    bare = msgspec.structs.replace(side, plain=msgspec.to_builtins(side.record))  # as feeds have it
    assert line(bare, "en")["feature"] == "Geographical indication"


def test_a_long_list_goes_on_in_the_next_sheet(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.write_text("".join(json.dumps([f"k{n}", "=1+1", "x" * 40_000]) + "\n" for n in range(5)))
    writing.workbook(lines, tmp_path / "book.xlsx", rows=3)
    book = CalamineWorkbook.from_path(tmp_path / "book.xlsx")
    assert book.sheet_names == ["Sheet1", "continued", "Sheet3", "Sheet4"]
    held = [[cells for cells, *_ in rows_in(book, name)] for name in book.sheet_names if name != "continued"]
    assert [[cells[0] for cells in rows] for rows in held] == [
        ["key", "k0", "k1"],
        ["key", "k2", "k3"],
        ["key", "k4"],
    ]
    assert {tuple(cells[1:3]) for rows in held for cells in rows[1:]} == {("=1+1", "x" * 40_000)}


def test_no_cell_is_run_as_a_formula() -> None:
    assert writing.csv_line(["=1+1", "a,b", "ok"]) == '\'=1+1,"a,b",ok\r\n'


def test_what_an_office_does_not_release_is_left_out(site: Site, ask: Ask) -> None:
    (site.data / FILE).write_text('[[release]]\noffice = "LA"\nchannels = ["page", "api"]\n')
    export = ask("office:LA OR office:TH")
    making.make(site, export.number)
    keys = [json.loads(line)["key"] for line in export.file.read_text().splitlines()]
    assert sorted(keys) == _keys(site, "office:LA")
    assert export.progress().left_out == len(_keys(site, "office:TH")) > 0
    assert Release.load(site.data).terms("TH", "trademark").channels == {"page"}


def test_the_pages(own: Options, client: Client) -> None:
    (own.data / FILE).write_text(EVERYTHING, encoding="utf-8")
    answer = client.post("/export", {"q": "class:25", "form": "csv", "office": "LA"})
    assert answer.status_code == 303
    address = answer["Location"]
    assert "no-store" in answer["Cache-Control"]
    assert "Waiting" in client.get(address).content.decode()
    assert client.get(f"{address}/file").status_code == 404
    assert Client().get(address).status_code == 404
    making.make(wiring.site(), address.rpartition("/")[2])
    told = client.get(address, headers={"accept": "application/json"}).json()
    assert told["state"] == "done"
    file = client.get(f"{address}/file")
    assert file["Content-Disposition"] == 'attachment; filename="records.csv"'
    assert file.getvalue().count(b"\r\n") == told["rows"] + 1
    assert Client().get(f"{address}/file").status_code == 404
    assert client.post(f"{address}/delete").status_code == 303
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"q": "a)"}, "extra-bracket"),
        ({"q": "a", "form": "pdf"}, "unknown-form"),
        ({"q": "a" * 501}, "too-long"),
    ],
)
def test_mistakes(own: Options, client: Client, given: dict[str, str], code: str) -> None:
    answer = client.post("/export", given, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, code)
    assert not (own.data / asking.FOLDER).exists()


def test_the_queue_knows_nothing_of_the_query(own: Options, client: Client) -> None:
    answer = client.post("/export", {"q": "NOBODYSHALLKNOW", "form": "csv"})
    assert answer["Location"].rpartition("/")[2] in queued()
    assert "NOBODYSHALLKNOW" not in queued()


def test_a_fault_tells_the_log_nothing_of_the_query(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("NOBODYSHALLKNOW")

    export = ask("NOBODYSHALLKNOW")
    monkeypatch.setattr(making, "walk", broken)
    making.make(site, export.number)
    assert (export.progress().state, export.progress().reason) == ("failed", "fault")
    assert "NOBODYSHALLKNOW" not in caplog.text


@pytest.mark.parametrize("form", ["jsonl", "xlsx"])
def test_what_was_asked_is_deleted_when_the_file_is_made(site: Site, ask: Ask, form: str) -> None:
    export = ask("office:LA", form, right=["trademark"])
    past = time.time() - 3600
    os.utime(export.folder / "request.json", (past, past))
    making.make(site, export.number)
    assert export.progress().rows
    kept = (export.folder / "request.json").read_text()
    assert "office:LA" not in kept
    assert "trademark" not in kept
    assert (
        abs((export.folder / "request.json").stat().st_mtime - past) < 1
    )  # its day is still counted from the question
    assert asking.find(site.data, export.number, "cookie")
    failed = ask("office:LA")
    making._failed(failed, "disk")
    assert "office:LA" not in (failed.folder / "request.json").read_text()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_crash_before_done_is_written_down_leaves_the_file_whole(site: Site, ask: Ask, form: str) -> None:
    export = ask("office:LA", form)
    running: list[asking.Progress] = []
    end = Export.end
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Export, "end", lambda self, progress: running.append(progress))
        making.make(site, export.number)
    assert export.progress().state == "running"
    content = export.file.read_bytes()
    making.make(site, export.number)
    assert Export.end is end
    assert export.file.read_bytes() == content
    assert export.progress() == running[0]


def test_the_end_of_the_process_is_not_waited_for(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "PAGE", 10)
    left = [False, False, True]
    monkeypatch.setattr(site, "stopping", lambda: left.pop(0))
    export = ask()
    making.make(site, export.number)
    assert (export.progress().state, export.progress().rows) == ("running", 20)
    assert asking.unfinished(site.data) == [export.number]
    monkeypatch.setattr(site, "stopping", lambda: False)
    making.make(site, export.number)
    assert export.progress().state == "done"


def test_a_full_disk(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "FREE", 1 << 60)
    export = ask()
    making.make(site, export.number)
    assert (export.progress().state, export.progress().reason) == ("failed", "disk")
    assert not export.part.exists()


def test_old_ones_are_deleted_and_no_others(site: Site, ask: Ask) -> None:
    old, fresh = ask(), ask()
    past = time.time() - (asking.KEPT_HOURS + 1) * 3600
    os.utime(old.folder / "request.json", (past, past))
    assert asking.discard_old(site.data) == 1
    assert not old.folder.exists()
    assert fresh.folder.exists()
    making.make(site, old.number)


def test_only_so_many_wait(site: Site, ask: Ask, client: Client) -> None:
    for _ in range(asking.MOST_WAITING):
        ask()
    assert client.post("/export", {"q": "", "form": "csv"}).status_code == 503


def test_what_a_crash_cut_off_is_queued_again(site: Site, ask: Ask) -> None:
    done, waiting = ask(), ask()
    making.make(site, done.number)
    tasks.queue_unfinished_exports()
    assert waiting.number in queued()
    assert done.number not in queued()


def test_files_are_only_for_the_user_of_the_server(ask: Ask) -> None:
    assert ask().folder.stat().st_mode & 0o077 == 0
