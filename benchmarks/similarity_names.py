"""Similar names: how often they are found, by script and kind, and how fast among a million.

    python -m benchmarks.similarity_names found --folder FOLDER [--every 1]
    python -m benchmarks.similarity_names million --folder FOLDER [--names 1000000] [--copies]

FOLDER holds the open benchmark of names (words_docs.tsv, words_queries_dev.tsv, conf_queries_dev.tsv). `million`
makes names of the benchmark's: the real ones, two put together, and changed ones. With `--copies` the vectors of the
others are those of real names with a little chance, which takes a fifth of the time; a search costs the same.
"""

import argparse
import random
import resource
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import keep, quantile, say, workplace
from ipregister.commands.bench_names import score_names
from ipregister.search.similarity import trained
from ipregister.search.similarity.encoder.network import Encoder
from ipregister.search.similarity.names import Forms
from ipregister.search.similarity.search import similar_names
from ipregister.search.similarity.shelf.entry import Entry
from ipregister.search.similarity.shelf.folder import NameShelf
from ipregister.search.similarity.shelf.writer import ShelfWriter
from ipregister.search.similarity.trained import encoder, ranking
from scripts.name_confusions import change

P95_MS, NAMES_PER_CPU_S = 150.0, 1000.0
QUESTIONS = 200


def found(folder: Path, every: int) -> bool:
    """Scores with and without the trained weights."""
    rows = {}
    for label, with_weights in (("trained", True), ("untrained", False)):
        say(label)
        rows[label] = [{"benchmark": kind, **msgspec.to_builtins(one)}
                       for kind, one in score_names(folder, trained=with_weights, every=every)]  # fmt: skip
    keep("similarity_names", {"rows": rows, "every": every})
    return True


def _names(docs: list[list[str]], count: int) -> Iterator[Entry]:
    dice = random.Random(5)
    for number in range(count):
        doc = docs[number % len(docs)]
        name = doc[4]
        if number >= len(docs):
            other = dice.choice(docs)
            two = other[3] == doc[3] and dice.random() < 0.6
            name = f"{name.split()[0]} {other[4].split()[-1]}" if two else change(name, dice)[1]
        yield Entry(f"k{number}", name, "mark", "WO", (1 + number % 45,))


class Copies(Encoder):
    """Reads the first `real` names; the vectors of those after are copies of theirs with a little chance."""

    def __init__(self, path: Path, real: int) -> None:
        super().__init__(path)
        self._real, self._seen = real, 0
        self._table = np.zeros((real, self.width), np.float32)
        self._dice = np.random.default_rng(1)

    def vectors(self, names: Sequence[Forms]) -> NDArray[np.float32]:
        """As those of the reader."""
        places = np.arange(self._seen, self._seen + len(names))
        self._seen += len(names)
        first = int((places < self._real).sum())
        if first:
            self._table[places[:first]] = super().vectors(names[:first])
        made = self._table[places % self._real]
        made[first:] += self._dice.normal(0, 0.05, made[first:].shape).astype(np.float32)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def _build(docs: list[list[str]], count: int, place: Path, reader: Encoder | None) -> float:
    """Names a CPU second."""
    shutil.rmtree(place, ignore_errors=True)
    began = time.process_time()
    with ShelfWriter(place, reader) as writer:
        for number, entry in enumerate(_names(docs, count), 1):
            writer.put(entry.key, [entry])
            if number % 100_000 == 0 or number == count:
                writer.commit(number)
                say(f"{number} names")
    return count / (time.process_time() - began)


def million(folder: Path, count: int, *, copies: bool = False) -> bool:
    """Speed among many names. A shelf that is there already is asked as it is."""
    docs = [line.split("\t") for line in (folder / "words_docs.tsv").read_text(encoding="utf-8").splitlines()]
    asked = [line.split("\t")[4] for file in ("words", "conf")
             for line in (folder / f"{file}_queries_dev.tsv").read_text(encoding="utf-8").splitlines()]  # fmt: skip
    place = workplace() / f"names-{count}{'-copies' if copies else ''}"
    shelf, speed = NameShelf(place, encoder(), ranking()), None
    if shelf.change != count:
        reader = Copies(trained.folder() / "encoder.npz", len(docs)) if copies else encoder()
        speed = _build(docs, count, place, reader)
    times, cpu = [], []
    for name in random.Random(3).sample(asked, QUESTIONS + 10):
        began, before = time.perf_counter(), time.process_time()
        similar_names(shelf, name, limit=50)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - before) * 1000)
    size = sum(file.stat().st_size for file in place.rglob("*.npy")) / 1e6
    slowest = quantile(times[10:], 0.95)
    result = {"names": count, "made_of": "real names, two put together, changed ones" + (", their vectors copies of real ones" if copies else ""), "names_per_cpu_s": speed, "disk_mb": size, "p50_ms": quantile(times[10:], 0.5),
              "p95_ms": slowest, "p95_cpu_ms": quantile(cpu[10:], 0.95),
              "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip
    keep("similarity_million", result)
    say(str(result))
    return slowest < P95_MS and (speed is None or speed > NAMES_PER_CPU_S)


def main() -> int:
    """The command line; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    first, second = steps.add_parser("found"), steps.add_parser("million")
    for step in (first, second):
        step.add_argument("--folder", type=Path, required=True)
    first.add_argument("--every", type=int, default=1)
    second.add_argument("--names", type=int, default=1_000_000)
    second.add_argument("--copies", action="store_true")
    told = parser.parse_args()
    if told.step == "found":
        return 0 if found(told.folder, told.every) else 1
    return 0 if million(told.folder, told.names, copies=told.copies) else 1


if __name__ == "__main__":
    raise SystemExit(main())
