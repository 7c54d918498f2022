"""`ipregister serve`: web processes and one worker, started and stopped together.

Two programs, one after the other: `serve` brings the installation up to date, which only a program that may write
can do; then it gives way to `run`, whose Django has read the role and the hosts that were asked for. Web processes
are forks of it, and no fork reads its settings again.
"""

import gc
import logging
import os
import socket
import subprocess
import sys
import threading
from importlib import import_module
from typing import Any, NoReturn, get_args

import msgspec
from django.db import connections
from granian.constants import Interfaces
from granian.server import MPServer

from ipregister.model.errors import UsageError
from ipregister.store.processes import end_with_parent
from ipregister.web import bootstrap
from ipregister.web.options import Options, Role

ACCESS_LINE = "%(time)s %(method)s %(path)s %(status)d %(dt_ms).1f ms"
"""A line of the access log: no query string, no address of the reader."""
_LOG = {"formatters": {
    "generic": {"format": "[%(levelname)s] %(message)s"},
    "access": {"()": "ipregister.web.serving.LogLine", "fmt": "%(message)s"},
}}  # fmt: skip
STOPPING_S = 20
HIGHEST_PORT = 65_535
GARBAGE = 20_000
"""New objects of a web process after which cycles are looked for."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0
"""Seconds before a worker that died is started again: longer each time."""
_log = logging.getLogger("ipregister.web")


class LogLine(logging.Formatter):
    """A line of the log that stays one line, whatever a path holds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with control characters made visible."""
        text = super().format(record)
        if text.isprintable():
            return text
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def serve(options: Options, host: str = "", port: int = 0, role: str = "") -> NoReturn:
    """Serve until SIGINT or SIGTERM, as another program. Raises `UsageError` where the port is taken."""
    if role and role not in get_args(Role):
        raise UsageError(f"no role {role!r}", remedy=f"use one of {', '.join(get_args(Role))}")
    given = {"host": host or options.host, "port": port or options.port, "role": role or options.role}
    options = msgspec.structs.replace(options, **given)
    if options.host not in {"0.0.0.0", "::", *options.allowed_hosts}:  # noqa: S104 - compared, not bound
        options = msgspec.structs.replace(options, allowed_hosts=(*options.allowed_hosts, options.host))
    _check_port(options)
    bootstrap.init(msgspec.structs.replace(options, role="both"))
    connections.close_all()
    bootstrap.hand_down(options)
    os.execv(sys.executable, [sys.executable, "-m", "ipregister.web", "serve"])  # noqa: S606 - itself, no shell


def run(options: Options) -> None:
    """Serve with the options that Django was started with, until SIGINT or SIGTERM."""
    worker = Worker()
    worker.start()
    print(f"ipregister is at {options.address} (stop with Ctrl+C)", file=sys.stderr, flush=True)
    try:
        _web_server(options).serve(target_loader=_application)
    finally:
        worker.stop()


def _check_port(options: Options) -> None:
    if not 1 <= options.port <= HIGHEST_PORT:
        raise UsageError(f"no port {options.port}", remedy=f"choose one from 1 to {HIGHEST_PORT} with --port")
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(
                f"cannot listen on {options.host} port {options.port}: {reason}",
                remedy="choose another port with --port, or stop the program that uses it",
            ) from error


def _web_server(options: Options) -> MPServer:
    return MPServer(
        "ipregister.web.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=2,
        backpressure=64,
        log_access=True,
        log_access_format=ACCESS_LINE,
        log_dictconfig=_LOG,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING_S,
        websockets=False,
    )


def _application(target: str) -> Any:
    """The application of a web process, which leaves the group of the terminal: Ctrl+C is for `serve` alone.

    A web process that gets SIGINT from the terminal and SIGTERM from `serve` does not end by itself. It ends at once
    where `serve` was killed: it would hold the port, and nobody would stop it.
    """
    os.setpgid(0, 0)
    end_with_parent()
    module, _, name = target.partition(":")
    application = getattr(import_module(module), name)
    _collect_seldom()
    return application


def _collect_seldom() -> None:
    """What a process is made of stays; requests leave few cycles, and looking for them costs a tenth of a request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)


class Worker:
    """The worker process, started again where it dies before its time."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, name="worker watch", daemon=True)

    def start(self) -> None:
        """Start the process and the thread that watches it."""
        self._process = _start_worker()
        self._watch.start()

    def stop(self) -> None:
        """End the process: politely, then by force."""
        self._stopping.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOPPING_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.wait(pause):
            if self._process is None or self._process.poll() is None:
                continue
            _log.warning("the worker ended with %s and is started again", self._process.returncode)
            self._process = _start_worker()
            pause = min(LONGEST_PAUSE_S, pause * 2)


def _start_worker() -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "ipregister.web", "worker", str(os.getpid())]
    return subprocess.Popen(program, process_group=0)
