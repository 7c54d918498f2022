"""The worker of `serve` (imported once Django is started): runs tasks (uploaded deliveries), follows the index, watches the drop folders."""

import datetime as dt
import fcntl
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from ipregister.intake import conflicts, inbox, indexer, logos, names
from ipregister.model.offices import office
from ipregister.portal import clearing
from ipregister.portal.exports import asking
from ipregister.publication import switching
from ipregister.publication.completeness import keeping
from ipregister.publication.statistics import counting
from ipregister.search.similarity.trained import encoder
from ipregister.store.register import Register
from ipregister.web import mails, tasks, telling, wiring
from ipregister.web.options import Options

Duty = Callable[[Options, threading.Event], None]
"""A loop that runs in a thread of the worker until the event is set."""
RETRY_S, TASK_POLL_S, DISCARD_S, DECLARED_S, TELL_S, MAIL_S, SWITCHES_S = 5, 1, 600, 20, 2, 10, 30
ORPHAN_S = 20
"""Seconds that the duties have to end once the process that started this one is gone."""
COUNT_TURNS, GIVING_WAY = 30, 10
"""Every so many looks at the declarations it is looked at the register too: every ten minutes; how nice the worker is."""
_log = logging.getLogger("ipregister.worker")


def run(options: Options, duties: tuple[Duty, ...], parent: int) -> None:
    """Run the duties until SIGTERM or SIGINT, or until the process that started this one (its number) is gone.

    Nobody kills an orphan whose duties do not end in time, so it does it itself."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threads = [threading.Thread(target=_kept_up, args=(duty, options, stopping)) for duty in duties]
    for thread in threads:
        thread.start()
    while not stopping.wait(1):
        if os.getppid() != parent:
            stopping.set()
            _end_soon()
    for thread in threads:
        thread.join()


def _end_soon() -> None:
    timer = threading.Timer(ORPHAN_S, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _kept_up(duty: Duty, options: Options, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            duty(options, stopping)
            return
        except Exception:
            _log.exception("%s failed; tried again in %s s", duty.__name__, RETRY_S)
            close_old_connections()
            stopping.wait(RETRY_S)


def follow_index(options: Options, stopping: threading.Event) -> None:
    """Keep the index up to date."""
    indexer.follow(Register(packs=options.path("packs")), options.path("index"), stopping)


def follow_names(options: Options, stopping: threading.Event) -> None:
    """Keep the index of names up to date."""
    names.follow(Register(packs=options.path("packs")), options.path("names"), encoder(), stopping)


def follow_pictures(options: Options, stopping: threading.Event) -> None:
    """Keep the picture index up to date."""
    register = Register(packs=options.path("packs"))
    logos.follow(register, options.path("pictures"), stopping, refined=options.refine_pictures)


def count_statistics(options: Options, stopping: threading.Event) -> None:
    """Count statistics and ledgers anew, some minutes after the register changed, once a day, and soon after an
    office declared or signed something."""
    register = Register(packs=options.path("packs"))
    with _alone(options, "statistics.lock", stopping):
        for turn in count():
            codes = counting.counted_offices(register) if not stopping.is_set() else []
            for code in codes:
                if turn % COUNT_TURNS == 0 or keeping.is_redeclared(options.data, code):
                    keeping.refresh(register, options.data, office(code), dt.datetime.now(dt.UTC))
            if stopping.wait(DECLARED_S):
                return


def tell_of_changes(options: Options, stopping: threading.Event) -> None:
    """Hold changes against the watches, tell webhooks."""
    with _alone(options, "watch.lock", stopping):
        teller = telling.Teller(options)
        while not stopping.is_set():
            teller.turn()
            stopping.wait(TELL_S)


def send_mails(options: Options, stopping: threading.Event) -> None:
    """Send the mails of watches: beside all else, which never waits for a mail server."""
    with _alone(options, "mail.lock", stopping):
        mailing = mails.mailing(options, stopping.is_set)
        while not stopping.is_set():
            mailing.turn(dt.datetime.now(dt.UTC))
            stopping.wait(MAIL_S)


def tell_switches(options: Options, stopping: threading.Event) -> None:
    """Tell the records whose release switches changed among the changes."""
    register = Register(packs=options.path("packs"))
    with _alone(options, "switches.lock", stopping):
        while not stopping.is_set():
            switching.tell_switches(register, options.data, dt.datetime.now(dt.UTC))
            stopping.wait(SWITCHES_S)


def follow_conflicts(options: Options, stopping: threading.Event) -> None:
    """Keep the book of marks near indications up to date."""
    conflicts.follow(Register(packs=options.path("packs")), options.path("indications"), stopping)


def watch_inbox(options: Options, stopping: threading.Event) -> None:
    """Load what is put into the drop folders."""
    with _alone(options, "inbox.lock", stopping):
        register = Register(packs=options.path("packs"))
        folder, scratch = options.path("inbox"), options.path("uploads")
        for result in inbox.watch(register, folder, scratch=scratch, stopping=stopping):
            register.reported(result.id)
            _log.info("loaded %s: %s", result.name, result.line())


def run_tasks(options: Options, stopping: threading.Event) -> None:
    """Run the staff's queued tasks, one after another; what a crash cut off is queued again first."""
    with _alone(options, "tasks.lock", stopping):
        if not stopping.is_set():
            tasks.queue_unfinished()
            _work_on("default", stopping)


def run_public_tasks(options: Options, stopping: threading.Event) -> None:
    """Run what readers asked for, one after another, beside the staff's tasks."""
    with _alone(options, "public.lock", stopping):
        if not stopping.is_set():
            wiring.site().stopping = stopping.is_set
            tasks.queue_unfinished_exports()
            tasks.queue_unfinished_batches()
            _work_on(tasks.PUBLIC_QUEUE, stopping)


def _work_on(queue: str, stopping: threading.Event) -> None:
    worker = TaskWorker(
        queue_names=[queue], interval=TASK_POLL_S, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=f"{queue}-{os.getpid()}", excluded_queue_names=[],
    )  # fmt: skip
    while not stopping.is_set():
        worker.run()
        stopping.wait(TASK_POLL_S)


def discard_old_files(options: Options, stopping: threading.Event) -> None:
    """Delete what readers asked for when its time is over."""
    while not stopping.is_set():
        for discard in DISCARDED:
            discard(options.data)
        stopping.wait(DISCARD_S)


@contextmanager
def _alone(options: Options, name: str, stopping: threading.Event) -> Iterator[None]:
    """Wait until no other worker of this data folder does the same."""
    with options.path(name).open("a") as file:
        while not stopping.is_set():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                stopping.wait(RETRY_S)
        yield


DISCARDED: tuple[Callable[[Path], object], ...] = (asking.discard_old, clearing.discard_old)
"""What deletes old files of a data folder."""
PUBLIC_DUTIES: tuple[Duty, ...] = (
    follow_index,
    follow_names,
    follow_pictures,
    run_public_tasks,
    discard_old_files,
    count_statistics,
    tell_of_changes,
    send_mails,
)
"""What a worker does in the role `public`."""
DUTIES: tuple[Duty, ...] = (*PUBLIC_DUTIES, run_tasks, watch_inbox, follow_conflicts, tell_switches)
"""What a worker does."""


def main(options: Options, parent: int) -> None:
    """The worker of the process `parent`. It gives way to the pages: a new index of names takes both processors for
    many minutes."""
    os.nice(GIVING_WAY)
    run(options, DUTIES if options.role != "public" else PUBLIC_DUTIES, parent)
