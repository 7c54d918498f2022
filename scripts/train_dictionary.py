"""Make the dictionary with which bodies and evidence are compressed: `python scripts/train_dictionary.py DATA OUT`.

DATA is the data folder of a register on SQLite, best the demonstration region (`ipregister demo DATA`): the dictionary
learns how records and positions are written, not what one office says. A new dictionary gets a new number and a new
file in `src/ipregister/store/dictionaries/`; the old ones stay, since stored bytes are not rewritten.
"""

import argparse
import itertools
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import zstandard

from ipregister.store.compression import DICTIONARY, unsqueeze

SIZE, EACH = 32_768, 400
"""Bytes of a dictionary; records of each office that it is trained on."""


def samples(database: Path) -> list[bytes]:
    """Bodies and evidence of the first records of each office, the offices in turn."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as register:
        offices = [
            code
            for (code,) in register.execute(
                "SELECT DISTINCT office FROM register_store_version ORDER BY office"
            )
        ]
        statement = """SELECT b.body, b.evidence FROM register_store_version v JOIN register_store_body b ON b.change = v.change
                       WHERE v.office = ? ORDER BY v.change LIMIT ?"""
        found = [register.execute(statement, (code, EACH)).fetchall() for code in offices]
    rows = itertools.chain.from_iterable(itertools.zip_longest(*found))
    return [unsqueeze(packed) for row in rows if row is not None for packed in row]


def main() -> int:
    """Train on a register and write the dictionary."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--number", type=int, default=DICTIONARY)
    given = arguments.parse_args()
    plain = samples(given.data / "register.sqlite3")
    trained = zstandard.train_dictionary(SIZE, list(plain), dict_id=given.number)
    given.out.write_bytes(trained.as_bytes())
    packed = zstandard.ZstdCompressor(level=1, dict_data=trained)
    before, after = sum(map(len, plain)), sum(len(packed.compress(one)) for one in plain)
    print(f"{len(plain)} samples: {before} bytes, {after} compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
