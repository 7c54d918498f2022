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
_NAMED = re.compile(r"_([a-z]+)$")


def rank_logos(corpus: Path, queries: Path, output: Path, *, network: bool = True) -> int:
    """Write the 100 best pictures of the corpus for each query; the number of queries.

    Both files hold an array n x height x width x 3 of bytes. A picture of the corpus is named by its place, a
    query by its place behind the last word of the file's name: `logos_q_dev.npy` holds `dev0`, `dev1`. Without
    `network` no trained weights are used. Raises `UsageError`."""
    folder = WEIGHTS if network else NONE
    models, reader = Models(folder, threads=2), Reader(folder, threads=2)
    rows = gathered([look(one, models, reader) for one in _pictures(corpus, "corpus")])
    named = _NAMED.search(queries.stem)
    prefix = named[1] if named else "q"
    written = 0
    with output.open("w", encoding="utf-8") as file:
        for place, picture in enumerate(_pictures(queries, "queries")):
            found = compare(rows, look(picture, models, reader, searched=True), BEST)
            file.write(f"{prefix}{place}\t{' '.join(str(match.picture) for match in found)}\n")
            written += 1
    return written


def _pictures(path: Path, said: str) -> Iterator[Pixels]:
    try:
        held = np.load(path, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no array of pictures", remedy="give the .npy file") from error
    if held.ndim != 4 or held.shape[3] != 3 or held.dtype != np.uint8:
        raise UsageError(f"{path} holds no pictures", remedy="n x height x width x 3, bytes")
    with progress(said) as step:
        for place, one in enumerate(held):
            yield np.asarray(one)
            if place % 100 == 99:
                step(place + 1, len(held))
