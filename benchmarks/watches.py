"""A thousand watches over a register: what a turn of the worker costs, and what a list of 100,000 numbers does.

    python -m benchmarks.watches --data FOLDER [--watches 1000] [--numbers 100000] [--changes 500]

The register is only read; watches are made in a service database of their own, in a temporary folder. All changes
count as released.
"""

import argparse
import datetime as dt
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.measuring import keep, own_rss_mb, say
from ipregister.web import bootstrap
from ipregister.web.options import Options

READ = ("register.sqlite3", "packs", "index", "names", "offices")
"""What of an installation is linked into the temporary folder."""


def measure(options: Options, watches: int, numbers: int, changes: int) -> dict[str, Any]:
    """Make the watches, hold the last changes against them."""
    from ipregister.model.offices import office
    from ipregister.model.publicity import public_record
    from ipregister.model.record import Record
    from ipregister.search.index import TantivyIndex
    from ipregister.search.similarity.shelf.folder import NameShelf
    from ipregister.search.similarity.trained import encoder, ranking
    from ipregister.store.register import Register
    from ipregister.store.upcast import decode
    from ipregister.watch.keeping import add_watch
    from ipregister.watch.kinds import Ground, Wanted
    from ipregister.watch.matching import match_all

    register = Register(packs=options.path("packs"))
    now = dt.datetime.now(dt.UTC)
    last = register.last_change()
    since = max(0, last - changes)
    shelf = NameShelf(options.path("names"), encoder(), ranking())

    def look(keys: Sequence[str]) -> list[tuple[str, Record]]:
        found = ((one.key, public_record(decode(one.body, one.schema), office(one.office), now.date()))
                 for one in register.current_bodies(keys))  # fmt: skip
        return [(key, record) for key, record in found if record is not None]

    ground = Ground(TantivyIndex(options.path("index")), shelf, look)

    def source(after: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        found = register.changes(after, limit)
        told = [{"change": one.number, "kind": "version", "key": one.key, "office": one.office, "right": one.right,
                 "address": one.key} for one in found]  # fmt: skip
        return told, found[-1].number if found else after

    told: dict[str, Any] = {"last_change": last, "changes": last - since, "watches": watches}
    start = time.process_time()
    listed = "\n".join(str(one) for one in range(numbers))
    add_watch("lists", "list", Wanted("numbers", listed), since, now)
    told["list_of"], told["list_cpu_s"] = numbers, round(time.process_time() - start, 2)
    told["turns"] = _turns(watches, since, lambda: match_all(ground, source, last))
    return told | {"memory_mb_peak": round(own_rss_mb())}


def _turns(watches: int, since: int, turn: Callable[[], int]) -> dict[str, Any]:
    """What a turn over the changes costs, with more and more watches, kind by kind."""
    from ipregister.watch.keeping import add_watch
    from ipregister.watch.kinds import Wanted

    turns: dict[str, Any] = {}
    for kind, text in (("numbers", "{n}"), ("query", "mark:{w}"), ("name", "{w}"), ("party", "{w} trading")):
        words = ("kafe", "lotus", "mekong", "silk", "tiger", "star", "gold", "river")
        for n in range(watches):
            word = words[n % len(words)] + ("" if n < len(words) else f" {n // len(words)}")
            wanted = Wanted(kind, text.format(n=f"{n}", w=word if kind != "query" else words[n % len(words)]))  # type: ignore[arg-type]
            add_watch(f"owner {kind} {n}", word, wanted, since, dt.datetime.now(dt.UTC))
        start = _cpu()
        new = turn()
        spent = _cpu() - start
        turns[kind] = {
            "cpu_s": round(spent, 2),
            "ms_a_watch": round(1000 * spent / watches, 2),
            "matches": new,
        }
        say(f"{kind}: {turns[kind]}")
    return turns


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    for name, usual in (("watches", 1_000), ("numbers", 100_000), ("changes", 500)):
        arguments.add_argument(f"--{name}", type=int, default=usual)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        folder.mkdir()
        for name in READ:
            source = given.data.absolute() / name
            if source.is_file():
                shutil.copyfile(source, folder / name)
            elif source.exists():
                (folder / name).symlink_to(source)
        options = Options(data=folder)
        bootstrap.init(options)
        found = measure(options, given.watches, given.numbers, given.changes)
    say(msgspec.json.encode(found).decode())
    keep("watches", found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
