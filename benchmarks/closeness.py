"""How well the bands of `desk/closeness.py` tell: right names in each band, and other names per question.

    python -m benchmarks.closeness --folder FOLDER

FOLDER holds the open benchmark of names. Questions in another script than their answer (`cross`), and changed names of
the same script (`same`); the 60 best names of each are put into bands, with the trained weights and by set weights.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import keep, say
from ipregister.commands.bench_names import Names
from ipregister.desk.closeness import BANDS, NAME_RULES, VERSION, band_of
from ipregister.desk.name_check import CANDIDATES
from ipregister.search.similarity.features import FEATURES
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import by_set_weights
from ipregister.search.similarity.search import TOTAL, Found, closest, in_order
from ipregister.search.similarity.trained import encoder, ranking
from scripts.name_pairs import read_rows

QUESTIONS = 240
FILES = (("cross", "words_queries_dev.tsv"), ("same", "conf_queries_dev.tsv"))


class Counts(NamedTuple):
    """Of a band: right names, and other names."""

    right: int = 0
    others: int = 0


def _bands(hits: Sequence[Found], *, trained: bool) -> list[str]:
    found = []
    for one in hits:
        told = dict(zip(FEATURES, map(float, one.row), strict=True))
        score = one.score
        if not trained:
            told["vector"], score = 0.0, float(by_set_weights(one.row[None])[0])
        found.append(band_of(NAME_RULES, told, score)[0])
    return found


def measured(folder: Path) -> list[dict[str, Any]]:
    """A row for each sort of questions and rule: shares of right names, and other names per question, by band."""
    docs = read_rows(folder / "words_docs.tsv")
    entity = {doc[0]: doc[1] for doc in docs}
    names = Names(docs, encoder(), ranking())
    rows = []
    for sort, file in FILES:
        asked = read_rows(folder / file)
        asked = asked[:: -(-len(asked) // QUESTIONS)]
        counts: dict[tuple[str, str], Counts] = defaultdict(Counts)
        wanted = 0
        for question in asked:
            right = set(question[5].split(","))
            wanted += len(right)
            hits = in_order(
                closest(names, question[4], CANDIDATES, total=TOTAL * CANDIDATES), forms(question[4])
            )
            hits = [one for one in hits[:CANDIDATES]
                    if one.entry.key in right or entity[one.entry.key] != question[1]]  # fmt: skip
            for rule in ("trained", "untrained"):
                for one, band in zip(hits, _bands(hits, trained=rule == "trained"), strict=True):
                    count, hit = counts[rule, band], one.entry.key in right
                    counts[rule, band] = Counts(count.right + hit, count.others + (not hit))
        rows += [
            {"sort": sort, "rule": rule, "questions": len(asked),
             "bands": {band: [counts[rule, band].right / wanted, counts[rule, band].others / len(asked)]
                       for band in BANDS}}
            for rule in ("trained", "untrained")
        ]  # fmt: skip
    return rows


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    rows = measured(parser.parse_args().folder)
    keep("closeness", {"version": VERSION, "rows": rows})
    for row in rows:
        say(str(row))


if __name__ == "__main__":
    main()
