"""Names that are written the same stand once in a segment; which of them is told depends on what counts."""

import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.search import LARGEST, Wanted, nearest_names
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.shelf.segment import Segment, segment_of
from ipregister.search.similarity.shelf.writer import ShelfWriter
from ipregister.search.similarity.whole import Whole, held
from tests.search.similarity.name_shelves import MemoryShelf, random_weights

WRITTEN = ("Honda", "HONDA", "honda", "Holda", "โตโยต้า", "金龙", "Golden Lion")


def _entries(count: int) -> list[Entry]:
    dice = random.Random(3)
    return [
        Entry(f"k{number}", dice.choice(WRITTEN), dice.choice(("mark", "holder")), dice.choice(("LA", "TH")),
              (dice.randint(1, 45),)) for number in range(count)
    ]  # fmt: skip


def _segment() -> Segment:
    return segment_of([(entry, forms(entry.name)) for entry in _entries(200)])


def test_names_in_another_case_are_one_text_and_marks_and_parties_are_not() -> None:
    segment = _segment()
    assert segment.total == 200
    assert segment.texts == 10  # five ways of writing, each as a mark and as a holder
    for row in range(segment.total):
        entry, its = segment.entry(row)
        assert its == forms(entry.name)
        assert segment.entry_alone(row) == entry
        text = int(segment["text"][row])
        assert segment.written(row) == int(segment["written"][text])
        assert segment.columns("spoken").lengths[text] == len(its.spoken.replace(" ", ""))


@pytest.mark.parametrize("share", [0.0, 0.03, 0.5, 1.0])
def test_the_first_name_that_counts_stands_for_its_text(share: float) -> None:
    segment = _segment()
    counted = np.random.default_rng(5).random(segment.total) < share
    whole = Whole([held(segment, counted), held(segment)])
    names = whole.held[0].names
    text = segment["text"].tolist()
    assert names.tolist() == [
        sum(counted[row] for row in range(200) if text[row] == one) for one in range(10)
    ]
    texts = np.flatnonzero(names)
    first = [min(row for row in range(200) if text[row] == one and counted[row]) for one in texts.tolist()]
    assert whole.first_counted(texts).tolist() == first
    assert whole.texts_of(whole.first_counted(texts)).tolist() == texts.tolist()
    all_of_the_second = np.arange(10) + segment.texts
    assert (whole.first_counted(all_of_the_second) >= segment.total).all()
    assert whole.names_of(all_of_the_second).sum() == 200
    assert whole.counted(np.arange(400)).tolist() == [*counted.tolist(), *[True] * 200]


class _Partly:
    """A shelf of which some rows are not alive."""

    def __init__(self, shelf: MemoryShelf, dead: frozenset[str]) -> None:
        self.encoder, self.ranking, self._dead = shelf.encoder, shelf.ranking, dead
        self._held = shelf.segments()

    def segments(self) -> list[tuple[Segment, NDArray[np.bool_] | None]]:
        return [
            (one, np.array([one.entry(row)[0].key not in self._dead for row in range(one.total)]))
            for one, _ in self._held
        ]


@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(offices=("LA",)), Wanted(parties=False), Wanted(classes=(3, 4))]
)
def test_what_counts_is_found_as_if_nothing_else_were_there(tmp_path: Path, wanted: Wanted) -> None:
    every = _entries(200)
    dead = frozenset(entry.key for entry in every if int(entry.key[1:]) % 3)
    alone = [
        entry for entry in every if entry.key not in dead
        and (not wanted.offices or entry.office in wanted.offices)
        and (wanted.parties is None or entry.kind == "mark")
        and (not wanted.classes or set(entry.classes) & set(wanted.classes))
    ]  # fmt: skip
    encoder = Encoder(random_weights(tmp_path / "weights.npz"))
    for name in WRITTEN:
        some = nearest_names(
            _Partly(MemoryShelf(every, encoder, parts=3), dead), name, wanted, limit=200
        ).hits
        own = nearest_names(MemoryShelf(alone, encoder), name, wanted, limit=200).hits
        assert {hit.key: hit.name for hit in some} == {hit.key: hit.name for hit in own}
        assert some[0].key == own[0].key


def test_a_choice_that_is_kept_is_made_anew_when_names_die() -> None:
    shelf = MemoryShelf(_entries(200))
    first = nearest_names(shelf, "Honda", limit=200).hits
    gone = frozenset(hit.key for hit in first[:5])
    again = nearest_names(_Partly(shelf, gone), "Honda", limit=200).hits
    assert gone
    assert not gone & {hit.key for hit in again}
    assert [hit.key for hit in nearest_names(shelf, "Honda", limit=200).hits] == [hit.key for hit in first]


def test_vectors_are_made_once_for_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder, read = Encoder(random_weights(tmp_path / "weights.npz")), list[str]()
    vectors = encoder.vectors

    def counted(names: list[object]) -> NDArray[np.float32]:
        read.extend(one.folded for one in names)  # type: ignore[attr-defined]  # forms
        return vectors(names)  # type: ignore[arg-type]

    monkeypatch.setattr(encoder, "vectors", counted)
    entries = _entries(200)
    with ShelfWriter(tmp_path / "names", encoder) as writer:
        for entry in entries:
            writer.put(entry.key, [entry])
        writer.commit(1)
        (part,) = writer.contents.parts
    assert sorted(read) == sorted({forms(entry.name).folded for entry in entries})
    segment = Segment.opened(tmp_path / "names" / part.name)
    rows = np.arange(segment.total)
    own = np.concatenate([vectors([segment.entry(row)[1]]) for row in rows.tolist()])
    assert np.allclose(segment.told("vectors", rows).astype(np.float32), own, atol=2e-3)


def test_names_of_several_scripts_that_hold_some_letters_are_found_at_once() -> None:
    names = ("กาแฟ Dao", "Dao กาแฟ", "ABC", "カフェ DAO", "Dao ก า แ ฟ", "กาแฟ", "Golden 金龙", "กาแฟ DAO")
    segment = segment_of([(Entry(f"k{place}", name), forms(name)) for place, name in enumerate(names)])
    found = segment.mixed_with("กาแฟ".encode())
    told = {segment.entry(int(segment["first"][text]))[1].folded for text in found.tolist()}
    assert told == {"กาแฟ dao", "dao กาแฟ", "dao ก า แ ฟ"}
    assert segment.mixed_with("龙".encode()).tolist() == [
        text for text in range(segment.texts) if "龙" in segment.entry(int(segment["first"][text]))[1].folded
    ]
    assert not len(segment.mixed_with("มังกร".encode()))


@pytest.mark.parametrize(("count", "cut"), [(199, False), (200, False), (201, True), (350, True)])
def test_it_is_told_when_more_records_are_named_the_same_than_are_told(count: int, cut: bool) -> None:
    shelf = MemoryShelf([Entry(f"k{number:03}", "Honda") for number in range(count)], parts=3)
    found = nearest_names(shelf, "honda", limit=LARGEST)
    assert len({hit.key for hit in found.hits}) == len(found.hits) == min(count, LARGEST)
    assert found.cut is cut
