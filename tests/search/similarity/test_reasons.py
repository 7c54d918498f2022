"""Reasons are true, and every hit has one; the score of names that sound the same."""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ipregister.search.similarity.features import FEATURES, compared, features
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import SOUNDS_SAME, Ranking
from ipregister.search.similarity.reasons import differing, reasons
from ipregister.search.similarity.romanise.script import SCRIPTS
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf, entries


def test_never_more_letters_differ_than_there_are() -> None:
    """The longest pieces in common would leave 7 of 6 letters, and 20 of 12."""
    assert differing("golden", "kyadaung")[:2] == (6, 8)
    assert differing("kafe", "gafei") == (2, 5, "k>g, +i")
    assert differing("", "abc") == (3, 3, "+abc")
    dice = random.Random(7)
    words = ["".join(dice.choices("abcdeo", k=dice.randint(0, 12))) for _ in range(400)]
    for one, other in pairwise(words):
        differ, of, _shown = differing(one, other)
        assert differ <= of == max(len(one), len(other))


@pytest.mark.parametrize("asked", ["Golden", "Go1den", "ກາເຟ", "金龙", "ဆင်", "Toyota", "Đà Nẵng", "Xenakis"])
def test_every_hit_has_a_reason_that_is_true(asked: str) -> None:
    dice = random.Random(3)
    made = [Entry(f"r{number}", "".join(dice.choices("aeioukrstmnpl ", k=dice.randint(3, 14))), "mark", "LA", (3,))
            for number in range(300)]  # fmt: skip
    hits = similar_names(MemoryShelf([*entries(), *made]), asked, classes=(3, 12, 30), limit=200)
    assert len(hits) > 50
    for hit in hits:
        told = {reason.code: reason for reason in hit.reasons}
        assert set(told) - {"same-class", "other-name"}
        if "letters-differ" in told:
            differ, of = map(int, told["letters-differ"].arguments[:2])
            assert differ < of
            assert "sounds-alike" not in told or 2 * differ <= of


def test_names_with_nothing_in_common_are_no_hits() -> None:
    query, other = compared(forms("kiki")), compared(forms("bozo"))
    told = dict.fromkeys(FEATURES, 0.0)
    assert reasons(query, other, told, (3,), "translation") == ()
    assert [one.code for one in reasons(query, other, {**told, "vector": 0.5}, (), "mark")] == ["read-alike"]
    assert similar_names(MemoryShelf([Entry("a", "bozo")]), "kiki") == []


def test_a_name_that_sounds_the_same_is_near_whatever_was_learned(tmp_path: Path) -> None:
    width = len(FEATURES) + 1 + 2 * len(SCRIPTS)
    held = {"mean": np.zeros(width), "spread": np.ones(width), "first": np.zeros((width, 1)), "first_bias": np.zeros(1),
            "second": np.zeros(1), "straight": np.zeros(width), "bias": np.array(-9.0)}  # fmt: skip
    np.savez(tmp_path / "rule.npz", **held)  # type: ignore[arg-type]  # numpy's stubs take one of the arrays for a flag
    rule, query = Ranking(tmp_path / "rule.npz"), compared(forms("ຊ້າງ"))
    others = [compared(forms(name)) for name in ("ช้าง", "Sông", "Bank")]
    scores = rule.scores(
        features(query, others, None, lambda word: 8.0), query.script, [one.script for one in others]
    )
    assert scores[0] >= SOUNDS_SAME
    assert scores[1:].max() < 0.1
