"""Clean records of the region's eleven feeds have no error and no warning, but for days still to come.

The generator of the test data gives some records a status date, an event or a publication in the future:
there the finding is right and the generated truth is naive.
"""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from ipregister.capture.readers import READERS
from ipregister.model import codelists
from ipregister.model.offices import office
from ipregister.model.status import RULES, derive
from ipregister.quality.rules import check

COLLECTIONS = "latm khtm idtm mytm thtm vntm phtm bntm sgtm kztm wotm".split()
RECORDS = 60
TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def generated(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with generated input."""
    work = tmp_path_factory.mktemp("clean")
    program = [sys.executable, str(test_data / "bench" / "peer_gbd.py"), "gen", "--work", str(work)]
    options = ["--n", str(RECORDS), "--offices", ",".join(COLLECTIONS)]
    subprocess.run([*program, *options], check=True, capture_output=True)
    return work


@pytest.mark.data
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_clean_records_are_not_called_bad(generated: Path, collection: str) -> None:
    facts = office(collection[:2])
    paths = sorted((generated / "in" / collection).rglob("*.xml"))
    assert len(paths) == RECORDS
    for path in paths:
        record = READERS[facts.feed.reader](path.read_bytes(), facts).record
        assert record is not None
        for finding in check(record, facts, TODAY):
            naive = finding.code == "date-in-future" and finding.value > TODAY.isoformat()
            assert finding.severity == "notice" or naive, (path.name, finding)


@pytest.mark.data
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_clean_record_has_a_state(generated: Path, collection: str) -> None:
    facts, rules = office(collection[:2]), {rule.code for rule in RULES}
    for path in (generated / "in" / collection).rglob("*.xml"):
        record = READERS[facts.feed.reader](path.read_bytes(), facts).record
        assert record is not None
        state = derive(record, facts, TODAY, "2026-10-31")
        assert state.state in codelists.codes("states") - {"unknown"}, path.name
        assert state.rule in rules
