"""The first stage leaves out nothing that comparing all names in full would let through."""

import random
from pathlib import Path

import numpy as np
import pytest

from ipregister.search.similarity import candidates
from ipregister.search.similarity.candidates import LEAST, Query, chosen
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.whole import Whole, held
from tests.search.similarity.name_shelves import MemoryShelf, random_weights
from tests.sparing import few

ASKED = ("banako", "golden lion trading", "ก้อนกลม", "金龙", "kokobana")


def _names(count: int) -> list[Entry]:
    dice = random.Random(7)
    made = []
    for number in range(count):
        letters = dice.choice(("abknoilg", "กขคงมา", "金龙山水明月", "абклмн"))
        words = ["".join(dice.choices(letters, k=dice.randint(1, 9))) for _ in range(dice.randint(1, 3))]
        made.append(Entry(f"k{number}", " ".join(words)))
    return [*made, *(Entry(f"s{number}", made[0].name) for number in range(50))]


@pytest.mark.parametrize("parts", few([4, 1], 1))
@pytest.mark.parametrize("total", few([120, None], 1))
@pytest.mark.parametrize("trained", [False, True])
def test_bounds_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, parts: int, total: int | None, trained: bool
) -> None:
    encoder = Encoder(random_weights(tmp_path / "weights.npz")) if trained else None
    shelf = MemoryShelf(_names(3_000), encoder, parts=parts)
    whole = Whole([held(*one) for one in shelf.segments()])
    for name in ASKED:
        vector = encoder.vectors([forms(name)])[0] if encoder else None
        query = Query(forms(name), vector, 30, total)
        quick = chosen(whole, query)
        with monkeypatch.context() as all_of_them:
            all_of_them.setattr(
                candidates, "_least_scores", lambda read: dict.fromkeys(read.whole.spans(), 0.0)
            )
            full = chosen(whole, query)
        assert quick.tolist() == full.tolist()
        assert total is None or len(quick) <= total + LEAST * len(whole.spans())


def test_names_that_do_not_count_never_go_on() -> None:
    shelf = MemoryShelf(_names(600))
    ((segment, _),) = shelf.segments()
    allowed = np.arange(segment.total) % 3 == 0
    found = chosen(Whole([held(segment, allowed)]), Query(forms("banako"), None, 20, 60))
    assert len(found)
    assert allowed[found].all()
