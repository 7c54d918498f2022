"""The tasks that the worker runs, and how the pages queue them."""

from django_tasks import task

from ipregister.portal import clearing
from ipregister.portal.exports import asking, making
from ipregister.portal.site import Loader
from ipregister.portal.staff import working
from ipregister.web.wiring import site

PUBLIC_QUEUE = "public"
"""The queue of what readers ask for; it is worked on in every role."""


@task()
def load_upload(number: str) -> None:
    """Load a received delivery."""
    working.load_upload(site(), number)


@task()
def retry_quarantine(office: str, reason: str) -> None:
    """Read slices in quarantine anew."""
    working.retry_quarantine(site(), office, reason)


@task(queue_name=PUBLIC_QUEUE)
def make_export(number: str) -> None:
    """Make the file of a whole result set. The id is all that the queue knows of the query."""
    making.make(site(), number)


def queue_export(number: str) -> None:
    """Queue an export; given to the site by `urls`."""
    make_export.enqueue(number)


@task(queue_name=PUBLIC_QUEUE)
def clear_batch(number: str) -> None:
    """Clear the names of a list. The number is all that the queue knows of them."""
    clearing.work(site(), number)


def queue_batch(number: str) -> None:
    """Queue a list of names; given to the site by `urls`."""
    clear_batch.enqueue(number)


def _queue_load(number: str) -> None:
    load_upload.enqueue(number)


def _queue_retry(office: str, reason: str) -> None:
    retry_quarantine.enqueue(office, reason)


LOADER = Loader(load=_queue_load, retry=_queue_retry)
"""Given to the site by `urls`."""


def queue_unfinished() -> None:
    """Queue what waits, and what a crash of the worker cut off. Loading goes on where it stopped."""
    for number in working.unfinished():
        load_upload.enqueue(number)


def queue_unfinished_exports() -> None:
    """Queue the exports that wait, and those that a crash cut off: they go on where they stopped."""
    for number in asking.unfinished(site().data):
        make_export.enqueue(number)


def queue_unfinished_batches() -> None:
    """Queue the lists of names that wait, and those that a crash cut off."""
    for number in clearing.batches_of(site()).waiting():
        clear_batch.enqueue(number)
