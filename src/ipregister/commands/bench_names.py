"""`ipregister bench rank words` and `conf`: names ranked for names by the code that answers readers."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ipregister.commands.scoring import Score, score
from ipregister.model.errors import UnreadableInput
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import forms
from ipregister.search.similarity.ranking import Ranking
from ipregister.search.similarity.search import closest, in_order
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.shelf.segment import Segment, segment_of
from ipregister.search.similarity.trained import encoder, ranking

MOST = 75
"""So many names of every script, and a third more, are listed for a query."""
COLUMNS = 5
"""Id, entity, source, script, name; more may follow."""


class Names:
    """Names in memory, as the register's names stand on their shelf."""

    def __init__(self, rows: Sequence[Sequence[str]], reader: Encoder | None, rule: Ranking) -> None:
        self.encoder, self.ranking = reader, rule
        made = [(Entry(row[0], row[4]), forms(row[4])) for row in rows]
        vectors = reader.vectors([one for _, one in made]) if reader and made else None
        self._segment = segment_of(made, vectors)
        self._segment.remembers = len(made)

    def segments(self) -> list[tuple[Segment, NDArray[np.bool_] | None]]:
        """The one segment, all of it alive."""
        return [(self._segment, None)]


FILES = (("words", "words_queries_dev.tsv"), ("conf", "conf_queries_dev.tsv"))
"""The benchmarks of a folder: kind and file of questions."""


def score_names(folder: Path, *, trained: bool = True, every: int = 1) -> Iterator[tuple[str, Score]]:
    """Ranks and scores the benchmarks of a folder with one index and one rule: (kind, score of a group).

    `every` takes each so many-th question only. Raises `UnreadableInput`."""
    docs = _rows(folder / "words_docs.tsv")
    names = Names(docs, encoder() if trained else None, ranking() if trained else Ranking())
    for kind, file in FILES:
        asked = _rows(folder / file)[::every]
        run = {query[0]: ranked(names, query[4]) for query in asked}
        for one in score(asked, run, docs):
            yield kind, one


def rank_names(docs: Path, queries: Path, output: Path, *, trained: bool = True) -> int:
    """Writes the best hundred names of every script for each query, the nearest first; the number of queries.

    `docs` has the columns id, entity, source, script, name; `queries` the same and more. Raises
    `UnreadableInput`."""
    asked = _rows(queries)
    names = Names(_rows(docs), encoder() if trained else None, ranking() if trained else Ranking())
    with output.open("w", encoding="utf-8") as file:
        for query in asked:
            file.write(f"{query[0]}\t{' '.join(ranked(names, query[4]))}\n")
    return len(asked)


def ranked(names: Names, name: str) -> list[str]:
    """The keys of the best hundred or so names of every script, the nearest first."""
    return [one.entry.key for one in in_order(closest(names, name, MOST), forms(name))]


def _rows(path: Path) -> list[list[str]]:
    """The rows of a table. Only line ends divide lines (other signs that some programs take for them may stand in a
    name), a byte order mark at the beginning is no letter, empty lines are none."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if line.strip("\r\n")]
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(error), place=str(path)) from error
    short = next((place for place, row in enumerate(rows, 1) if len(row) < COLUMNS), 0)
    if short:
        raise UnreadableInput(f"row {short} has fewer than {COLUMNS} columns", place=str(path))
    return rows
