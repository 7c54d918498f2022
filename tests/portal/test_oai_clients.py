"""Harvesters that we did not write take everything from the real server, selectively and with deletions."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import BadResumptionToken, NoRecordsMatch
from sickle import Sickle

from ipregister.store.register import Register
from ipregister.web.options import Options
from tests.installations import HOSTS, point
from tests.portal.releasing import release, serving
from tests.store.filings import deliver, mark, slice_of

pytestmark = pytest.mark.slow
LATER = dt.datetime(2031, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
MANY = 1100
START = "oai:ipregister.localhost:"


@pytest.fixture(scope="module")
def installation(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled installation with many more marks, some of them deleted later."""
    data = tmp_path_factory.mktemp("harvested") / "data"
    shutil.copytree(filled_template, data)
    release(data)
    point(Options(data=data, allowed_hosts=HOSTS))
    register = Register(packs=data / "packs")
    new = [slice_of(n, f"la-9{n:05}", body(f"9{n:05}", "Registered")) for n in range(MANY)]
    deliver(register, "many", "2030-01-01", new, now=LATER - dt.timedelta(days=1))
    gone = [slice_of(n, f"la-9{n:05}", body(f"9{n:05}", "Gone"), deleted=True) for n in range(0, 50, 2)]
    deliver(register, "fewer", "2030-01-02", gone, now=LATER)
    return data


def body(number: str, status: str) -> bytes:
    return mark(number, status, registration_date="2020-01-02", registration_number=number)


@pytest.fixture(scope="module")
def address(installation: Path) -> Iterator[str]:
    """The real server."""
    with serving(installation) as found:
        yield found


@pytest.fixture
def register(installation: Path) -> Register:
    point(Options(data=installation, allowed_hosts=HOSTS))
    return Register(packs=installation / "packs")


def scythe(address: str) -> Any:
    """A harvester; its annotations tell records and answers not apart."""
    return Scythe(f"{address}/oai")


def test_sickle_harvests_what_the_store_holds(address: str, register: Register) -> None:
    harvester = Sickle(f"{address}/oai")
    found = {
        record.header.identifier.removeprefix(START): record
        for record in harvester.ListRecords(metadataPrefix="oai_dc")
    }
    held = {key: register.require(key) for key in register.keys(limit=9999)}
    assert found.keys() == held.keys()
    assert {key for key, record in found.items() if record.header.deleted} == {
        key for key, version in held.items() if version.deleted
    }
    for key, version in held.items():
        assert found[key].header.datestamp == f"{version.recorded_at:%Y-%m-%dT%H:%M:%SZ}"
        if not version.deleted:
            number = register.record(version).application_number
            assert number in found[key].metadata["identifier"] or not number


def test_scythe_harvests_the_same_in_every_format(address: str, register: Register) -> None:
    with scythe(address) as harvester:
        identifiers = {one.identifier for one in harvester.list_identifiers(metadata_prefix="oai_dc")}
        assert identifiers == {START + key for key in register.keys(limit=9999)}
        whole = list(harvester.list_records(metadata_prefix="st96", set_="LA:trademark"))
        keys = register.keys(office="LA", right="trademark", limit=9999)
        assert {record.header.identifier for record in whole} == {START + key for key in keys}
        assert {one.setSpec for one in harvester.list_sets()} >= {"LA", "LA:trademark", "KH:trademark"}
        assert [one.metadataPrefix for one in harvester.list_metadata_formats()] == ["oai_dc", "st96"]
        assert harvester.identify().deletedRecord == "persistent"


def test_a_selective_harvest_takes_what_is_new(address: str, register: Register) -> None:
    since = f"{LATER:%Y-%m-%dT%H:%M:%SZ}"
    with scythe(address) as harvester:
        found = list(harvester.list_records(metadata_prefix="oai_dc", from_=since))
        assert len(found) == 25
        assert all(record.header.deleted for record in found)
        assert list(harvester.list_records(metadata_prefix="oai_dc", from_="2031-05-06", until="2031-05-06"))
        one = harvester.get_record(identifier=f"{START}la-900001", metadata_prefix="oai_dc")
        assert not one.header.deleted
        with pytest.raises(NoRecordsMatch):
            list(harvester.list_records(metadata_prefix="oai_dc", from_="2032-01-01"))
        with pytest.raises(BadResumptionToken):
            list(harvester.list_records(resumption_token="rubbish"))
    by_post = Sickle(f"{address}/oai", http_method="POST")
    assert len(list(by_post.ListIdentifiers(metadataPrefix="oai_dc", **{"from": since}))) == 25
    assert (
        list(by_post.ListIdentifiers(metadataPrefix="oai_dc", ignore_deleted=True, **{"from": since})) == []
    )
