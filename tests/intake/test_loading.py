"""From delivered files to the register."""

import datetime as dt
import shutil
from pathlib import Path

import msgspec
import pytest

from ipregister.capture.kept import read_member, read_slice
from ipregister.demonstration import DemonstrationDelivery
from ipregister.exchange.origin import raw_value
from ipregister.intake import loading
from ipregister.intake.checking import check
from ipregister.intake.findings import kinds
from ipregister.intake.loading import load
from ipregister.model.errors import UnreadableInput
from ipregister.model.evidence import split_origin
from ipregister.model.finding import Finding
from ipregister.model.offices import office
from ipregister.store.register import Register
from tests.exchange.documents import ipas
from tests.sparing import few

Deliveries = list[DemonstrationDelivery]


def _balanced(line: dict[str, str | int]) -> bool:
    return int(line["in"]) == int(line["stored"]) + int(line["unchanged"]) + int(line["quarantined"])


def test_everything_delivered_is_stored_or_in_quarantine(
    register: Register, laos: Deliveries, world: Deliveries, scratch: Path
) -> None:
    for one in (*laos, *world):
        steps: list[int] = []

        def step(done: int, _: int | None, told: list[int] = steps) -> None:
            told.append(done)

        result = load(register, office(one.office), one.path, scratch=scratch, batch=40, progress=step)
        line = result.line()
        assert _balanced(line)
        assert line["in"] == steps[-1]
        assert result.counts.stored
        assert result.extracted.startswith(one.extracted.isoformat())
    assert all(head.state == "done" for head in register.deliveries())
    assert sum(n for _, _, n in register.quarantine_counts()) == len(register.quarantine(limit=0))
    assert not list(scratch.iterdir())


def test_every_value_can_be_followed_to_its_raw_text(
    small: Register, laos: Deliveries, scratch: Path
) -> None:
    load(small, office("LA"), laos[0].path, scratch=scratch)
    version = next(v for v in small.get_many(small.keys(), evidence=True).values() if v.media)
    with small.open_container(version.raw.blob) as container:
        raw = read_slice(container, version.raw.member, version.raw.offset, version.raw.length)
        origin = version.evidence["/application_number"]
        _, text = raw_value(raw, version.slice_repairs, split_origin(origin)[0])
        assert text.strip() == small.record(version).application_number
        picture = version.media[0]
        assert len(read_member(container, picture.member)) > 100
    assert picture.mime.startswith("image/")
    assert picture.width


def test_a_finished_load_is_told_again_until_it_was_reported(
    small: Register, laos: Deliveries, scratch: Path
) -> None:
    first = load(small, office("LA"), laos[0].path, scratch=scratch)
    assert load(small, office("LA"), laos[0].path, scratch=scratch) == first
    small.reported(first.id)
    digest, change = small.digest(), small.last_change()
    again = load(small, office("LA"), laos[0].path, scratch=scratch)
    assert again.counts.stored == 0
    assert again.counts.unchanged == first.counts.stored + first.counts.unchanged
    assert again.counts.quarantined == first.counts.quarantined
    assert (small.digest(), small.last_change()) == (digest, change)


def test_an_office_may_go_back_to_what_it_said_before(register: Register, scratch: Path) -> None:
    path = scratch.parent / "one.xml"

    def sent(text: bytes, day: dt.date | None) -> tuple[int, int]:
        path.write_bytes(text)
        result = load(register, office("LA"), path, scratch=scratch, day=day)
        register.reported(result.id)
        return result.counts.stored, result.counts.unchanged

    days = [dt.date(2022, 1, 1), dt.date(2024, 6, 1), dt.date(2025, 1, 1)]
    ended = ipas((">Registered<", ">Cancelled<"))
    assert [sent(*one) for one in zip((ipas(), ended, ipas()), days, strict=True)] == [(1, 0)] * 3
    key = next(iter(register.keys()))
    assert [one.extracted for one in register.history(key)] == [day.isoformat() for day in days]
    assert b"Registered" in register.require(key).body
    digest = register.digest()
    assert [sent(ipas(), day) for day in (days[2], days[0], None)] == [(0, 1)] * 3
    assert (register.digest(), len(register.deliveries())) == (digest, 3)
    assert sent(ipas(), dt.date(2025, 3, 1)) == (0, 1)
    assert register.freshness()["LA"] == "2025-03-01"


def test_a_load_that_was_cut_off_goes_on(
    register: Register, laos: Deliveries, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = register.put
    calls = []

    def failing(*args: object, **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return put(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(register, "put", failing)
    with pytest.raises(KeyboardInterrupt):
        load(register, office("LA"), laos[0].path, scratch=scratch, batch=20)
    assert register.delivery(1).state == "loading"
    monkeypatch.undo()
    cut = load(register, office("LA"), laos[0].path, scratch=scratch, batch=33)
    digest = register.digest()
    assert cut.counts.taken == laos[0].records or cut.counts.taken > 60
    assert _balanced(cut.line())
    assert digest


def test_the_size_of_batches_does_not_show(
    sqlite_template: Path, tmp_path: Path, laos: Deliveries, scratch: Path
) -> None:
    from ipregister.web.options import Options
    from tests.installations import point

    digests = set()
    for size in (7, 500):
        shutil.copytree(sqlite_template, tmp_path / str(size))
        options = Options(data=tmp_path / str(size))
        point(options)
        register = Register(packs=options.path("packs"))
        for one in laos:
            load(register, office("LA"), one.path, scratch=scratch, batch=size)
        digests.add(register.digest())
    assert len(digests) == 1


def test_check_counts_what_load_does(small: Register, laos: Deliveries, scratch: Path) -> None:
    found: list[tuple[int, str, Finding]] = []
    dry = check(small, office("LA"), laos[0].path, scratch=scratch, report=lambda *one: found.append(one))
    assert small.deliveries() == []
    wet = load(small, office("LA"), laos[0].path, scratch=scratch)
    assert dry.counts == wet.counts
    assert len(found) == wet.counts.findings
    tally = {code: amount for code, _, amount in small.tally(wet.id)}
    assert tally == {code: sum(f.code == code for _, _, f in found) for code in tally}
    again = check(small, office("LA"), laos[0].path, scratch=scratch, report=lambda *_: None)
    assert again.counts.stored == 0


def _counts(result: loading.LoadResult) -> tuple[int, int, int]:
    return result.counts.stored, result.counts.unchanged, result.counts.quarantined


@pytest.mark.parametrize("order", few([((2, 1, 0),), ((0, 2, 1),), ((1, 0, 2),)], 1))
def test_check_counts_what_load_does_for_older_deliveries(
    register: Register, laos: Deliveries, scratch: Path, order: tuple[int, ...]
) -> None:
    for number in order:
        path = laos[number].path
        dry = check(register, office("LA"), path, scratch=scratch, report=lambda *_: None)
        assert _counts(dry) == _counts(load(register, office("LA"), path, scratch=scratch))


def test_check_knows_what_was_true_on_the_day(small: Register, tmp_path: Path, scratch: Path) -> None:
    def delivery(day: str, status: str) -> Path:
        path = tmp_path / f"LA.{day}_01.xml"
        path.write_text(f"<Transaction><TradeMarkTransactionBody><TransactionContentDetails><TransactionData>"
                        f"<TradeMark><ApplicationNumber>7</ApplicationNumber><MarkCurrentStatusCode>{status}"
                        f"</MarkCurrentStatusCode></TradeMark></TransactionData></TransactionContentDetails>"
                        f"</TradeMarkTransactionBody></Transaction><!-- {day} -->")  # fmt: skip
        return path

    for day, status in [("20260101", "A"), ("20260105", "B")]:
        load(small, office("LA"), delivery(day, status), scratch=scratch)
    for day, status, stored in [("20260103", "A", 0), ("20260104", "B", 1), ("20260102", "C", 1)]:
        path = delivery(day, status)
        dry = check(small, office("LA"), path, scratch=scratch, report=lambda *_: None)
        wet = load(small, office("LA"), path, scratch=scratch)
        assert dry.counts == wet.counts
        assert wet.counts.stored == stored


def test_every_emitted_code_is_declared(register: Register, laos: Deliveries, scratch: Path) -> None:
    for one in laos:
        load(register, office("LA"), one.path, scratch=scratch)
    emitted = {code for _, code, _, _ in register.finding_counts()}
    reasons = {reason for _, reason, _ in register.quarantine_counts()}
    assert emitted | reasons <= set(kinds())


def test_what_cannot_be_read_at_all_leaves_nothing(small: Register, tmp_path: Path, scratch: Path) -> None:
    (tmp_path / "LA.20260101_01.zip").write_bytes(b"this is no zip")
    for path in (tmp_path / "nothing.zip", tmp_path / "LA.20260101_01.zip"):
        with pytest.raises(UnreadableInput):
            load(small, office("LA"), path, scratch=scratch)
    assert small.deliveries() == []


def test_bytes_that_are_no_record_go_to_quarantine(small: Register, tmp_path: Path, scratch: Path) -> None:
    folder = tmp_path / "LA.20260101_01"
    folder.mkdir()
    for name, content in {"a.xml": b"", "b.xml": b"\xff\xfe\x00", "c.xml": b"<Transaction><x>", "d.xml": b"<a/>",
                          "e.xml": b"<Transaction/>"}.items():  # fmt: skip
        (folder / name).write_bytes(content)
    result = load(small, office("LA"), folder, scratch=scratch)
    assert result.counts.quarantined == result.counts.taken == 5
    held = small.quarantine()
    assert {one.raw.member for one in held} == {"a.xml", "b.xml", "c.xml", "d.xml", "e.xml"}
    assert all(one.key.startswith("la-x-") for one in held)


def test_an_unknown_series_is_told_once(small: Register, tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "LA.20260101_01.xml"
    path.write_text("<TransactionContentDetails><TransactionData><TradeMark><ApplicationNumber>Z-1-2-3"
                    "</ApplicationNumber></TradeMark></TransactionData></TransactionContentDetails>")  # fmt: skip
    load(small, office("LA"), path, scratch=scratch)
    told = [
        (one.finding.code, one.finding.severity) for one in small.findings() if "series" in one.finding.code
    ]
    assert told == [("unknown-series", "error")]


def test_a_day_can_be_given(small: Register, laos: Deliveries, tmp_path: Path, scratch: Path) -> None:
    unnamed = tmp_path / "delivery.zip"
    shutil.copy(laos[0].path, unnamed)
    result = load(small, office("LA"), unnamed, scratch=scratch, day=dt.date(2025, 5, 5), kind="full")
    assert (result.extracted, result.kind) == ("2025-05-05", "full")
    again = load(small, office("LA"), laos[0].path, scratch=scratch, day=dt.date(2025, 5, 5))
    assert again.id == result.id
    named = load(small, office("LA"), laos[0].path, scratch=scratch)
    assert (named.extracted, named.id) == ("2026-01-31#00001", result.id + 1)
    told = load(small, office("LA"), unnamed, scratch=scratch, day=dt.date(2026, 1, 31))
    assert told.counts.stored == 0


def test_a_result_is_one_line(small: Register, laos: Deliveries, scratch: Path) -> None:
    line = load(small, office("LA"), laos[0].path, scratch=scratch).line()
    assert list(line) == ["delivery", "office", "in", "stored", "unchanged", "quarantined", "findings"]
    assert msgspec.json.decode(msgspec.json.encode(line)) == line
    assert loading.BATCH > 1


def test_a_record_of_an_office_without_facts_is_not_stored_under_another(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    path, source = tmp_path / "20260101.jsonl", '"source": {"office": "", "data_day": "", "notice": ""}'
    path.write_text(
        f'{{"key": "x", {source}, "application_number": "10167109", "office": "CA", "right": "patent"}}\n',
        encoding="utf-8",
    )
    result = load(small, office("EP"), path, scratch=scratch)
    assert (result.counts.stored, result.counts.quarantined) == (0, 1)
    (held,) = small.quarantine()
    assert (held.reason, held.detail) == ("office-mismatch", "CA")


def test_a_record_of_another_office_is_not_stored_under_this_one(
    small: Register, tmp_path: Path, scratch: Path
) -> None:
    path = tmp_path / "20260101.xml"
    path.write_bytes(ipas())
    result = load(small, office("TH"), path, scratch=scratch)
    assert (result.counts.stored, result.counts.quarantined) == (0, 1)
    (held,) = small.quarantine()
    assert (held.reason, held.detail) == ("office-mismatch", "LA")
    assert [one.finding.code for one in small.findings()].count("office-mismatch") == 1
    assert list(small.keys()) == []
