"""What is dear is told by measure; the list names tests that there are; a fast run leaves out what it names."""

from pathlib import Path
from typing import Any

import pytest

from tests.weighing import ALWAYS_FAST, CASES, DEAR, dear, function_of, listed, mark_dear, write

ROOT = Path(__file__).parent.parent
MUCH, LITTLE = DEAR * 2, CASES / 4


def test_a_dear_test_and_all_cases_of_one_are_named_once() -> None:
    assert dear({"t.py::a": MUCH, "t.py::b": LITTLE, "t.py::c[1]": MUCH, "t.py::c[2]": MUCH}) == {
        "t.py::a": 0, "t.py::c": 0,
    }  # fmt: skip


def test_of_many_cases_the_first_are_fast_but_for_those_that_are_dear_alone() -> None:
    costs = {f"t.py::a[{n}]": LITTLE for n in range(6)}
    assert dear(costs) == {"t.py::a": 4}
    assert dear({**costs, "t.py::a[1]": MUCH}) == {"t.py::a": 4, "t.py::a[1]": 0}
    assert dear({"t.py::a[x]": MUCH, "t.py::a[y]": LITTLE}) == {"t.py::a[x]": 0}


def test_the_main_path_is_never_dear() -> None:
    assert dear(dict.fromkeys(ALWAYS_FAST, MUCH)) == {}
    assert not ALWAYS_FAST & {function_of(name) for name in listed()}


class Item:
    """A test that was collected."""

    def __init__(self, nodeid: str, *markers: str) -> None:
        self.nodeid, self.markers = nodeid, list(markers)

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.markers else None

    def add_marker(self, name: str) -> None:
        self.markers.append(name)


def test_what_is_named_is_slow() -> None:
    items: list[Any] = [Item("t.py::a"), Item("t.py::b"), Item("t.py::c[0]", "slow"), Item("t.py::c[1]"),
                        Item("t.py::c[2]"), Item("t.py::c[3]"), Item("t.py::c[4]")]  # fmt: skip
    mark_dear(items, {"t.py::a": 0, "t.py::c": 2, "t.py::c[2]": 0})
    assert [one.nodeid for one in items if "slow" in one.markers] == [
        "t.py::a", "t.py::c[0]", "t.py::c[2]", "t.py::c[4]",
    ]  # fmt: skip


def test_the_list_is_kept_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.weighing.LIST", tmp_path / "dear.txt")
    write({"t.py::b": 3, "t.py::a[x y]": 0})
    listed.cache_clear()
    try:
        assert listed() == {"t.py::a[x y]": 0, "t.py::b": 3}
    finally:
        listed.cache_clear()


@pytest.mark.parametrize("names", [ALWAYS_FAST, frozenset(listed())], ids=["fast", "dear"])
def test_what_is_named_is_there(names: frozenset[str]) -> None:
    """Else a test that was given another name, and is still dear, would be fast again and nobody would see it."""
    assert names
    missing = []
    for name in sorted(names):
        path, _, test = function_of(name).partition("::")
        file = ROOT / path
        if not file.is_file() or f"def {test.rpartition('::')[2]}(" not in file.read_text(encoding="utf-8"):
            missing.append(name)
    assert missing == [], "`make weigh` names them anew"
