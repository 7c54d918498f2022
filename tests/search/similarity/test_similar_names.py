"""Similar names end to end: small shelves in memory and on disk."""

from pathlib import Path

import numpy as np
import pytest

from ipregister.model.errors import Busy
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.search import Wanted, closest, nearest_names, similar_names
from ipregister.search.similarity.shelf.entry import Entry, packed, unpacked
from ipregister.search.similarity.shelf.folder import NameShelf, read_contents
from ipregister.search.similarity.shelf.writer import MANY, ShelfWriter
from ipregister.search.similarity.trained import read_encoder
from tests.search.similarity.name_shelves import MemoryShelf, entries, random_weights, shelf


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("โตโยตา", {"th-1", "us-1", "jp-1"}),
        ("Bangkok", {"us-2", "mm-1"}),
        ("samsong", {"us-3", "kr-1"}),
        ("кока кола", {"ru-1", "us-5"}),
        ("Da Nang", {"vn-1"}),
        ("麥當勞", {"cn-1"}),
    ],
)
def test_a_name_is_found_in_other_scripts(asked: str, wanted: set[str]) -> None:
    assert {one.key for one in similar_names(shelf(), asked, limit=len(wanted))} == wanted


def test_the_dominant_part_comes_before_near_spellings() -> None:
    assert similar_names(shelf(), "Pincho", limit=1)[0].key == "us-6"


def test_a_word_by_itself_comes_before_one_that_is_joined_to_others() -> None:
    held = MemoryShelf([Entry("joined", "T-Bang"), Entry("alone", "Bang Ro"), Entry("sign", "Bang&Ro")])
    assert [one.key for one in similar_names(held, "Bang", limit=3)] == ["alone", "sign", "joined"]


def test_hits_tell_score_features_reasons_and_version() -> None:
    hit = similar_names(shelf(), "toyota", classes=(37,), limit=3)[0]
    assert (hit.key, hit.score, hit.version, hit.script) == ("us-1", 1.0, "names-7", "Latn")
    assert hit.features["same_look"] == 1
    assert [reason.code for reason in hit.reasons] == ["same-look", "same-class"]


@pytest.mark.parametrize("name", ["!!", "?!", "+"])
def test_a_name_of_signs_alone_finds_the_same_text(name: str) -> None:
    held = MemoryShelf(
        [*entries(), Entry("a", name, "mark", "LA", (3,)), Entry("b", "***", "mark", "LA", (3,))], parts=2
    )
    (hit,) = similar_names(held, f" {name}", limit=5)
    assert (hit.key, hit.score, [reason.code for reason in hit.reasons]) == ("a", 1.0, ["same-look"])
    assert similar_names(held, name, classes=(4,)) == []
    assert similar_names(held, "") == []


def test_classes_and_offices_narrow_down() -> None:
    assert {one.key for one in similar_names(shelf(), "toyota", classes=(37,), limit=50)} == {"us-1"}
    assert {one.office for one in similar_names(shelf(), "toyota", offices=("th",), limit=50)} == {"TH"}
    assert similar_names(shelf(), "toyota", classes=(44,), limit=50) == []


def test_scripts_are_chosen_before_the_limit_counts() -> None:
    many = [Entry(f"l{number}", f"Toyota {number}") for number in range(60)]
    held = MemoryShelf([*many, *entries()])
    hits = similar_names(held, "Toyota", scripts=("Thai", "Kana"), limit=5)
    assert {hit.key for hit in hits[:2]} == {"th-1", "jp-1"}
    assert {hit.script for hit in hits} == {"Thai", "Kana"}
    assert len(similar_names(held, "Toyota", scripts=("Latn",), limit=50)) == 50


def test_a_filter_brings_in_what_the_limit_left_out_and_the_answer_says_so() -> None:
    held = MemoryShelf([*(Entry(f"n{number}", "Toyota", "mark", "WO") for number in range(5)), *entries()])
    nearest = nearest_names(held, "Toyota", limit=3)
    assert (len(nearest.hits), nearest.cut) == (3, True)
    narrow = nearest_names(held, "Toyota", Wanted(offices=("TH",)), limit=3)
    assert narrow.hits[0].key == "th-1"
    assert not nearest_names(held, "Toyota", Wanted(offices=("JP",)), limit=3).cut


def test_the_same_question_gets_the_same_answer() -> None:
    first, again = similar_names(shelf(), "Kola"), similar_names(shelf(), "Kola")
    assert first == again


def test_several_segments_answer_as_one() -> None:
    whole, parts = similar_names(shelf(), "Bankok", limit=6), similar_names(shelf(parts=4), "Bankok", limit=6)
    assert [one.key for one in whole][:3] == [one.key for one in parts][:3]


PARTIES = (
    ("p1", "Dao Heuang Group Co., Ltd."), ("p2", "DAO HEUANG IMPORT-EXPORT"), ("p3", "Dao Ltd."), ("p4", "Heng Group Co., Ltd."),
    ("p5", "ບໍລິສັດ ດາວເຮືອງ ຈຳກັດ"), ("p6", "ТОО Дао Хыанг"), ("p7", "Lion Co., Ltd."),
)  # fmt: skip


def test_names_of_parties_are_found_apart_from_marks() -> None:
    held = [*entries(), *(Entry(key, name, "holder", "LA") for key, name in PARTIES)]
    hits = similar_names(MemoryShelf(held), "Dao Heuang", parties=True)
    assert {hit.kind for hit in hits} == {"holder"}
    assert {"p1", "p2"} <= {hit.key for hit in hits[:3]}
    assert "holder" not in {hit.kind for hit in similar_names(MemoryShelf(held), "Dao Heuang", parties=False)}


def test_the_legal_form_of_a_party_counts_little() -> None:
    held = MemoryShelf(Entry(key, name, "holder", "LA") for key, name in PARTIES)
    assert similar_names(held, "Lion Company Limited", parties=True)[0].key == "p7"
    assert similar_names(held, "Dao Heuang Sdn. Bhd.", parties=True)[0].key in ("p1", "p2")


def test_an_owner_in_another_script_is_told_as_perhaps_the_same() -> None:
    held = MemoryShelf(Entry(key, name, "holder", "LA") for key, name in PARTIES)
    told = {hit.key: {reason.code for reason in hit.reasons}
            for hit in similar_names(held, "Dao Heuang Sdn. Bhd.", parties=True)}  # fmt: skip
    assert "same-owner" in told["p1"] & told["p5"]
    assert "same-owner" not in told["p7"] | told["p4"]
    marks = MemoryShelf([Entry("m", "ດາວເຮືອງ")])
    assert "same-owner" not in {r.code for hit in similar_names(marks, "Dao Heuang") for r in hit.reasons}


def test_a_name_of_many_records_hides_no_other() -> None:
    many = [Entry(f"m{number}", "Dao Heuang", "holder") for number in range(300)]
    held = MemoryShelf([*many, *entries()])
    near = {one.entry.key for one in closest(held, "dao heuang", 20)}
    assert {entry.key for entry in entries() if forms(entry.name).script == "Latn"} <= near
    assert sum(key.startswith("m") for key in near) > 200 - 1
    hits = similar_names(held, "Dao Heuang", limit=200)
    assert {hit.score for hit in hits} == {1.0}
    narrowed = similar_names(
        MemoryShelf([*many, Entry("x", "Dao Heuang", "holder", "TH")]), "dao heuang", offices=("TH",)
    )
    assert [hit.key for hit in narrowed] == ["x"]


def test_no_more_are_compared_closely_than_wanted() -> None:
    held = MemoryShelf(
        Entry(f"k{number}", f"{'abcdefghij'[number % 10]}ank{number % 97}o") for number in range(900)
    )
    assert len(closest(held, "banko", 60)) >= 60
    assert len(closest(held, "banko", 60, total=30)) <= 30


@pytest.mark.parametrize("name", ["", " ", "...", "\u200b"])
def test_a_name_without_letters_is_like_none(name: str) -> None:
    assert similar_names(shelf(), name) == []


def test_an_entry_is_kept_whole() -> None:
    entry = Entry("la-1", "ກາເຟ\tດາວ", "holder", "LA", (1, 30))
    assert unpacked(packed(entry, forms(entry.name))) == (entry, forms(entry.name))


def test_the_reader_of_names_is_used_where_there_is_one(tmp_path: Path) -> None:
    reader = Encoder(random_weights(tmp_path / "weights.npz"))
    vectors = reader.vectors([forms("toyota"), forms("กขค"), forms("toyota")])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[2])
    hit = similar_names(MemoryShelf(entries(), reader), "toyota", limit=1)[0]
    assert hit.features["vector"] == pytest.approx(1, abs=1e-2)
    assert read_encoder(tmp_path / "none.npz") is None


def _put(folder: Path, change: int, *records: Entry, gone: str = "") -> None:
    with ShelfWriter(folder, None) as writer:
        for entry in records:
            writer.put(entry.key, [entry] if entry.name else [])
        if gone:
            writer.put(gone, [])
        writer.commit(change)


def _found(folder: Path, name: str) -> list[str]:
    return [one.key for one in similar_names(NameShelf(folder, None, Ranking()), name) if one.score > 0.9]


def test_a_shelf_on_disk_follows_changes(tmp_path: Path) -> None:
    assert _found(tmp_path, "Lao Coffee") == []
    _put(tmp_path, 5, Entry("la-1", "Lao Coffee"), Entry("la-2", "Lao Tea"))
    reader = NameShelf(tmp_path, None, Ranking())
    assert [one.key for one in similar_names(reader, "Lao Coffee", limit=1)] == ["la-1"]
    _put(tmp_path, 6, Entry("la-1", "Beer"))
    assert reader.change == 6
    assert _found(tmp_path, "Beer") == ["la-1"]
    assert _found(tmp_path, "Lao Coffee") == []
    _put(tmp_path, 7, gone="la-1")
    assert _found(tmp_path, "Beer") == []
    assert _found(tmp_path, "Lao Tea") == ["la-2"]


def test_many_small_segments_become_one(tmp_path: Path) -> None:
    for number in range(MANY + 3):
        _put(tmp_path, number + 1, Entry(f"la-{number}", f"Name {'abcdefghijklm'[number] * 4}"))
    contents = read_contents(tmp_path)
    assert contents is not None
    assert len(contents.parts) < MANY
    assert sum(part.alive for part in contents.parts) == MANY + 3
    assert _found(tmp_path, "Name cccc") == ["la-2"]
    names = {path.name for path in tmp_path.glob("s[0-9]*")}
    assert names == {part.name for part in contents.parts}


def test_one_process_writes(tmp_path: Path) -> None:
    with ShelfWriter(tmp_path, None), pytest.raises(Busy), ShelfWriter(tmp_path, None):
        pass


def test_a_shelf_of_other_weights_is_made_anew(tmp_path: Path) -> None:
    _put(tmp_path, 5, Entry("la-1", "Lao Coffee"))
    reader = Encoder(random_weights(tmp_path / "weights.npz"))
    assert NameShelf(tmp_path, reader, Ranking()).change == 0
    with ShelfWriter(tmp_path, reader) as writer:
        assert writer.contents.change == 0
