"""Acts that wait in quarantine for their registration: taken as soon as it has come."""

from pathlib import Path

from ipregister.intake import rereading
from ipregister.model.offices import Office
from ipregister.store.joining import ACT_ALONE
from ipregister.store.register import Register
from ipregister.store.rows import Counts


def take_waiting(register: Register, office: Office, *, scratch: Path) -> Counts:
    """Try the waiting acts of an office again whose registration is held now; what became of them."""
    waiting = register.quarantine(office=office.code, reason=ACT_ALONE, limit=0)
    come = [one for one in waiting if register.head(one.key) is not None]
    total = Counts()
    for digest in dict.fromkeys(one.delivery for one in come):
        head = register.delivery(digest, office.code)
        numbers = [one.id for one in come if one.delivery == digest]
        total += rereading.retry(register, head, scratch=scratch, numbers=numbers)
    return total
