"""Wrong use is told in words, with exit code 2, and nothing is left behind."""

from pathlib import Path

import pytest

from ipregister.model.errors import UsageError
from ipregister.web import serving
from ipregister.web.options import Options
from tests.cli.conftest import Command, command
from tests.exchange.documents import ipas


@pytest.fixture
def loaded(sqlite_database: Options, tmp_path: Path) -> Command:
    """A register with one mark."""
    run = command(sqlite_database)
    (tmp_path / "la.xml").write_bytes(ipas())
    assert run("init").code == 0
    assert run("load", "LA", tmp_path / "la.xml").code == 0
    return run


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        (("search", "tea", "--limit", "-1"), "--limit"),
        (("report", "1", "--lang", "xx"), "no language 'xx'"),
        (("quarantine", "retry", "99"), "not in quarantine: 99"),
        (("search", "filed:2015-02-30"), "This is no date"),
        (("search", "filed:[2018 TO 2015]"), "ends before it begins"),
    ],
)
def test_what_cannot_be_is_refused(loaded: Command, verb: tuple[str, ...], told: str) -> None:
    done = loaded(*verb)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_days_are_days(loaded: Command, tmp_path: Path) -> None:
    (tmp_path / "20260301_00001.xml").write_bytes(ipas((">37978<", ">27<")))
    assert loaded("load", "LA", tmp_path / "20260301_00001.xml").code == 0
    listed = loaded("deliveries").rows[0]
    assert (listed["extracted"], listed["extraction"].partition("#")[:2]) == (
        "2026-03-01",
        ("2026-03-01", "#"),
    )
    shown = loaded("show", "27").rows[0]
    assert (shown["extracted"], shown["confirmed"], shown["versions"][0][1]) == ("2026-03-01",) * 3
    assert shown["extraction"] == listed["extraction"]


@pytest.mark.parametrize("port", [99_999, -1])
def test_a_port_that_there_is_not(sqlite_database: Options, port: int) -> None:
    with pytest.raises(UsageError, match=f"no port {port}"):
        serving.serve(sqlite_database, port=port)


def test_a_check_without_a_register_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "la.xml").write_bytes(ipas())
    options = Options(data=tmp_path / "none")
    assert command(options)("check", "LA", tmp_path / "la.xml").code == 0
    assert not options.data.exists()


def test_the_remedy_names_no_limit_that_cannot_be_raised() -> None:
    from ipregister.intake.findings import kinds

    assert not any("raise the limit" in one.remedy for one in kinds().values())


def test_a_class_that_is_none_is_told_as_it_came(tmp_path: Path) -> None:
    (tmp_path / "la.xml").write_bytes(ipas((">30</ClassNumber>", ">N/A</ClassNumber>")))
    done = command(Options(data=tmp_path / "none"))("check", "LA", tmp_path / "la.xml", "--json")
    (told,) = [row for row in done.rows if row.get("code") == "class-number-missing"]
    assert told["value"] == "N/A"
