"""A small part of the fuzz run of mapped sources; the whole is `python -m tests.fuzz.mapped`."""

from pathlib import Path

import pytest

from tests.fuzz.mapped import sources, try_one, whole_way


@pytest.mark.slow
def test_bad_sources_are_read_or_refused(tmp_path: Path) -> None:
    sound = sources()
    results = [try_one(number, 7, sound, tmp_path) for number in range(40)]
    assert [one.wrong for one in results if one.wrong] == []
    assert sum(one.read for one in results) > 20
    assert sum(one.refused for one in results) > 5


def test_sound_sources_are_read_whole(tmp_path: Path) -> None:
    for source in sources():
        path = tmp_path / f"marks_20260131{source.suffix}"
        path.write_bytes(source.data)
        result = whole_way(path, tmp_path)
        assert result.wrong == ""
        assert result.records == result.read + result.refused > 2
