"""One HTTP request, within a time that holds for all of it: connection, TLS, what is sent, what is answered.

Of the answer the status alone counts. Each step waits only for as long as is left, however slowly bytes come.
"""

import re
import socket
import ssl
import time
from urllib.parse import quote

from ipregister.watch.addresses import Target

MOST_HEAD, MOST_REST = 16_384, 4096
"""Bytes of an answer that are looked at for its status, and that are taken in politely behind it."""
REST_S = 1.0
"""So long the rest of an answer is waited for, once its status is known."""
_PIECE = 2048
_PLAIN = "/?:@!$&'()*+,;=%~-._[]"
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r?\n")
_END = re.compile(rb"\r?\n\r?\n")


class Clock:
    """What is left of a time."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises `TimeoutError` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def post(place: Target, headers: dict[str, str], body: bytes, seconds: float) -> int:
    """Post a body to the address that was looked up, asking for the host that was named; the status of the answer.

    Raises `OSError` (`TimeoutError` when the time is over) and `ValueError` where the answer is no HTTP."""
    clock = Clock(seconds)
    connection = _connected(place, clock)
    try:
        connection = _secured(connection, place, clock)
        _send(connection, _head(place, headers, len(body)) + body, clock)
        status = _status(connection, clock)
        _take_rest(connection, min(REST_S, clock.left()))
    finally:
        connection.close()
    return status


def _connected(place: Target, clock: Clock) -> socket.socket:
    return socket.create_connection((place.ip, place.port), timeout=clock.left())


def _secured(connection: socket.socket, place: Target, clock: Clock) -> socket.socket:
    if place.scheme != "https":
        return connection
    connection.settimeout(clock.left())
    context = ssl.create_default_context()
    return context.wrap_socket(connection, server_hostname=place.host)


def _head(place: Target, headers: dict[str, str], length: int) -> bytes:
    host = f"[{place.host}]" if ":" in place.host else place.host
    lines = [f"POST {quote(place.path, safe=_PLAIN)} HTTP/1.1", f"Host: {host}:{place.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {length}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii")


def _send(connection: socket.socket, content: bytes, clock: Clock) -> None:
    view = memoryview(content)
    while view:
        connection.settimeout(clock.left())
        view = view[connection.send(view) :]


def _status(connection: socket.socket, clock: Clock) -> int:
    """The status of the answer; those that only tell that it is still to come (1xx) are passed over."""
    got = b""
    while len(got) < MOST_HEAD:
        connection.settimeout(clock.left())
        piece = connection.recv(_PIECE)
        if not piece:
            raise ConnectionError("the connection ended without an answer")
        got += piece
        while (found := _STATUS.match(got)) and found[1].startswith(b"1"):
            end = _END.search(got)
            if end is None:
                break
            got = got[end.end() :]
        if found and not found[1].startswith(b"1"):
            return int(found[1])
        if not found and b"\n" in got:
            break
    raise ValueError("the answer is no HTTP")


def _take_rest(connection: socket.socket, seconds: float) -> None:
    """Let the other side end what it says, so that it meets no broken connection; not for long."""
    clock, count = Clock(seconds), 0
    try:
        while count < MOST_REST:
            connection.settimeout(clock.left())
            piece = connection.recv(_PIECE)
            if not piece:
                return
            count += len(piece)
    except OSError:
        return
