"""The drop folders."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake import inbox
from ipregister.intake.inbox import waiting, watch
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.store.register import Register


def test_what_is_whole_is_loaded_and_moved(
    small: Register, laos: list[DemonstrationDelivery], tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "inbox" / "LA"
    folder.mkdir(parents=True)
    shutil.copy(laos[1].path, folder)
    (folder / "LA.20260131_09.zip").write_bytes(b"no zip")
    (folder / "LA.20260131_10.zip.part").write_bytes(b"half")
    (folder / ".hidden").write_bytes(b"x")
    results = list(watch(small, tmp_path / "inbox", scratch=scratch, stopping=threading.Event(), settle=0,
                         once=True))  # fmt: skip
    assert [result.name for result in results] == [laos[1].path.name]
    assert (folder / "done" / laos[1].path.name).is_file()
    assert (folder / "failed" / "LA.20260131_09.zip").is_file()
    reason = (folder / "failed" / "LA.20260131_09.zip.reason.txt").read_text(encoding="utf-8")
    assert "zip" in reason
    assert list(waiting(tmp_path / "inbox")) == []
    assert (folder / "LA.20260131_10.zip.part").is_file()


def test_what_tells_no_day_or_one_to_come_is_put_aside(
    small: Register, laos: list[DemonstrationDelivery], tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "inbox" / "LA"
    folder.mkdir(parents=True)
    load(small, office("LA"), laos[1].path, scratch=scratch)
    for name in ("LA.20990131_01.zip", "again.zip"):
        shutil.copy(laos[2].path, folder / name)
    stopping = threading.Event()
    assert (
        list(watch(small, tmp_path / "inbox", scratch=scratch, stopping=stopping, settle=0, once=True)) == []
    )
    failed = folder / "failed"
    told = {path.name: path.read_text(encoding="utf-8") for path in failed.glob("*.reason.txt")}
    assert "is dated 2099-01-31, which is after today" in told["LA.20990131_01.zip.reason.txt"]
    assert "name the file by it" in told["again.zip.reason.txt"]
    assert len(small.deliveries()) == 1


def test_no_link_leads_out_of_a_drop_folder(small: Register, tmp_path: Path, scratch: Path) -> None:
    folder, elsewhere = tmp_path / "inbox" / "LA", tmp_path / "elsewhere"
    folder.mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "secret.xml").write_text("<secret/>", encoding="utf-8")
    (folder / "file.xml").symlink_to(elsewhere / "secret.xml")
    (folder / "folder").symlink_to(elsewhere)
    (folder / "nowhere.zip").symlink_to(tmp_path / "nothing")
    (folder / "failed").symlink_to(elsewhere)
    stopping = threading.Event()
    assert (
        list(watch(small, tmp_path / "inbox", scratch=scratch, stopping=stopping, settle=0, once=True)) == []
    )
    assert (small.quarantine(), small.deliveries()) == ([], [])
    assert [path.name for path in elsewhere.iterdir()] == ["secret.xml"]
    names = {"file.xml", "folder", "nowhere.zip"}
    failed = folder / "failed"
    assert {path.name for path in failed.iterdir()} == names | {f"{name}.reason.txt" for name in names}
    assert "symbolic link" in (failed / "folder.reason.txt").read_text(encoding="utf-8")


def test_the_folder_of_an_unknown_office_is_told(
    small: Register, tmp_path: Path, scratch: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "inbox" / "ZZ"
    folder.mkdir(parents=True)
    (folder / "delivery.zip").write_bytes(b"PK")
    stopping = threading.Event()
    found = list(watch(small, tmp_path / "inbox", scratch=scratch, stopping=stopping, settle=0, once=True))
    assert (found, list(waiting(tmp_path / "inbox"))) == ([], [])
    reason = (folder / "failed" / "delivery.zip.reason.txt").read_text(encoding="utf-8")
    assert "no office 'ZZ'" in reason
    assert "no office 'ZZ'" in caplog.text


@pytest.mark.slow
def test_a_file_that_grows_is_left_alone(
    small: Register, laos: list[DemonstrationDelivery], tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "inbox" / "LA"
    folder.mkdir(parents=True)
    target = folder / laos[1].path.name
    whole = laos[1].path.read_bytes()
    target.write_bytes(whole[:100])
    stopping = threading.Event()
    moments = iter(range(1000))

    def clock() -> float:
        moment = next(moments)
        if moment == 3:
            assert target.stat().st_size == 100
            target.write_bytes(whole)
        return float(moment)

    for result in watch(small, tmp_path / "inbox", scratch=scratch, stopping=stopping, settle=4, clock=clock):
        assert result.counts.stored
        stopping.set()
    assert next(moments) > 7


def test_a_file_that_is_still_written_after_it_was_taken_is_read_again(
    small: Register, laos: list[DemonstrationDelivery], tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "inbox" / "LA"
    folder.mkdir(parents=True)
    whole, name = laos[1].path.read_bytes(), laos[1].path.name
    (folder / name).write_bytes(whole[: len(whole) // 2])
    stopping = threading.Event()
    results = []
    taken = watch(small, tmp_path / "inbox", scratch=scratch, stopping=stopping, settle=0)

    def go_on() -> None:
        """The transfer goes on in the file that was moved away."""
        while not (folder / "failed" / f"{name}.reason.txt").exists():
            stopping.wait(0.01)
        with (folder / "failed" / name).open("ab") as file:
            file.write(whole[len(whole) // 2 :])

    transfer = threading.Thread(target=go_on)
    transfer.start()
    for result in taken:
        results.append(result)
        stopping.set()
    transfer.join()
    assert [one.name for one in results] == [name]
    assert (folder / "done" / name).read_bytes() == whole
    assert list((folder / "failed").iterdir()) == []


def test_a_file_that_another_process_has_taken_is_left_to_it(
    small: Register,
    laos: list[DemonstrationDelivery],
    tmp_path: Path,
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "inbox" / "LA"
    folder.mkdir(parents=True)
    shutil.copy(laos[1].path, folder)

    def slow(*words: Any, **named: Any) -> Any:
        result = load(*words, **named)
        (folder / laos[1].path.name).rename(tmp_path / "elsewhere.zip")
        return result

    monkeypatch.setattr(inbox, "load", slow)
    results = watch(
        small, tmp_path / "inbox", scratch=scratch, stopping=threading.Event(), settle=0, once=True
    )
    assert [one.name for one in results] == [laos[1].path.name]
    assert (tmp_path / "elsewhere.zip").is_file()
