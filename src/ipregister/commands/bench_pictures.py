"""`ipregister bench rank logos`: ranks the open logo benchmark with the product's own code path."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ipregister.commands.printing import progress
from ipregister.model.errors import UsageError
from ipregister.search.similarity.pictures.letters import Reader
from ipregister.search.similarity.pictures.models import NONE, WEIGHTS, Models
from ipregister.search.similarity.pictures.normalise import Pixels
from ipregister.search.similarity.pictures.ranking import compare
from ipregister.search.similarity.pictures.rows import gathered, look

BEST = 100
_NAMED = re.compile(r"_([A-Za-z0-9]+)$")


def rank_logos(corpus: Path, queries: Path, output: Path, *, network: bool = True) -> int:
    """Write the 100 best pictures of the corpus for each query; the number of queries.

    Both files hold an array n x height x width x 3 of bytes. A picture of the corpus is named by its place. A query
    has the name in its line of `logos_queries_dev.tsv` where that lies beside `logos_q_dev.npy`, else its place behind
    the last word of the file's name: `dev0`, `dev1`. Without `network` no trained weights are used. Raises
    `UsageError`."""
    folder = WEIGHTS if network else NONE
    models, reader = Models(folder, threads=2), Reader(folder, threads=2)
    rows = gathered([look(one, models, reader) for one in _pictures(corpus, "corpus")])
    names = _names(queries)
    with output.open("w", encoding="utf-8") as file:
        for name, picture in zip(names, _pictures(queries, "queries"), strict=True):
            found = compare(rows, look(picture, models, reader, searched=True), BEST)
            file.write(f"{name}\t{' '.join(str(match.picture) for match in found)}\n")
    return len(names)


def _names(queries: Path) -> list[str]:
    """The names of the queries, in their order."""
    count = len(_held(queries))
    listed = queries.with_name(f"{queries.stem.replace('_q_', '_queries_')}.tsv")
    if listed.is_file() and listed != queries:
        with listed.open(encoding="utf-8-sig") as file:
            names = [line.split("\t")[0] for line in file if line.strip()]
        if len(names) == count:
            return names
    named = _NAMED.search(queries.stem)
    return [f"{named[1] if named else 'q'}{place}" for place in range(count)]


def _pictures(path: Path, said: str) -> Iterator[Pixels]:
    held = _held(path)
    with progress(said) as step:
        for place, one in enumerate(held):
            yield np.asarray(one)
            if place % 100 == 99:
                step(place + 1, len(held))


def _held(path: Path) -> Pixels:
    try:
        held: Pixels = np.load(path, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no array of pictures", remedy="give the .npy file") from error
    if held.ndim != 4 or held.shape[3] != 3 or held.dtype != np.uint8:
        raise UsageError(f"{path} holds no pictures", remedy="n x height x width x 3, bytes")
    return held
