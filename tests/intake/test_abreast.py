"""The index keeps abreast of a load: what is still in hand gives the documents that reading it again gives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipregister.demonstration import DemonstrationDelivery
from ipregister.intake import documents, indexer
from ipregister.intake.documents import Hand
from ipregister.intake.loading import load
from ipregister.model.offices import office
from ipregister.model.record import Record
from ipregister.search.document import IndexDocument
from ipregister.search.document import documents as documents_of
from ipregister.search.index import TantivyIndex
from ipregister.search.query import parse
from ipregister.search.writer import TantivyWriter
from ipregister.store.register import Register
from ipregister.store.upcast import decode
from ipregister.store.withholding import withhold_versions

Deliveries = list[DemonstrationDelivery]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """The values that the writer was given last, by record."""
    found: dict[str, dict[str, Any]] = {}

    def noted(*arguments: Any) -> list[IndexDocument]:
        made = documents_of(*arguments)
        found.update({one.key: one.values for one in made})
        return made

    monkeypatch.setattr(documents, "documents", noted)
    return found


def _load(
    register: Register, deliveries: Deliveries, scratch: Path, follower: Callable[[Hand], None]
) -> None:
    for one in deliveries:
        load(register, office(one.office), one.path, scratch=scratch, batch=40, follower=follower)


def _abreast(
    register: Register, deliveries: Deliveries, scratch: Path, folder: Path, follower: Callable[[Hand], None]
) -> None:
    with indexer.abreast(register, folder):
        _load(register, deliveries, scratch, follower)


def _hits(folder: Path, line: str) -> list[str]:
    return sorted(hit.key for hit in TantivyIndex(folder).search(parse(line), limit=500).hits)


def test_what_is_in_hand_is_not_read_again(
    register: Register, laos: Deliveries, world: Deliveries, scratch: Path, tmp_path: Path,
    written: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    decoded: list[bytes] = []

    def noted(body: bytes, schema: int) -> Record:
        decoded.append(body)
        return decode(body, schema)

    monkeypatch.setattr(documents, "decode", noted)
    with indexer.abreast(register, tmp_path / "abreast") as follower:
        assert follower is not None
        _load(register, [*laos, *world], scratch, follower)
        read_again = len(decoded)
    assert indexer.reached(tmp_path / "abreast") == register.last_change()
    abreast = dict(written)
    written.clear()
    indexer.catch_up(register, tmp_path / "afterwards")
    assert abreast == written
    assert len(written) > 100
    assert read_again < len(written) / 10
    for line in ("", "status:registered", "office:kz", "class:30"):
        assert _hits(tmp_path / "abreast", line) == _hits(tmp_path / "afterwards", line)


def test_what_is_in_hand_and_not_current_is_left_alone(
    small: Register, laos: Deliveries, scratch: Path, tmp_path: Path, written: dict[str, dict[str, Any]]
) -> None:
    """An older delivery that comes late does not make its state the one that is found."""
    with indexer.abreast(small, tmp_path / "abreast") as follower:
        assert follower is not None
        _load(small, laos[::-1], scratch, follower)
    abreast = dict(written)
    written.clear()
    indexer.catch_up(small, tmp_path / "afterwards")
    assert abreast == written


def test_spellings_of_numbers_that_are_not_public_are_not_taken_from_the_hand() -> None:
    hidden = documents.PublicView(office("LA"), "work")
    shown = documents.PublicView(office("LA"))
    assert shown.spells_all
    assert not hidden.spells_all


def test_where_another_process_writes_it_is_waited_for(
    small: Register, laos: Deliveries, scratch: Path, tmp_path: Path
) -> None:
    other = TantivyWriter(tmp_path)
    other.__enter__()
    with indexer.abreast(small, tmp_path) as follower:
        assert follower is None
        load(small, office("LA"), laos[0].path, scratch=scratch)
        other.__exit__(None, None, None)
    assert indexer.reached(tmp_path) == small.last_change()


def test_a_load_that_breaks_off_leaves_the_index_to_be_caught_up(
    small: Register, laos: Deliveries, scratch: Path, tmp_path: Path
) -> None:
    def broken(_: Hand) -> None:
        raise OSError("power cut")

    with pytest.raises(OSError, match="power cut"):
        _abreast(small, laos, scratch, tmp_path, broken)
    load(small, office("LA"), laos[0].path, scratch=scratch)
    assert indexer.catch_up(small, tmp_path) == small.last_change()
    assert len(_hits(tmp_path, "office:la")) == len(small.keys())


def test_a_hand_of_another_content_is_not_believed(small: Register, laos: Deliveries, scratch: Path) -> None:
    load(small, office("LA"), laos[0].path, scratch=scratch)
    key = small.keys()[0]
    (told,) = small.current_bodies([key], {b"\0" * 32: b"{}"})
    (read,) = small.current_bodies([key])
    assert told == read
    assert small.current_bodies([key], {bytes.fromhex(small.head(key).content_hash): read.body}) == [read]  # type: ignore[union-attr]


def test_what_was_withheld_is_never_taken_from_the_hand(
    small: Register, laos: Deliveries, scratch: Path
) -> None:
    load(small, office("LA"), laos[0].path, scratch=scratch)
    key = small.keys()[0]
    head, (before,) = small.head(key), small.current_bodies([key])
    assert head is not None
    withhold_versions(small.alias, key)
    (after,) = small.current_bodies([key], {bytes.fromhex(head.content_hash): before.body})
    assert len(after.body) < len(before.body)
    assert [after] == small.current_bodies([key])
