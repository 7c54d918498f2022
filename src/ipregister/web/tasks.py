"""The tasks that the worker runs, and how the pages queue them."""

from django_tasks import task

from ipregister.portal.site import Loader
from ipregister.portal.staff import working
from ipregister.web.wiring import site


@task()
def load_upload(number: str) -> None:
    """Load a received delivery."""
    working.load_upload(site(), number)


@task()
def retry_quarantine(office: str, reason: str) -> None:
    """Read slices in quarantine anew."""
    working.retry_quarantine(site(), office, reason)


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
