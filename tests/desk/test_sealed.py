"""Sealed answers and batches: nobody reads them without the link, nothing stays longer than told."""

import datetime as dt
import os
import stat
from pathlib import Path

import msgspec
import pytest

from ipregister.desk.clearance import Algorithms, Question, RegisterState, Report
from ipregister.desk.name_batches import HITS_EACH, Batches, BatchReport
from ipregister.desk.name_lists import Listed, NameList
from ipregister.desk.sealed import KEPT_DAYS, SealedAnswers, is_link, new_link, number_of

CANARY = "Nobodyshallknow"
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def everything(folder: Path) -> bytes:
    """All bytes of all files of a folder, with their names."""
    return b"".join(
        file.name.encode() + file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    )


def report(question: Question) -> Report:
    state = RegisterState(1, 1, "0")
    return Report("ipregister clearance 1", "2026-11-22", "", question, Algorithms("names"), state, (), ())


def test_only_the_link_opens_an_answer(tmp_path: Path) -> None:
    answers = SealedAnswers(tmp_path / "searches")
    link, other = new_link(), new_link()
    answers.keep(link, CANARY.encode())
    assert answers.read(link) == CANARY.encode()
    assert answers.read(other) is None
    assert answers.read("../../etc/passwd") is None
    assert answers.read("é" * 44) is None
    held = everything(tmp_path)
    assert CANARY.encode() not in held
    assert link.encode() not in held
    assert number_of(link).encode() in held


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    answers = SealedAnswers(tmp_path / "searches")
    answers.keep(new_link(), b"x")
    assert stat.S_IMODE((tmp_path / "searches").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "searches").iterdir()} == {0o600}


def test_answers_are_deleted_after_their_days(tmp_path: Path) -> None:
    answers = SealedAnswers(tmp_path)
    old, fresh = new_link(), new_link()
    for link, days in ((old, KEPT_DAYS + 1), (fresh, KEPT_DAYS - 1)):
        answers.keep(link, b"x")
        then = (NOW - dt.timedelta(days)).timestamp()
        os.utime(tmp_path / f"{number_of(link)}.sealed", (then, then))
    assert answers.sweep(NOW) == 1
    assert answers.read(old) is None
    assert answers.read(fresh) == b"x"
    answers.forget(fresh)
    assert list(tmp_path.iterdir()) == []


def test_a_batch_is_done_and_what_was_asked_is_gone(tmp_path: Path) -> None:
    batches = Batches(tmp_path)
    names = [Listed(f"{CANARY} {number}", number, (30,) if number % 2 else ()) for number in range(1, 25)]
    link = batches.ask(NameList(tuple(names), (("read-as", "cp874"),)), Question(classes=(5,), limit=100))
    assert is_link(link)
    told = batches.progress(link)
    assert told is not None
    assert (told.state, told.done, told.total) == ("waiting", 0, 24)
    assert batches.waiting() == [number_of(link)]
    seen: list[Question] = []

    def one(question: Question) -> Report:
        seen.append(question)
        return report(question)

    batches.work(number_of(link), one)
    assert [question.classes for question in seen[:2]] == [(30,), (5,)]
    assert {question.limit for question in seen} == {HITS_EACH}
    told = batches.progress(link)
    assert told is not None
    assert (told.state, told.done) == ("done", 24)
    assert batches.waiting() == []
    assert CANARY.encode() not in everything(tmp_path)
    held = batches.answers.read(link)
    assert held is not None
    found = msgspec.json.decode(held, type=BatchReport)
    assert [one.question.names for one in found.reports] == [(one.name,) for one in names]
    assert found.findings == (("read-as", "cp874"),)
    batches.work(number_of(link), one)  # queued twice: nothing to do
    assert len(seen) == 24


def test_a_batch_that_fails_leaves_nothing_of_what_was_asked(tmp_path: Path) -> None:
    batches = Batches(tmp_path)
    link = batches.ask(NameList((Listed(CANARY, 1),)), Question())

    def one(_question: Question) -> Report:
        raise ValueError(CANARY)

    with pytest.raises(ValueError, match=CANARY):
        batches.work(number_of(link), one)
    told = batches.progress(link)
    assert told is not None
    assert told.state == "failed"
    assert CANARY.encode() not in everything(tmp_path)
    assert batches.progress(new_link()) is None
    assert batches.progress("nothing") is None


def _begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Batches, str, list[str]]:
    """A batch of 12 names that ends after 7; the names that were cleared."""
    monkeypatch.setattr("ipregister.desk.name_batches.KEPT_EACH", 5)
    batches = Batches(folder)
    link = batches.ask(NameList(tuple(Listed(f"{CANARY} {n}", n) for n in range(12))), Question())
    seen: list[str] = []
    return batches, link, seen


def test_a_batch_goes_on_where_the_process_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batches, link, seen = _begun(tmp_path, monkeypatch)

    def one(question: Question) -> Report:
        seen.extend(question.names)
        return report(question)

    batches.work(number_of(link), one, lambda: len(seen) == 7)
    assert batches.waiting() == [number_of(link)]
    assert len(seen) == 7
    part = (tmp_path / f"{number_of(link)}.part").read_bytes()
    assert CANARY.encode() not in part
    batches.work(number_of(link), one)
    assert seen == [f"{CANARY} {n}" for n in range(12)]
    assert batches.waiting() == []
    assert {file.suffix for file in tmp_path.iterdir()} == {".sealed", ".progress"}


def test_a_crash_costs_few_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batches, link, seen = _begun(tmp_path, monkeypatch)

    def crash(question: Question) -> Report:
        if len(seen) == 8:
            raise KeyboardInterrupt
        seen.extend(question.names)
        return report(question)

    with pytest.raises(KeyboardInterrupt):
        batches.work(number_of(link), crash)
    again: list[str] = []

    def one(question: Question) -> Report:
        again.extend(question.names)
        return report(question)

    batches.work(number_of(link), one)
    assert again == [f"{CANARY} {n}" for n in range(5, 12)]


def test_a_batch_deleted_while_it_is_worked_on_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches, link, seen = _begun(tmp_path, monkeypatch)

    def one(question: Question) -> Report:
        seen.extend(question.names)
        if len(seen) == 3:
            batches.answers.forget(link)
        return report(question)

    batches.work(number_of(link), one)
    assert len(seen) < 12
    assert list(tmp_path.iterdir()) == []
