"""Check my name without a register: indications, nearest first, businesses apart."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

import pytest
from msgspec import Struct

from ipregister.desk import clearance, name_check
from ipregister.desk.clearance import Question, Surroundings, clear
from ipregister.desk.name_check import Sources, close_names, indications_near
from ipregister.model.offices import Office, office
from ipregister.model.status import State
from ipregister.search.indications.shield import Protected, Shield
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.ranking import Ranking

DAY = dt.date(2026, 6, 30)
SHIELD = Shield([Protected("kh-gi-1", "Kampot pepper", "name", "KH", ("pepper",)),
                 Protected("la-gi-2", "Bolaven coffee", "name", "LA", ("coffee",))])  # fmt: skip


class Shown(Struct):
    """The public side of an indication."""

    key: str
    office: Office
    plain: dict[str, Any]
    state: State


def look(keys: Sequence[str]) -> list[Shown]:
    """Indications that are public: all but that of Laos."""
    return [
        Shown(key, office(key[:2].upper()), {"right": "indication", "names": [{"text": "Kampot pepper"}]}, State("registered", "rule"))
        for key in keys if key.startswith("kh")
    ]  # fmt: skip


class Names:
    """A shelf without names."""

    encoder: Encoder | None = None
    ranking = Ranking()

    def segments(self) -> list[Any]:
        return []


@pytest.fixture
def sources() -> Sources:
    return Sources(Names(), cast(Any, None), look, 7, SHIELD)


def test_indications_are_found_by_their_core(sources: Sources) -> None:
    for name in ("Kampot pepper", "KAMPOT", "Best Kampot Sauce"):
        (found,) = close_names(sources, name, (), (), DAY)
        assert (found.key, found.right) == ("kh-gi-1", "indication")
        assert found.rule.startswith("indication-")
        assert found.reasons
    assert close_names(sources, "Kampot pepper", (), (), DAY)[0].closeness == "identical"
    assert close_names(sources, "Zebrano", (), (), DAY) == []


def test_what_is_not_public_and_of_other_offices_is_left_out(sources: Sources) -> None:
    assert close_names(sources, "Bolaven coffee", (), (), DAY) == []
    assert close_names(sources, "Kampot pepper", (), ("TH",), DAY) == []
    assert indications_near(SHIELD, "Bolaven", ("LA",))
    assert indications_near(None, "Bolaven", ()) == []


def test_a_clearance_holds_indications_with_their_rule(sources: Sources) -> None:
    around = Surroundings(sources, (), None, 9, dt.datetime(2026, 6, 30, tzinfo=dt.UTC))
    report = clear(Question(names=("Kampot Kitchen",), classes=(30,)), (), around)
    (hit,) = report.hits
    assert (hit.key, hit.name, hit.closeness, hit.standing.group) == (
        "kh-gi-1",
        "Kampot pepper",
        "close",
        "earlier",
    )
    assert hit.rules[0].startswith("indication-")
    assert report.algorithms.indications
    assert clearance.read_report(clearance.written(report)) == report


def test_rights_that_are_no_names_do_not_stand_in_the_way() -> None:
    assert "patent" not in name_check.RIGHTS
    assert "design" not in name_check.RIGHTS
