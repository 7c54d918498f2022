"""A part of a publication that a withholding left without a row can be gone through again."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ipregister.publication.withholding.published import Wanted, _write_table


def test_a_part_without_rows_is_written_again(tmp_path: Path) -> None:
    first, emptied, again = (tmp_path / f"{name}.parquet" for name in ("first", "emptied", "again"))
    pq.write_table(pa.table({"key": ["la-1"], "version": [1]}), first)
    for old, new in ((first, emptied), (emptied, again)):
        _write_table(old, new, Wanted("la-1"))
        assert pq.read_table(new).num_rows == 0
