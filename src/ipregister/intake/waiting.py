"""Documents that wait in quarantine for their right: acts for their registration, parts for their publication. They are
taken as soon as it has come."""

from collections.abc import Sequence
from pathlib import Path

from ipregister.intake import parts, rereading
from ipregister.intake.loading import LoadResult, result_of
from ipregister.model.offices import Office
from ipregister.store.joining import ACT_ALONE, ACT_TOLD
from ipregister.store.register import Register
from ipregister.store.rows import Counts, Quarantined


def take_waiting(register: Register, office: Office, *, scratch: Path) -> Counts:
    """Try the waiting documents of an office again whose right is held now; what became of them."""
    return sum(_taken(register, office, scratch).values(), Counts())


def _taken(register: Register, office: Office, scratch: Path) -> dict[str, Counts]:
    """What became of the waiting documents, by the digests of their deliveries."""
    acts = [one for reason in (ACT_ALONE, ACT_TOLD)
            for one in register.quarantine(office=office.code, reason=reason, limit=0)]  # fmt: skip
    found = _retried(register, office, [one for one in acts if register.head(one.key) is not None], scratch)
    for digest, counts in _retried(register, office, parts.come(register, office), scratch).items():
        found[digest] = found.get(digest, Counts()) + counts
    return found


def _retried(
    register: Register, office: Office, come: Sequence[Quarantined], scratch: Path
) -> dict[str, Counts]:
    found = {}
    for digest in dict.fromkeys(one.delivery for one in come):
        head = register.delivery(digest, office.code)
        numbers = [one.id for one in come if one.delivery == digest]
        found[digest] = rereading.retry(register, head, scratch=scratch, numbers=numbers)
    return found


def settled(
    register: Register, office: Office, result: LoadResult, *, scratch: Path
) -> tuple[LoadResult, Counts]:
    """The result of a delivery once what waited was tried again, in it and in earlier ones; and what became of that of
    the earlier ones: what came with its right in one delivery did not wait."""
    taken = _taken(register, office, scratch)
    head = register.delivery(result.id)
    earlier = [counts for digest, counts in taken.items() if digest != head.digest]
    return (result if head.reported else result_of(head)), sum(earlier, Counts())
