"""The worker of `serve`: runs tasks (uploaded deliveries), follows the index, watches the drop folders."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from ipregister.web import bootstrap
from ipregister.web.options import Options, read

Duty = Callable[[Options, threading.Event], None]
"""A loop that runs in a thread of the worker until the event is set."""
_log = logging.getLogger("ipregister.worker")


def run(options: Options, duties: tuple[Duty, ...]) -> None:
    """Run the duties until SIGTERM or SIGINT, or until the process that started this one is gone."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    parent = os.getppid()
    threads = [threading.Thread(target=_kept_up, args=(duty, options, stopping)) for duty in duties]
    for thread in threads:
        thread.start()
    while not stopping.wait(1):
        if os.getppid() != parent:
            stopping.set()
    for thread in threads:
        thread.join()


def _kept_up(duty: Duty, options: Options, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            duty(options, stopping)
            return
        except Exception:
            _log.exception("%s failed; tried again in 5 s", duty.__name__)
            stopping.wait(5)


def main() -> None:
    """The worker process."""
    options = read(os.environ)
    bootstrap.setup(options)
    run(options, (_wait,))


def _wait(_options: Options, stopping: threading.Event) -> None:
    while not stopping.is_set():
        time.sleep(0.2)


if __name__ == "__main__":
    main()
