"""Pages through the real server: time to the whole first page, with closed-loop clients on the same machine.

    python -m benchmarks.http --data FOLDER [--clients 8] [--seconds 20]

Starts `ipregister serve` on loopback. Each client is a thread with one connection that asks for the next page as soon as
it has the last one (closed loop, no pause), in turns over home, searches, records and an office page; different
searches and records each time, so that nothing is answered from a cache of whole pages. Server and clients share the
machine's cores. Bounded by time; stops by itself.
"""

import argparse
import gzip
import http.client
import itertools
import json
import random
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import measuring
from benchmarks.measuring import quantile, say

WORDS = "lotus river silver gold star tiger crystal pearl mountain ocean coffee rice silk".split()
CLASSES = range(1, 46)
OFFICES = ("LA", "KH", "TH", "VN", "ID", "MY", "PH", "SG", "KZ", "BN", "WO")
Page = tuple[str, str]
"""A kind of page and its address."""


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """One request on an open connection; the body as it came, compressed."""
    connection.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return answer.status, answer.read()


@contextmanager
def server(data: Path) -> Iterator[int]:
    """The real server over a data folder; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([measuring.program(), "--data", str(data), "serve", "--port", str(port)],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(600):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                if ask(connection, "/health")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
            finally:
                connection.close()
        yield port
    finally:
        process.terminate()
        process.wait(40)


def keys_of(port: int) -> list[str]:
    """Keys of records that searches find."""
    connection, keys = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for number in CLASSES:
        query = urllib.parse.quote(f"class:{number}")
        status, body = ask(connection, f"/search?q={query}&format=json")
        told = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        keys += [hit["key"] for hit in json.loads(told)["hits"]] if status == 200 else []
    connection.close()
    return keys


def pages(keys: list[str], seed: int) -> Iterator[Page]:
    """An endless walk over kinds of pages."""
    chance = random.Random(seed)
    for turn in itertools.count():
        word = chance.choice(WORDS)
        match turn % 5:
            case 0:
                yield "home", "/"
            case 1:
                query = f"{word} class:{chance.choice(CLASSES)}"
                yield "search", f"/search?q={urllib.parse.quote(query)}"
            case 2:
                query = f"{word[:3]}* year:{chance.randrange(2006, 2026)}"
                yield "search by prefix", f"/search?q={urllib.parse.quote(query)}"
            case 3:
                yield "record", f"/r/{chance.choice(keys)}"
            case _:
                yield "office", f"/office/{chance.choice(OFFICES)}"


def client(
    port: int, walk: Iterator[Page], until: float, seen: dict[str, list[float]], failed: list[str]
) -> None:
    """Ask page after page until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until:
        kind, path = next(walk)
        begun = time.perf_counter()
        status, _ = ask(connection, path)
        seen[kind].append(time.perf_counter() - begun)
        if status != 200:
            failed.append(f"{status} {path}")
    connection.close()


def measure(port: int, clients: int, seconds: float) -> dict[str, Any]:
    """Run the clients; the times per kind of page in milliseconds."""
    keys = keys_of(port)
    seen: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    client(port, pages(keys, 0), time.perf_counter() + 2, defaultdict(list), [])  # warm
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=client, args=(port, pages(keys, seed), until, seen, failed))
               for seed in range(1, clients + 1)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = {kind: _row(times) for kind, times in sorted(seen.items())}
    rows["all"] = _row([one for times in seen.values() for one in times])
    return {"rows": rows, "failed": len(failed), "examples_of_failures": failed[:3],
            "requests_per_s": rows["all"]["requests"] / seconds}  # fmt: skip


def _row(times: list[float]) -> dict[str, float]:
    milliseconds = [1000 * one for one in times]
    return {
        "requests": len(times),
        **{f"p{int(100 * q)}_ms": quantile(milliseconds, q) for q in (0.5, 0.95, 0.99)},
    }


def main() -> int:
    """Measure and report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--clients", type=int, default=8)
    arguments.add_argument("--seconds", type=float, default=20)
    given = arguments.parse_args()
    with server(given.data) as port:
        say(f"{given.clients} clients for {given.seconds} s on port {port}")
        result = measure(port, given.clients, min(given.seconds, 300))
    measuring.keep(
        "http", {"clients": given.clients, "loop": "closed, clients on the server's machine", **result}
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
