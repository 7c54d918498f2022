"""What operators are told of publications that stay, and of mirrors that give nothing out."""

import shutil
from pathlib import Path

from ipregister.demonstration import DemonstrationDelivery
from ipregister.publication.release import FILE
from ipregister.web.options import Options
from tests.cli.conftest import command
from tests.portal.releasing import release


def test_what_was_closed_stays_in_older_publications(
    sqlite_database: Options, laos: list[DemonstrationDelivery], tmp_path: Path
) -> None:
    run = command(sqlite_database)
    run("load", "LA", laos[0].path)
    release(sqlite_database.data)
    opened = run("publish", "--full")
    assert "not published any more" not in opened.err
    first = opened.row["folder"]
    other = command(Options(data=tmp_path / "mirror"))
    assert other("init").code == 0
    taken = other("mirror", sqlite_database.data / "publications")
    assert (taken.code, "gives nothing out" in taken.err) == (0, True), taken.err
    release(tmp_path / "mirror")
    assert "gives nothing out" not in other("mirror", sqlite_database.data / "publications").err
    (sqlite_database.data / FILE).write_text('[[release]]\noffice = "LA"\nchannels = ["page"]\n')
    closed = run("publish", "--full")
    assert "LA-trademark" in closed.err, closed.err
    assert "not published any more" in closed.err
    shutil.rmtree(first)
    again = run("publish", "--full")
    assert (again.code, "not published any more" in again.err) == (0, False), again.err
