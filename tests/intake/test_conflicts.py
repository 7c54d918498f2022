"""Every new mark against every indication, and back; taken up again where it stopped."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
import pytest

from ipregister.intake.conflicts import ConflictFollower, catch_up, protected_of
from ipregister.intake.findings import kinds
from ipregister.model import canonical
from ipregister.model.errors import Busy, Damaged
from ipregister.model.indication import Indication, Product
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.record import Record, right_of
from ipregister.model.text import Text
from ipregister.search.indications.book import ConflictBook, shield_of
from ipregister.store.rows import Change, CurrentBody


class Shelf:
    """A register in memory."""

    def __init__(self) -> None:
        self.log: list[Change] = []
        self.held: dict[str, CurrentBody] = {}

    def put(self, key: str, record: Record, *, deleted: bool = False) -> None:
        """A new version of a record."""
        number = len(self.log) + 1
        self.log.append(Change(number, key, 1, key[:2].upper(), right_of(record), deleted, cause="event"))
        self.held[key] = CurrentBody(
            key, number, key[:2].upper(), 1, deleted, "2026-01-01", canonical.encode(record)
        )

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        """The changes after a number."""
        return [change for change in self.log if change.number > since][:limit]

    def last_change(self) -> int:
        """The last number."""
        return len(self.log)

    def current_bodies(self, keys: Sequence[str]) -> list[CurrentBody]:
        """What is held."""
        return [self.held[key] for key in keys if key in self.held]

    def spoil(self, key: str) -> None:
        """The stored bytes of a record are damaged, and it changes once more."""
        self.put(key, mark("Bolaven"))
        self.held[key] = msgspec.structs.replace(self.held[key], body=b'{"right": "tradem')

    def keys(self, *, office: str = "", right: str = "", after: str = "", limit: int = 1000) -> list[str]:
        """Keys of a right in order."""
        of_right = {change.key for change in self.log if change.right == right}
        return sorted(key for key in of_right if key > after)[:limit]


def mark(words: str, goods: str = "", kinds: tuple[str, ...] = ()) -> Trademark:
    """A mark."""
    block = (Goods(class_number=30, texts=(Text(goods),)),) if goods else ()
    return Trademark(office="LA", mark=Mark(verbal=(Text(words),)), goods=block, kinds=kinds)


def indication(name: str, product: str = "coffee") -> Indication:
    """An indication."""
    return Indication(office="LA", names=(Text(name),), products=(Product(texts=(Text(product),)),))


def pairs(folder: Path) -> list[tuple[str, str]]:
    """What stands in the book."""
    with ConflictBook(folder) as book:
        return sorted((one.mark, one.indication) for one in book.conflicts(limit=100))


@pytest.fixture
def shelf() -> Shelf:
    found = Shelf()
    found.put("la-1", mark("Bolaven Gold", "coffee; tea"))
    found.put("la-gi-1", indication("Bolaven Coffee"))
    found.put("la-2", mark("Lion"))
    found.put("th-1", mark("โบลาเวน"))
    return found


def test_marks_meet_all_indications_there_are(shelf: Shelf, tmp_path: Path) -> None:
    assert catch_up(shelf, tmp_path) == 4
    assert ("la-1", "la-gi-1") in pairs(tmp_path)
    assert "la-2" not in {one for one, _ in pairs(tmp_path)}
    with ConflictBook(tmp_path) as book:
        one = next(one for one in book.conflicts(["LA"]) if one.mark == "la-1")
        assert book.conflicts(["VN"]) == []
    assert (one.level, one.goods) == ("contained", 1.0)
    assert "Bolaven" in str([reason.text for reason in one.reasons]) or one.reasons


def test_a_new_mark_and_a_new_indication(shelf: Shelf, tmp_path: Path) -> None:
    catch_up(shelf, tmp_path)
    shelf.put("la-3", mark("BOLAVEN"))
    shelf.put("la-gi-2", indication("Lion Tea", "tea"))
    catch_up(shelf, tmp_path)
    assert {("la-3", "la-gi-1"), ("la-2", "la-gi-2")} <= set(pairs(tmp_path))


def test_what_goes_takes_its_conflicts_along(shelf: Shelf, tmp_path: Path) -> None:
    catch_up(shelf, tmp_path)
    shelf.put("la-1", mark("Tiger"))
    catch_up(shelf, tmp_path)
    assert ("la-1", "la-gi-1") not in pairs(tmp_path)
    shelf.put("la-1", mark("Bolaven"))
    shelf.put("la-gi-1", indication("Bolaven Coffee"), deleted=True)
    catch_up(shelf, tmp_path)
    assert pairs(tmp_path) == []


def test_a_changed_indication_is_compared_again(shelf: Shelf, tmp_path: Path) -> None:
    catch_up(shelf, tmp_path)
    shelf.put("la-gi-1", indication("Lion Tea", "tea"))
    catch_up(shelf, tmp_path)
    assert pairs(tmp_path) == [("la-2", "la-gi-1")]


def _is_over(left: list[int]) -> bool:
    """Whether it is to stop: after some steps."""
    return not left or left.pop() < 0


def test_stopped_in_the_middle_it_goes_on(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipregister.intake.conflicts.CHUNK", 1)
    for number in range(6):
        shelf.put(f"la-9{number}", mark(f"Sekong {number}"))
    catch_up(shelf, tmp_path)
    shelf.put("la-gi-9", indication("Sekong Coffee"))
    for steps in range(1, 40):
        left = list(range(steps % 4))
        with ConflictBook(tmp_path, write=True) as book:
            ConflictFollower(shelf, book, partial(_is_over, left)).catch_up()
            standing = book.standing()
        if standing.change == shelf.last_change() and not standing.again:
            break
    assert standing.again == ()
    assert {("la-95", "la-gi-9"), ("la-90", "la-gi-9")} <= set(pairs(tmp_path))


def test_the_same_from_the_start_as_step_by_step(shelf: Shelf, tmp_path: Path) -> None:
    steps = Shelf()
    for change in shelf.log:
        steps.log.append(change)
        steps.held[change.key] = shelf.held[change.key]
        catch_up(steps, tmp_path / "steps")
    catch_up(shelf, tmp_path / "whole")
    assert pairs(tmp_path / "steps") == pairs(tmp_path / "whole") != []


def findings(folder: Path) -> list[str]:
    """The records on which the book has a finding."""
    with ConflictBook(folder) as book:
        return [finding.value for finding in book.findings() if finding.code in kinds()]


def test_a_damaged_record_is_told_and_passed_over(shelf: Shelf, tmp_path: Path) -> None:
    shelf.spoil("la-8")
    shelf.put("la-7", mark("Bolawen"))
    assert catch_up(shelf, tmp_path) == shelf.last_change()
    assert ("la-7", "la-gi-1") in pairs(tmp_path)
    assert findings(tmp_path) == ["la-8"]
    shelf.put("la-gi-8", indication("Sekong Coffee"))  # the look back meets the damaged record too
    catch_up(shelf, tmp_path)
    assert findings(tmp_path) == ["la-8"]
    shelf.put("la-8", mark("Bolaven"))
    catch_up(shelf, tmp_path)
    assert findings(tmp_path) == []
    assert ("la-8", "la-gi-1") in pairs(tmp_path)


def test_a_damaged_indication_keeps_its_names_of_before(shelf: Shelf, tmp_path: Path) -> None:
    catch_up(shelf, tmp_path)
    before = pairs(tmp_path)
    shelf.put("la-gi-1", indication("Bolaven Coffee"))
    shelf.held["la-gi-1"] = msgspec.structs.replace(shelf.held["la-gi-1"], body=b"nothing")
    catch_up(shelf, tmp_path)
    assert (pairs(tmp_path), findings(tmp_path)) == (before, ["la-gi-1"])
    shelf.put("la-gi-1", indication("Bolaven Coffee"), deleted=True)
    catch_up(shelf, tmp_path)
    assert (pairs(tmp_path), findings(tmp_path)) == ([], [])


def test_contents_that_cannot_be_expanded_stop_nobody_else(shelf: Shelf, tmp_path: Path) -> None:
    whole = shelf.current_bodies

    def read(keys: Sequence[str]) -> list[CurrentBody]:
        if "la-1" in keys:
            raise Damaged("a stored text cannot be expanded")
        return whole(keys)

    shelf.current_bodies = read  # type: ignore[method-assign]
    catch_up(shelf, tmp_path)
    assert findings(tmp_path) == ["la-1"]
    assert ("th-1", "la-gi-1") in pairs(tmp_path)


def test_one_writes_and_others_read(shelf: Shelf, tmp_path: Path) -> None:
    with ConflictBook(tmp_path, write=True), pytest.raises(Busy):
        catch_up(shelf, tmp_path)
    catch_up(shelf, tmp_path)
    assert [hit.protected.key for hit in shield_of(tmp_path).near("Bolaven")] == ["la-gi-1"]
    assert shield_of(tmp_path / "nowhere").names == ()


def test_a_mark_of_a_group_is_told(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put("la-gi-1", indication("Bolaven Coffee"))
    shelf.put("la-1", mark("Bolaven Coffee", kinds=("Certificate",)))
    catch_up(shelf, tmp_path)
    with ConflictBook(tmp_path) as book:
        assert "shared-mark" in {reason.code for reason in book.conflicts()[0].reasons}


def test_a_remark_on_a_homonym_is_no_name() -> None:
    record = Indication(office="LA", names=(Text("Bolaven"),), homonym=(Text("the one of the upper river"),),
                        transliterations=(Text("Bolaven"), Text("Bolawen")))  # fmt: skip
    found = [(one.name, one.kind) for one in protected_of("la-gi-1", record)]
    assert found == [("Bolaven", "name"), ("Bolawen", "transliteration")]
