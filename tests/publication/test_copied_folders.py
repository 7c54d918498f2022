"""A copied or moved data folder: content is withheld from its own publications, and those of the original stay."""

import datetime as dt
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from ipregister.demonstration import write_office
from ipregister.intake.loading import load
from ipregister.model.errors import UsageError
from ipregister.model.offices import office
from ipregister.publication.bulk import folders as places
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.keys import signer
from ipregister.publication.log.ledger import Ledger
from ipregister.publication.release import release_all
from ipregister.publication.verify.proving import verify
from ipregister.publication.withholding.checking import check
from ipregister.publication.withholding.planned import Order
from ipregister.publication.withholding.withholding import withhold
from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import HOSTS, point


@pytest.fixture
def original(sqlite_template: Path, tmp_path: Path) -> Path:
    """A data folder with a few records of Laos; this process works on it."""
    data = Path(shutil.copytree(sqlite_template, tmp_path / "original"))
    register = opened(data)
    release_all(data)
    first = write_office(tmp_path / "feeds", "LA", 20, day=dt.date(2026, 6, 30))[0]
    load(register, office("LA"), first.path, scratch=data / "scratch", kind=first.kind)
    return data


def opened(data: Path) -> Register:
    point(Options(data=data, allowed_hosts=HOSTS))
    return Register(packs=data / "packs")


def copied(data: Path, name: str) -> Path:
    connections.close_all()
    return Path(shutil.copytree(data, data.with_name(name)))


def order(register: Register) -> Order:
    return Order(register.keys(office="LA")[0], "Order 7/2026", "2026-01-15")


def noted_absolutely(data: Path, folder: Path) -> None:
    """As an older program noted it."""
    with closing(Ledger(data)) as ledger, ledger.writing():
        ledger.note("folders", str(folder))
        ledger.note("folder-owners", "{}")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(folder: Path) -> list[str]:
    """Publications with files that were rewritten."""
    return [path.parent.name for path in folder.rglob("withheld.json")]


def test_a_copy_works_on_its_own_publications(original: Path) -> None:
    pub = original / "pub"
    publish(opened(original), original, pub, processes=1)
    noted_absolutely(original, pub)
    copy, before = copied(original, "copy"), contents(pub)
    register = opened(copy)
    withhold(register, copy, order(register))
    assert contents(pub) == before
    assert told(copy / "pub")
    assert verify(str(copy / "pub"), signer(copy).public).faults == []
    with closing(Ledger(copy)) as ledger:
        assert places.folders(ledger) == [copy / "pub"]


def test_a_moved_data_folder_works_on_its_own_publications(original: Path) -> None:
    publish(opened(original), original, original / "pub", processes=1)
    noted_absolutely(original, original / "pub")
    connections.close_all()
    moved = original.rename(original.with_name("moved"))
    register = opened(moved)
    withhold(register, moved, order(register))
    assert told(moved / "pub")


def test_a_copy_touches_no_folder_of_the_original(original: Path, tmp_path: Path) -> None:
    publish(opened(original), original, tmp_path / "out", processes=1)
    copy, before = copied(original, "copy"), contents(tmp_path / "out")
    register = opened(copy)
    changes = register.last_change()
    with pytest.raises(UsageError, match=r"belongs to .*original") as refused:
        check(register, copy, order(register))
    assert "cp -a" in refused.value.remedy
    with pytest.raises(UsageError, match=r"belongs to .*original"):
        withhold(register, copy, order(register))
    with pytest.raises(UsageError, match="holds the publications of"):
        publish(register, copy, tmp_path / "out", processes=1)
    assert (contents(tmp_path / "out"), register.last_change()) == (before, changes)
    shutil.copytree(tmp_path / "out", copy / "out")
    withhold(register, copy, order(register))
    assert contents(tmp_path / "out") == before
    assert told(copy / "out")


def test_a_folder_outside_stays_with_its_data_folder(original: Path, tmp_path: Path) -> None:
    """Noted by this program, by an older one, and after the data folder was moved."""
    publish(opened(original), original, tmp_path / "out", processes=1)
    noted_absolutely(original, tmp_path / "out")
    register = opened(original)
    keys = register.keys(office="LA")
    withhold(register, original, Order(keys[0], "Order 7/2026", "2026-01-15"))
    assert told(tmp_path / "out")
    connections.close_all()
    moved = original.rename(original.with_name("moved"))
    before = contents(tmp_path / "out")
    withhold(opened(moved), moved, Order(keys[1], "Order 7/2026", "2026-01-15"))
    assert contents(tmp_path / "out") != before


def test_copies_of_publications_in_the_data_folder_hold_nothing_either(original: Path) -> None:
    register = opened(original)
    publish(register, original, original / "pub", processes=1)
    shutil.copytree(original / "pub", original / "old" / "kept")
    withhold(register, original, order(register))
    assert told(original / "old" / "kept") == told(original / "pub") != []


def test_a_publication_that_was_removed_is_no_hindrance(original: Path) -> None:
    register = opened(original)
    first = publish(register, original, original / "pub", processes=1)
    withhold(register, original, order(register))
    second = publish(register, original, original / "pub", "full", processes=1)
    shutil.rmtree(first.folder)
    key = register.keys(office="LA")[1]
    withhold(register, original, Order(key, "Order 7/2026", "2026-01-15"))
    assert told(original / "pub") == [second.folder.name]
