"""Similar names: how often they are found, by script and kind, and how fast among a million.

    python -m benchmarks.similarity_names found --folder FOLDER [--every 1]
    python -m benchmarks.similarity_names million --folder FOLDER [--names 1000000]

FOLDER holds the open benchmark of names (words_docs.tsv, words_queries_dev.tsv, conf_queries_dev.tsv). `million`
makes names of the benchmark's: the real ones, two put together, and changed ones.
"""

import argparse
import random
import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.measuring import keep, quantile, say, workplace
from ipregister.commands.bench_names import score_names
from ipregister.search.similarity.encoder.network import Encoder
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
    for label, trained in (("trained", True), ("untrained", False)):
        say(label)
        rows[label] = [{"benchmark": kind, **msgspec.to_builtins(one)}
                       for kind, one in score_names(folder, trained=trained, every=every)]  # fmt: skip
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


def million(folder: Path, count: int) -> bool:
    """Speed among many names."""
    docs = [line.split("\t") for line in (folder / "words_docs.tsv").read_text(encoding="utf-8").splitlines()]
    asked = [line.split("\t")[4] for file in ("words", "conf")
             for line in (folder / f"{file}_queries_dev.tsv").read_text(encoding="utf-8").splitlines()]  # fmt: skip
    place = workplace() / f"names-{count}"
    speed = _build(docs, count, place, encoder())
    shelf = NameShelf(place, encoder(), ranking())
    times, cpu = [], []
    for name in random.Random(3).sample(asked, QUESTIONS + 10):
        began, before = time.perf_counter(), time.process_time()
        similar_names(shelf, name, limit=50)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - before) * 1000)
    size = sum(file.stat().st_size for file in place.rglob("*.npy")) / 1e6
    slowest = quantile(times[10:], 0.95)
    result = {"names": count, "made_of": "real names, two put together, changed ones", "names_per_cpu_s": speed, "disk_mb": size, "p50_ms": quantile(times[10:], 0.5),
              "p95_ms": slowest, "p95_cpu_ms": quantile(cpu[10:], 0.95),
              "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip
    keep("similarity_million", result)
    say(str(result))
    return slowest < P95_MS and speed > NAMES_PER_CPU_S


def main() -> int:
    """The command line; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    first, second = steps.add_parser("found"), steps.add_parser("million")
    for step in (first, second):
        step.add_argument("--folder", type=Path, required=True)
    first.add_argument("--every", type=int, default=1)
    second.add_argument("--names", type=int, default=1_000_000)
    told = parser.parse_args()
    return (
        0
        if (found(told.folder, told.every) if told.step == "found" else million(told.folder, told.names))
        else 1
    )


if __name__ == "__main__":
    raise SystemExit(main())
