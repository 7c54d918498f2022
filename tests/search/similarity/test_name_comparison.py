"""The arithmetic of comparing: letters in common, alignment, features, ranking."""

import random
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from ipregister.search.similarity.alignment import coded, matrix, nearness
from ipregister.search.similarity.bags import KEPT, bag, bags
from ipregister.search.similarity.features import FEATURES, compared, features
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.patterns import ALPHABETS, LONGEST, columns, ratios
from ipregister.search.similarity.ranking import Ranking, by_set_weights
from ipregister.search.similarity.reasons import differing, reasons
from ipregister.search.similarity.romanise.script import SCRIPTS


@pytest.mark.parametrize("length", [1, 8, 15, 16, 31, 33, 40])
def test_letters_in_common_are_exact(length: int) -> None:
    dice = random.Random(length)
    query = bytes(dice.choices(b"abcde", k=length))
    texts = [bytes(dice.choices(b"abcdef", k=dice.randint(0, LONGEST))) for _ in range(40_000)]
    held = columns(texts, ALPHABETS["spoken"])
    rows = np.arange(0, len(texts), 50)
    found = ratios(query, [(held, rows), (held, rows[:3])])
    wanted = [fuzz.ratio(query.decode(), text.decode()) / 100 for text in texts[::50]]
    assert found.tolist() == pytest.approx([*wanted, *wanted[:3]], abs=1e-6)


def test_near_sounds_are_nearer_than_far_ones() -> None:
    near, same, far = nearness(coded("kafe"), matrix([coded("gave"), coded("kafe"), coded("mobil")]))
    assert same == 1
    assert 1 > near > 0.7 > far


def test_an_empty_name_is_far_from_all() -> None:
    assert nearness(b"", matrix([coded("kafe")]))[0] == 0


def _row(one: str, other: str) -> dict[str, float]:
    table = features(compared(forms(one)), [compared(forms(other))], None, lambda word: 8.0)
    return dict(zip(FEATURES, table[0].tolist(), strict=True))


def test_features_are_named_and_between_0_and_1() -> None:
    for one, other in (("Pincho", "Pincho Nation"), ("โตโยต้า", "Toyota"), ("a", "b"), ("", "x")):
        row = _row(one, other)
        assert tuple(row) == FEATURES
        assert all(0 <= value <= 1 for value in row.values())


def test_words_and_order_are_features() -> None:
    assert _row("Pincho", "Pincho Nation")["first_word"] == 1
    assert _row("Nation", "Pincho Nation")["whole_word"] > 0
    assert _row("Nation Pincho", "Pincho Nation")["same_words"] == 1
    assert _row("Lion Co., Ltd.", "Lion")["core"] == 1


def test_what_looks_the_same_scores_1() -> None:
    for one, other in (("Fоnbеt", "FONBET"), ("ｆｏｎｂｅｔ", "fonbet"), ("Варсо", "Bapco")):
        table = features(compared(forms(one)), [compared(forms(other))], None, lambda word: 8.0)
        assert by_set_weights(table).tolist() == [1.0]


def test_the_trained_ranking_needs_its_file() -> None:
    assert Ranking().version == "names-7"


def test_differing_letters_are_told() -> None:
    assert differing("kafe", "gafei") == (2, 5, "k>g, +i")


def test_reasons_say_why() -> None:
    query, other = compared(forms("ກາເຟ")), compared(forms("kafei"))
    found = reasons(query, other, _row("ກາເຟ", "kafei"), (30,), "holder")
    assert [reason.code for reason in found] == ["same-sound", "same-owner", "same-class", "other-name"]
    assert "kafe" in found[0].text


def test_the_trained_ranking_scores_from_0_to_1(tmp_path: Path) -> None:
    dice = np.random.default_rng(2)
    width, inner = len(FEATURES) + 1 + 2 * len(SCRIPTS), 4
    held = {"mean": dice.normal(size=width), "spread": np.ones(width), "first": dice.normal(size=(width, inner)),
            "first_bias": dice.normal(size=inner), "second": dice.normal(size=inner),
            "straight": dice.normal(size=width), "bias": np.zeros(())}  # fmt: skip
    np.savez(tmp_path / "rule.npz", **held)  # type: ignore[arg-type]  # numpy's stubs take one of the arrays for a flag
    rule = Ranking(tmp_path / "rule.npz")
    query, others = (
        compared(forms("Toyota")),
        [compared(forms(name)) for name in ("โตโยต้า", "TOYOTA", "Lion")],
    )
    table = features(query, others, None, lambda word: 8.0)
    scores = rule.scores(table, "Latn", [other.script for other in others])
    assert rule.version == "names-7+trained"
    assert scores[1] == 1
    assert all(0 <= score <= 1 for score in scores.tolist())


@pytest.mark.parametrize("form", ["spoken", "sounds"])
def test_letters_in_any_order_are_never_fewer_than_those_in_order(form: str) -> None:
    dice = random.Random(form)
    alphabet = ALPHABETS[form][:14]
    texts = [bytes(dice.choices(alphabet, k=dice.randint(0, LONGEST))) for _ in range(400)]
    held = bags(columns(texts, ALPHABETS[form]), form)
    for query in (*texts[:40], b"a" * 30):
        asked = bag(query, form)
        at_most = np.bitwise_count(held & asked.bits) + asked.beyond
        in_order = [LCSseq.similarity(query.decode(), text.decode()) for text in texts]
        assert (at_most >= in_order).all()
        assert at_most.max() <= len(query)


def test_the_bits_of_all_letters_are_one_number() -> None:
    assert all(
        sum(kept.values()) <= 64 and set(kept) == set(ALPHABETS[form].decode()) for form, kept in KEPT.items()
    )
