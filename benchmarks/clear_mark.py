"""Clear a mark: how long a report takes on a register, from the question to the hits with their records.

    python -m benchmarks.clear_mark --data FOLDER [--questions 60] [--pictures 20]

FOLDER is a data folder whose indexes of names (and of pictures) are made. The names asked for are drawn from the
index, so that each has hits; pictures are drawn from the records found. Each kind of question is timed warm: the
delays of publication of the offices are measured once before, as a web process does. CPU time is told beside the
wall's, since other work on the machine lengthens only that.
"""

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import keep, quantile, say
from ipregister.desk.clearance import Question, Report, clear, written
from ipregister.desk.clearance_paper import paper
from ipregister.desk.clearance_sheet import sheet
from ipregister.desk.name_batches import HITS_EACH
from ipregister.model.errors import NotFound
from ipregister.web import bootstrap
from ipregister.web.options import Options

LIMIT_MS = 1000.0
GOODS = "coffee and tea; cafés"
SEED, WARM = 11, 3
Asked = tuple[Question, tuple[bytes, ...]]
Site = Any
"""`ipregister.portal.site.Site`, which can be imported once Django is started."""


def _names(site: Site, count: int) -> list[tuple[str, tuple[int, ...]]]:
    """Names of the index with the classes of their records."""
    segments, dice = [segment for segment, _alive in site.shelf().segments()], random.Random(SEED)
    weights = [segment.total for segment in segments]
    drawn = dice.choices(segments, weights, k=count)
    entries = [segment.entry(dice.randrange(segment.total))[0] for segment in drawn]
    return [(entry.name, entry.classes[:2]) for entry in entries]


def _pictures(site: Site, reports: Sequence[Report], count: int) -> list[bytes]:
    from ipregister.portal.pictures import images_of

    found: list[bytes] = []
    for key in dict.fromkeys(hit.key for report in reports for hit in report.hits):
        try:
            found += images_of(site, key)[:1]
        except NotFound:
            continue
        if len(found) >= count:
            break
    return found


def _timed(site: Site, asked: Sequence[Asked]) -> tuple[dict[str, float], list[Report]]:
    from ipregister.portal.clearance_ground import surroundings

    wall, cpu, reports = [], [], []
    for question, images in (*asked[:WARM], *asked):
        began, used = time.perf_counter(), time.process_time()
        reports.append(clear(question, images, surroundings(site, question.offices)))
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - used))
    wall, cpu, reports = wall[WARM:], cpu[WARM:], reports[WARM:]
    return {"questions": len(wall), "p50_ms": quantile(wall, 0.5), "p95_ms": quantile(wall, 0.95),
            "cpu_p50_ms": quantile(cpu, 0.5), "cpu_p95_ms": quantile(cpu, 0.95),
            "hits": sum(len(report.hits) for report in reports) / max(1, len(reports))}, reports  # fmt: skip


def _file_ms(make: Callable[[Report], bytes], reports: Sequence[Report]) -> float:
    began = time.process_time()
    for report in reports:
        make(report)
    return 1000 * (time.process_time() - began) / max(1, len(reports))


def measure(site: Site, count: int, pictures: int) -> dict[str, object]:
    """The figures of each kind of question, and of writing a report."""
    from ipregister.portal.clearance_ground import surroundings

    began = time.process_time()
    surroundings(site)
    first = time.process_time() - began
    names = _names(site, count)
    spellings = [tuple(name for name, _classes in names[at : at + 3]) for at in range(0, count - 2, 3)]
    kinds: dict[str, list[Asked]] = {
        "a word": [(Question(names=(name,)), ()) for name, _classes in names],
        "a word and goods": [
            (Question(names=(name,), classes=classes, goods=GOODS), ()) for name, classes in names
        ],
        "three spellings and goods": [(Question(names=three, goods=GOODS), ()) for three in spellings],
        "a word of a list": [(Question(names=(name,), limit=HITS_EACH), ()) for name, _classes in names],
    }
    figures: dict[str, dict[str, float]] = {}
    reports: list[Report] = []
    for kind, asked in kinds.items():
        figures[kind], made = _timed(site, asked)
        reports = reports or made
        say(f"{kind}: {figures[kind]}")
    if surroundings(site).pictures and (found := _pictures(site, reports, pictures)):
        with_picture = [(Question(names=(name,), classes=classes, goods=GOODS), (image,))
                        for (name, classes), image in zip(names, found, strict=False)]  # fmt: skip
        figures["a word, goods and a picture"], _made = _timed(site, with_picture)
        say(f"with a picture: {figures['a word, goods and a picture']}")
    some = sorted(reports, key=lambda report: -len(report.hits))[:5]
    files = {
        "json": _file_ms(written, some),
        "xlsx": _file_ms(lambda one: sheet([one]), some),
        "pdf": _file_ms(paper, some),
    }
    return {"kinds": figures, "first_cpu_s": first, "file_cpu_ms": files}


def main() -> int:
    """Measure, keep the figures, and say by the exit code whether every p95 is within the limit."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--questions", type=int, default=60)
    arguments.add_argument("--pictures", type=int, default=20)
    given = arguments.parse_args()
    bootstrap.setup(Options(data=given.data))
    from ipregister.web.wiring import site_of

    site = site_of(Options(data=given.data))
    result = measure(site, given.questions, given.pictures)
    records = sum(count for _office, _right, count, _gone in site.register.counts())
    names = sum(segment.total for segment, _alive in site.shelf().segments())
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    keep("clear_mark", {"records": records, "names": names, "rss_mb": largest, **result})
    kinds = result["kinds"]
    return 0 if isinstance(kinds, dict) and all(one["p95_ms"] <= LIMIT_MS for one in kinds.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
