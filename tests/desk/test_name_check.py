"""Check my name without a register: indications, nearest first, businesses apart."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

import pytest
from msgspec import Struct

from ipregister.desk import blind_period, clearance, name_check
from ipregister.desk.clearance import Question, Surroundings, clear
from ipregister.desk.name_check import Searched, Sources, check_name, indications_near, names_alike
from ipregister.model.offices import Office, office
from ipregister.model.status import State
from ipregister.search.indications.shield import Protected, Shield
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.shelf.entry import Entry
from tests.search.similarity.name_shelves import MemoryShelf, entries

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
        (found,) = names_alike(sources, name, (), (), DAY)
        assert (found.key, found.right) == ("kh-gi-1", "indication")
        assert found.rule.startswith("indication-")
        assert found.reasons
    assert names_alike(sources, "Kampot pepper", (), (), DAY)[0].closeness == "identical"
    assert names_alike(sources, "Zebrano", (), (), DAY) == []


def test_what_is_not_public_and_of_other_offices_is_left_out(sources: Sources) -> None:
    assert names_alike(sources, "Bolaven coffee", (), (), DAY) == []
    assert names_alike(sources, "Kampot pepper", (), ("TH",), DAY) == []
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


EMBLEM, MARK = "FLAG OF THE ISLANDS OF SERAMBEL", "BREEZE SUNRISE"


def _shown(keys: Sequence[str]) -> list[Shown]:
    """Marks; those whose keys say so are emblems."""
    state = State("registered", "rule")
    return [
        Shown(key, office("SG"), {"right": "trademark", "subtype": "EMBLEM" if "6ter" in key else "TRADEMARK"}, state)
        for key in keys
    ]  # fmt: skip


@pytest.fixture
def emblems() -> Sources:
    names = [
        *entries(),
        Entry("sg-6ter-1", EMBLEM, "mark", "SG"),
        Entry("sg-6ter-2", "TAVAMIR", "mark", "SG"),
        Entry("sg-1", MARK, "mark", "SG", (30,)),
        Entry("sg-1", "Suatu Penamaan", "translation", "SG", (30,)),
        Entry("sg-2", "FLAG SHOP OF HEUANG", "mark", "SG", (30,)),
        Entry("sg-3", "CAFE", "mark", "SG", (43,)),
    ]
    return Sources(MemoryShelf(names), cast(Any, None), _shown, 7)


def test_emblems_are_found_by_their_words_and_by_letters_that_stand_for_v(emblems: Sources) -> None:
    for name, key in (("Flag of Serambel", "sg-6ter-1"), ("Serambel", "sg-6ter-1"), ("ตาวามีร์", "sg-6ter-2")):
        found = {one.key: one for one in names_alike(emblems, name, (), (), DAY)}
        assert found[key].closeness in name_check.NEAR, name
        assert found[key].right == "emblem"
    assert "sg-2" not in {
        one.key
        for one in names_alike(emblems, "Flag Heuang", (), (), DAY)
        if one.right in name_check.PROTECTED
    }


def test_a_formal_statement_is_not_told_as_a_name(emblems: Sources) -> None:
    assert "sg-1" not in {one.key for one in names_alike(emblems, "Suatu Penamaan", (), (), DAY)}
    assert names_alike(emblems, MARK, (), (), DAY)[0].key == "sg-1"


def test_what_holds_a_disguised_name_is_found_too(emblems: Sources) -> None:
    assert "sg-1" in {one.key for one in names_alike(emblems, "SUNRlSE", (), (), DAY)}


def test_a_name_of_two_alphabets_is_read_in_both(emblems: Sources) -> None:
    found = names_alike(emblems, "caфе", (), (), DAY)[0]
    assert (found.key, found.closeness) == ("sg-3", "identical")


def test_indications_of_offices_that_hold_no_marks_are_looked_at(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_check, "trade_words", lambda *_: [])
    searched = [Searched("TH", 5, blind_period.measured("TH", "2026-06-30", DAY, []))]
    answer = check_name(sources, "Kampot pepper", (), searched, {"indication": 1}, DAY)
    assert [one.key for one in answer.protected] == ["kh-gi-1"]
    assert answer.verdict == "identical"
    chosen = check_name(sources, "Kampot pepper", (), searched, {"indication": 0}, DAY, ("TH",))
    assert chosen.protected == ()
    assert chosen.verdict == "none-close"


def test_the_nearest_of_all_others_are_told_though_no_rule_calls_them_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(name_check, "trade_words", lambda *_: [])
    names = [
        Entry("sg-7", "ເບຍລາວ", "mark", "SG", (32,)),
        Entry("sg-9", "Zyqtrv", "mark", "SG", (32,)),
    ]
    searched = [Searched("SG", 2, blind_period.measured("SG", "2026-06-30", DAY, []))]
    answer = check_name(
        Sources(MemoryShelf(names), cast(Any, None), _shown, 7), "Beerlao", (), searched, {}, DAY
    )
    assert [(one.name, one.closeness) for one in answer.nearest] == [("ເບຍລາວ", "some")]
    assert answer.verdict == "none-close"
