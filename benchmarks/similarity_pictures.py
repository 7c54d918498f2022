"""Pictures: the speed of both stages of the index, and of a search by picture among many.

    python -m benchmarks.similarity_pictures --corpus C.npy --queries Q.npy [--pictures 300000] [--real 400]

The first pictures of C (n x height x width x 3 bytes) are looked at; the rest are copies of their vectors with a
little chance added, each with a word drawn by chance. The searched pictures are files: they are decoded in the
child process, looked at, compared. Then each stage is timed by itself.
"""

import argparse
import io
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.measuring import keep, quantile, say, workplace
from ipregister.search.similarity.pictures import ranking, views
from ipregister.search.similarity.pictures.letters import Reader
from ipregister.search.similarity.pictures.models import Models, unit
from ipregister.search.similarity.pictures.rows import Seen, look
from ipregister.search.similarity.pictures.similar import PictureIndex, similar_pictures, similar_views
from ipregister.search.similarity.pictures.storage import Shown, Storage
from ipregister.search.similarity.pictures.wanted import Wanted

P95_MS, FIRST_PER_CPU_S, SECOND_PER_CPU_S = 300.0, 50.0, 6.0
JITTER, TOGETHER = 0.03, 2_000
QUERIES, WARM = 60, 5
LETTERS = "aaabcdeeefghijklmnoooprstuuvyz"


def _png(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    held = io.BytesIO()
    Image.fromarray(pixels).save(held, "PNG")
    return held.getvalue()


def _stages(corpus: Path, real: int) -> tuple[list[Seen], dict[str, float]]:
    """The first pictures looked at, and pictures a CPU second of both stages."""
    pictures = np.load(corpus, mmap_mode="r")[:real]
    plain, models, reader = Models(network=False), Models(), Reader()
    began = time.process_time()
    for one in pictures:
        look(np.asarray(one), plain)
    middle = time.process_time()
    seen = [look(np.asarray(one), models, reader) for one in pictures]
    ended = time.process_time()
    return seen, {"first_per_cpu_s": real / (middle - began), "second_per_cpu_s": real / (ended - middle)}


def _copy(one: Seen, dice: np.random.Generator) -> Seen:
    network = one.network if one.network is not None else np.zeros((len(one.views), 256), np.float32)
    edges = one.edges + dice.normal(0, JITTER, one.edges.shape).astype(np.float32)
    wide = network + dice.normal(0, JITTER, network.shape).astype(np.float32)
    word = "".join(dice.choice(list(LETTERS), dice.integers(3, 13)))
    return Seen(one.views, unit(edges), unit(wide), (word,))


def _build(place: Path, seen: list[Seen], count: int) -> None:
    shutil.rmtree(place, ignore_errors=True)
    storage, dice = Storage(place), np.random.default_rng(3)
    storage.begin()
    for start in range(0, count, TOGETHER):
        numbers = range(start, min(count, start + TOGETHER))
        part = [
            (f"{n:064x}", seen[n] if n < len(seen) else _copy(seen[n % len(seen)], dice), "") for n in numbers
        ]
        with storage.writing() as database:
            for number in storage.append(database, part):
                storage.say(database, Shown(f"wo-{number}", "WO", (number,), (str(1 + number % 45),)))
        if start % 50_000 < TOGETHER:
            say(f"{start} pictures")
    storage.close()


def _searches(place: Path, queries: Path) -> dict[str, Any]:
    index = PictureIndex(place)
    pictures = np.load(queries, mmap_mode="r")
    chosen = [
        _png(np.asarray(pictures[at])) for at in np.linspace(0, len(pictures) - 1, QUERIES + WARM).astype(int)
    ]
    whole = _timed(chosen, lambda one: similar_pictures(index, [one], limit=50))
    stages = _stage_times(index, chosen)
    index.close()
    return whole | {"stages": [{"stage": name, **told} for name, told in stages.items()]}


def _timed(given: list[Any], done: Callable[[Any], Any]) -> dict[str, Any]:
    """Milliseconds of wall and of this process's processor time, at the middle and at 95 of 100."""
    times, cpu = [], []
    for one in given:
        began, before = time.perf_counter(), time.process_time()
        done(one)
        times.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - before))
    return {"p50_ms": quantile(times[WARM:], 0.5), "p95_ms": quantile(times[WARM:], 0.95),
            "p50_cpu_ms": quantile(cpu[WARM:], 0.5), "p95_cpu_ms": quantile(cpu[WARM:], 0.95)}  # fmt: skip


def _stage_times(index: PictureIndex, files: list[bytes]) -> dict[str, dict[str, Any]]:
    """The same of each stage of a search by itself."""
    pixels = [index.pixels(one) for one in files]
    found = [views.searched(one) for one in pixels]
    fields = [np.stack([view.field for view in one]) for one in found if one]
    plain = [
        np.stack([v.field for v in one if v.kind not in (views.MIRRORED, views.TURNED)])
        for one in found
        if one
    ]
    seen = [index.seen(one) for one in pixels]
    rows = index.storage.rows()
    costs = [np.array([view.cost for view in one.views], np.float32) for one in seen]
    chosen = [Wanted(classes=(str(1 + place % 45),)) for place in range(len(seen))]
    return {
        "decoding, in the child process": _timed(files, index.pixels),
        "views": _timed(pixels, views.searched),
        "letters": _timed(list(zip(pixels, found, strict=True)), lambda one: index.reader.read(*one)),
        "cheap vectors": _timed(fields, index.models.edges),
        "network": _timed(plain, index.models.network),
        "first look at all rows": _timed(
            list(zip(seen, costs, strict=True)), lambda one: ranking._first_look(rows, *one)
        ),
        "whole comparison": _timed(seen, lambda one: ranking.compare(rows, one, 200)),
        "comparison and records": _timed(seen, lambda one: similar_views(index, [one], limit=50)),
        "the same, of one class": _timed(
            list(zip(seen, chosen, strict=True)),
            lambda one: similar_views(index, [one[0]], wanted=one[1], limit=50),
        ),
    }


def main() -> int:
    """The command line; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--pictures", type=int, default=300_000)
    parser.add_argument("--real", type=int, default=400)
    told = parser.parse_args()
    place = workplace() / f"pictures-{told.pictures}"
    seen, speeds = _stages(told.corpus, told.real)
    result: dict[str, Any] = dict(speeds)
    _build(place, seen, told.pictures)
    result |= {"pictures": told.pictures, "rows": told.pictures * sum(len(s.views) for s in seen) / len(seen)}
    result |= _searches(place, told.queries)
    result["disk_mb"] = sum(file.stat().st_size for file in place.iterdir()) / 1e6
    result["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shutil.rmtree(place, ignore_errors=True)
    keep("similarity_pictures", result)
    say(str(result))
    met = result["p95_ms"] < P95_MS and result["first_per_cpu_s"] > FIRST_PER_CPU_S
    return 0 if met and result["second_per_cpu_s"] > SECOND_PER_CPU_S else 1


if __name__ == "__main__":
    raise SystemExit(main())
