"""How far one way of writing names in Latin letters goes alone: each question of another script is written in Latin letters,
and so are the Latin names; the nearest by edit ratio are ranked. Nothing else of the product is used.

    python -m benchmarks.romanisers --folder FOLDER [--every 3]

FOLDER holds the open benchmark of names. Compared: our spoken forms, `anyascii`, and where they are installed (they are
no dependency) `uroman` and ICU by `PyICU` (`Any-Latin; Latin-ASCII`), each in small letters.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

from benchmarks.measuring import keep, say
from ipregister.search.similarity.names import forms

Romaniser = Callable[[str], str]


def _ours(name: str) -> str:
    return forms(name).spoken


def _anyascii(name: str) -> str:
    return anyascii(name).lower()


def _uroman() -> Romaniser:
    made: Any = import_module("uroman").Uroman()
    return lambda name: str(made.romanize_string(name)).lower()


def _icu() -> Romaniser:
    made: Any = import_module("icu").Transliterator.createInstance("Any-Latin; Latin-ASCII")
    return lambda name: str(made.transliterate(name)).lower()


def romanisers() -> dict[str, Romaniser]:
    """Those that are here, by name."""
    found: dict[str, Romaniser] = {"ours": _ours, "anyascii": _anyascii}
    if find_spec("icu"):
        found["ICU"] = _icu()
    if find_spec("uroman"):
        found["uroman"] = _uroman()
    return found


def measured(way: Romaniser, docs: list[list[str]], asked: list[list[str]]) -> dict[str, Any]:
    """The share of right Latin names at rank 1 and to rank 10 by script of the question, and microseconds a name."""
    began = time.process_time()
    names = [way(doc[4]) for doc in docs]
    each = (time.process_time() - began) / len(docs) * 1e6
    place = {doc[0]: number for number, doc in enumerate(docs)}
    of_entity = defaultdict(list)
    for number, doc in enumerate(docs):
        of_entity[doc[1]].append(number)
    table = process.cdist([way(query[4]) for query in asked], names, scorer=fuzz.ratio, dtype=np.float32)
    found: dict[str, list[int]] = defaultdict(list)
    for query, near in zip(asked, table, strict=True):
        wanted = [place[key] for key in query[5].split(",") if key in place]
        levels = near[wanted]
        near[[*of_entity[query[1]], *wanted]] = -1
        for level in levels:
            found[query[3]].append(1 + int((near > level).sum()) + int((near == level).sum()) // 2)
    rows = {script: {"pairs": len(ranks), "first": float(np.mean([rank == 1 for rank in ranks])),
                     "ten": float(np.mean([rank <= 10 for rank in ranks]))} for script, ranks in sorted(found.items())}  # fmt: skip
    return {"microseconds": each, "scripts": rows}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--every", type=int, default=3)
    told = parser.parse_args()
    docs, queries = ([line.split("\t") for line in (told.folder / name).read_text(encoding="utf-8").splitlines()]
                     for name in ("words_docs.tsv", "words_queries_dev.tsv"))  # fmt: skip
    latin = [doc for doc in docs if doc[3] == "Latn"]
    asked = [query for query in queries if query[3] != "Latn"][:: told.every]
    rows = {}
    for name, way in romanisers().items():
        rows[name] = measured(way, latin, asked)
        say(f"{name}: {rows[name]}")
    keep("romanisers", {"names": len(latin), "every": told.every, "rows": rows})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
