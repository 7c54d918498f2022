"""What the worker does for the staff pages: load an upload, retry a quarantine."""

import logging

from django.db import close_old_connections

from ipregister.intake.dating import DayAhead, DayUntold
from ipregister.intake.loading import LoadResult, load
from ipregister.intake.rereading import retry
from ipregister.intake.waiting import settled
from ipregister.model.errors import RegisterError
from ipregister.model.offices import office
from ipregister.portal.models import Upload
from ipregister.portal.site import Site
from ipregister.portal.staff.audit import note
from ipregister.portal.staff.receiving import delivered, discard

_log = logging.getLogger("ipregister.worker")


def load_upload(site: Site, number: str) -> None:
    """Load a received delivery and write down what became of it. Safe to repeat after a crash."""
    upload = Upload.objects.filter(pk=number, state__in=("waiting", "loading")).select_related("user").first()
    if upload is None:
        return
    upload.state = "loading"
    upload.save(update_fields=["state", "changed"])

    def progress(taken: int, _declared: int | None) -> None:
        Upload.objects.filter(pk=number).update(done_records=taken)

    try:
        facts, scratch = office(upload.office), site.data / "uploads"
        result = load(site.register, facts, delivered(site, upload), scratch=scratch, day=upload.day,
                      progress=progress)  # fmt: skip
        result, _ = settled(site.register, facts, result, scratch=scratch)
    except RegisterError as error:
        _finish(upload, "failed", _why(error))
        return
    except Exception:
        _log.exception("upload %s failed", number)
        _finish(upload, "failed", "fault")
        raise
    _told(site, upload, result)


def _why(error: RegisterError) -> str:
    """What is kept of a refusal: a word where the pages say it in the reader's language (`uploads.said`)."""
    if isinstance(error, DayAhead):
        return f"day-ahead {error.day}"
    return "day-untold" if isinstance(error, DayUntold) else error.message


def _told(site: Site, upload: Upload, result: LoadResult) -> None:
    upload.delivery, upload.report = str(result.id), result.line()
    upload.done_records = result.counts.taken
    _finish(upload, "done", "")
    site.register.reported(result.id)
    discard(site, upload)
    note(upload.user.username, "delivery-loaded", office=upload.office, what=upload.filename,
         delivery=result.id)  # fmt: skip


def _finish(upload: Upload, state: str, message: str) -> None:
    upload.state, upload.message = state, message
    upload.save()


def retry_quarantine(site: Site, office_code: str, reason: str) -> int:
    """Read the open slices of an office (of one reason) anew; how many came in."""
    held = site.register.quarantine(office=office_code, reason=reason, limit=0)
    entered = 0
    for digest in dict.fromkeys(one.delivery for one in held):
        head = site.register.delivery(digest, office_code)
        numbers = [one.id for one in held if one.delivery == digest]
        counts = retry(site.register, head, scratch=site.data / "uploads", numbers=numbers)
        entered += counts.stored + counts.unchanged
    return entered


def unfinished() -> list[str]:
    """Uploads that wait, or were cut off by a crash of the worker."""
    close_old_connections()
    found = Upload.objects.filter(state__in=("waiting", "loading")).order_by("begun")
    return [str(number) for number in found.values_list("pk", flat=True)]
