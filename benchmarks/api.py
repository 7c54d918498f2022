"""The API through the real server with 16 clients: records by key, and searches.

    python -m benchmarks.api --data FOLDER [--clients 16] [--seconds 20]

Each client is one connection in a closed loop without pauses; server and clients share the machine's cores, and the
clients' own share of them is told. First all clients ask for records, then all for searches (words, prefixes, classes,
with all facets), at random; told is how many of the requests were different. The server keeps no answers. Quotas are
switched off. The data folder needs release switches that let records go out.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import re
import selectors
import socket
import sys
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


def searches(facets: str, *, different: bool = False) -> Walk:
    """An endless walk over searches; `different`: each leaves out a word that no record has, another every time."""

    def walk(seed: int) -> Iterator[str]:
        chance = random.Random(seed)
        for turn in itertools.count():
            word, number = chance.choice(WORDS), chance.choice(CLASSES)
            query = (f"{word} class:{number}", f"{word[:3]}* year:{chance.randrange(2006, 2026)}",
                     f"owner:{word} OR goods:{chance.choice(WORDS)}")[turn % 3]  # fmt: skip
            query = f"({query}) NOT owner:zq{seed}x{turn}" if different else query
            yield f"/api/v1/search?facets={facets}&q={urllib.parse.quote(query)}"

    return walk


class Client:
    """One connection in a closed loop: it asks for the next as soon as it has the last answer."""

    def __init__(self, port: int, walk: Iterator[str]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._walk = walk
        self._head = f" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        self.path, self.begun, self._got, self._wanted = "", 0.0, bytearray(), 0

    def ask(self) -> None:
        """Send the next request."""
        self.path, self._wanted = next(self._walk), 0
        self._got.clear()
        self.begun = time.perf_counter()
        self.socket.sendall(f"GET {self.path}{self._head}".encode())

    def read(self) -> int:
        """Take what has come; the status of the answer once it is whole, else 0. Raises `EOFError` at the end."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise EOFError(self.path)
        self._got += part
        if not self._wanted:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return 0
            length = re.search(rb"(?i)\ncontent-length: *([0-9]+)", self._got[:end])
            if length is None:
                raise EOFError(f"no length of the answer to {self.path}")
            self._wanted = end + 4 + int(length[1])
        return int(self._got[9:12]) if len(self._got) >= self._wanted else 0


def loop(clients: list[Client], until: float, times: list[float], failed: list[str], asked: set[str]) -> None:
    """Let the clients ask until the time is over. One thread serves them all, so that they leave the cores to the
    server; a time is taken from sending to the last byte."""
    with selectors.DefaultSelector() as waiting:
        for one in clients:
            waiting.register(one.socket, selectors.EVENT_READ, one)
            one.ask()
        left = len(clients)
        while left:
            for ready, _ in waiting.select(30):
                one = ready.data
                if not (status := one.read()):
                    continue
                now = time.perf_counter()
                times.append(1000 * (now - one.begun))
                asked.add(one.path)
                if status != 200:
                    failed.append(f"{status} {one.path}")
                if now < until:
                    one.ask()
                else:
                    waiting.unregister(one.socket)
                    left -= 1


def measure(port: int, walk: Walk, clients: int, seconds: float) -> dict[str, Any]:
    """Run the clients; their times in milliseconds."""
    times: list[float] = []
    failed: list[str] = []
    asked: set[str] = set()
    for seed, span in ((0, 2.0), (1, seconds)):  # the first is to warm up
        for seen in (times, failed):
            seen.clear()
        asked.clear()
        opened = [Client(port, walk(1000 * seed + number)) for number in range(clients)]
        spent = time.process_time()
        loop(opened, time.perf_counter() + span, times, failed, asked)
        spent = time.process_time() - spent
        for one in opened:
            one.socket.close()
    told = {f"p{int(100 * share)}_ms": quantile(times, share) for share in (0.5, 0.95, 0.99)}
    return {"requests": len(times), "different": len(asked), "requests_per_s": len(times) / seconds, **told,
            "clients_cpu_ms": 1000 * spent / len(times), "failed": len(failed),
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
            "search, each different": searches("all", different=True),
            "search without facets": searches("none"),
        }
        for name, walk in walks.items():
            result[name] = measure(port, walk, given.clients, min(given.seconds, 120))
            say(f"{name}: p95 {result[name]['p95_ms']:.0f} ms, {result[name]['requests_per_s']:.0f} a second")
    measuring.keep("api", result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
