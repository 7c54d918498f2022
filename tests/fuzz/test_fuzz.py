"""A small part of the fuzz run; the whole is `python -m benchmarks.fuzz`."""

from pathlib import Path

import pytest

from tests.fuzz.trial import seeds, try_one

COUNT, PARTS = 150, 3


@pytest.mark.parametrize("part", range(PARTS))
def test_bad_documents_are_read_or_refused(part: int, tmp_path: Path) -> None:
    sound = seeds()
    results = [try_one(number, 1, sound, tmp_path) for number in range(part, COUNT, PARTS)]
    assert [one.wrong for one in results if one.wrong] == []
    assert sum(one.read for one in results) > 5
    assert sum(one.refused for one in results) > 5
