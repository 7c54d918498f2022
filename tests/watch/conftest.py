"""An installation without records, a subscriber on loopback, and changes that are made up."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from ipregister.watch.source import Told
from ipregister.web.options import Options


class Subscriber:
    """A web server that takes webhooks. `behaviour` says for each request what it answers: a status, `drop` (the
    connection ends), `rubbish` (no HTTP)."""

    def __init__(self) -> None:
        self.behaviour: list[int | str] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.taken: list[dict[str, Any]] = []
        subscriber = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                subscriber.requests.append((dict(self.headers), body))
                answer = subscriber.behaviour.pop(0) if subscriber.behaviour else 200
                if answer == "drop":
                    return
                if answer == "rubbish":
                    self.wfile.write(b"\x00\x01 no answer \xff\r\n\r\n" * 20)
                    return
                if answer == 200:
                    subscriber.taken += json.loads(body)["changes"]
                self.send_response(int(answer))
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook?x=1"


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    """A subscriber that takes everything until it is told otherwise."""
    made = Subscriber()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


class MadeUp:
    """A source of changes that are made up: each of some keys in turn."""

    def __init__(self, last: int, keys: int = 3) -> None:
        self.last, self.keys = last, keys

    def __call__(self, since: int, limit: int, /) -> tuple[list[Told], int]:
        until = min(since + limit, self.last)
        return [self.told(number) for number in range(since + 1, until + 1)], until

    def told(self, number: int) -> Told:
        """One change."""
        return {"change": number, "kind": "version", "key": f"la-{number % self.keys}", "office": "LA" if number % 2 else "TH",
                "right": "trademark", "address": f"https://x/r/la-{number % self.keys}"}  # fmt: skip


@pytest.fixture
def service(sqlite_database: Options) -> Options:
    """This process works on an empty installation."""
    return sqlite_database
