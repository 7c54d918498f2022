"""Names of one script that differ by a letter or two are near, whatever has been learned of them."""

import pytest

from ipregister.search.similarity.letters import NEAR, SOMEWHAT, least_score, nearness
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.trained import ranking
from tests.search.similarity.name_shelves import MemoryShelf


@pytest.mark.parametrize(("one", "other", "near"), [
    ("Konda", "Kolda", 0.8),
    ("Konda", "Kodna", 0.88),
    ("Konda", "Kondas", 1 - 1 / 6),
    ("KWT", "KTW", 0.8),
    ("КОЛОС", "КОТОС", 0.8),
    ("Ko Nda", "KONDA", 1.0),
    ("Konda", "Конда", 0.0),
    ("Ko", "Ka", 0.0),
    ("Konda", "Silver Moon", 0.0),
])  # fmt: skip
def test_nearness_counts_letters(one: str, other: str, near: float) -> None:
    assert nearness(forms(one), forms(other)) == pytest.approx(near, abs=0.001)
    assert nearness(forms(other), forms(one)) == pytest.approx(near, abs=0.001)


def test_the_least_score_falls_with_the_nearness() -> None:
    told = [least_score(near) for near in (1.0, 0.9, NEAR, SOMEWHAT, 0.7)]
    assert told == sorted(told, reverse=True)
    assert told[2] > 0.7 > told[3] > 0.2 > told[4] == 0


@pytest.mark.parametrize("rule", [ranking(), Ranking()])
@pytest.mark.parametrize(
    ("asked", "mark"),
    [("Kolda", "Konda"), ("Vilkano", "Vulkano"), ("ЛОбИС", "ЛОТИС"), ("Sotmiko", "Sotimko")],
)
def test_a_wrong_letter_leaves_a_name_near(rule: Ranking, asked: str, mark: str) -> None:
    shelf = MemoryShelf([Entry("own", mark), Entry("far", "Silver Moon"), Entry("other", "Ponderosa")])
    shelf.ranking = rule
    hit = similar_names(shelf, asked, limit=3)[0]
    assert (hit.key, hit.features["letters"] >= NEAR) == ("own", True)
    assert hit.score >= 0.7
