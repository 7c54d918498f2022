"""The API through the real server with 16 clients: records by key, and searches.

    python -m benchmarks.api --data FOLDER [--clients 16] [--seconds 20]

Each client is a thread with one connection in a closed loop without pauses; server and clients share the machine's cores.
First all clients ask for records, then all for searches (words, prefixes, classes, with all facets), each time different
ones. Quotas are switched off. The data folder needs release switches that let records go out.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import measuring
from benchmarks.http import CLASSES, WORDS, server
from benchmarks.measuring import quantile, say

Walk = Callable[[int], Iterator[str]]


def keys_of(port: int, most: int = 20_000) -> list[str]:
    """Keys of records in the order of the register."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    keys: list[str] = []
    after: str | None = ""
    while after is not None and len(keys) < most:
        connection.request("GET", f"/api/v1/records?limit=1000&after={urllib.parse.quote(after)}")
        page = json.loads(connection.getresponse().read())
        keys += [one["key"] for one in page["records"]]
        after = page["next"]
    connection.close()
    return keys


def records(keys: list[str]) -> Walk:
    """An endless walk over records."""

    def walk(seed: int) -> Iterator[str]:
        chance = random.Random(seed)
        while True:
            yield f"/api/v1/records/{chance.choice(keys)}"

    return walk


def searches(facets: str) -> Walk:
    """An endless walk over searches."""

    def walk(seed: int) -> Iterator[str]:
        chance = random.Random(seed)
        for turn in itertools.count():
            word, number = chance.choice(WORDS), chance.choice(CLASSES)
            query = (f"{word} class:{number}", f"{word[:3]}* year:{chance.randrange(2006, 2026)}",
                     f"owner:{word} OR goods:{chance.choice(WORDS)}")[turn % 3]  # fmt: skip
            yield f"/api/v1/search?facets={facets}&q={urllib.parse.quote(query)}"

    return walk


def client(port: int, walk: Iterator[str], until: float, times: list[float], failed: list[str]) -> None:
    """Ask until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until:
        path = next(walk)
        begun = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status != 200:
            failed.append(f"{answer.status} {path}")
    connection.close()


def measure(port: int, walk: Walk, clients: int, seconds: float) -> dict[str, Any]:
    """Run the clients; their times in milliseconds."""
    times: list[float] = []
    failed: list[str] = []
    client(port, walk(0), time.perf_counter() + 2, [], [])  # warm
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=client, args=(port, walk(seed), until, times, failed))
               for seed in range(1, clients + 1)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {f"p{int(100 * share)}_ms": quantile(times, share) for share in (0.5, 0.95, 0.99)}
    return {"requests": len(times), "requests_per_s": len(times) / seconds, **told, "failed": len(failed),
            "examples_of_failures": failed[:3]}  # fmt: skip


def main() -> int:
    """Measure and report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--clients", type=int, default=16)
    arguments.add_argument("--seconds", type=float, default=20)
    given = arguments.parse_args()
    os.environ["IPREGISTER_ANONYMOUS_PER_MINUTE"] = "0"
    result: dict[str, Any] = {"clients": given.clients, "loop": "closed, clients on the server's machine"}
    with server(given.data) as port:
        keys = keys_of(port)
        walks = {
            "record": records(keys),
            "search": searches("all"),
            "search without facets": searches("none"),
        }
        for name, walk in walks.items():
            result[name] = measure(port, walk, given.clients, min(given.seconds, 120))
            say(f"{name}: p95 {result[name]['p95_ms']:.0f} ms, {result[name]['requests_per_s']:.0f} a second")
    measuring.keep("api", result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
