"""The audit table: every write by a person, never changed afterwards."""

from ipregister.portal.models import AuditEntry
from ipregister.portal.staff.access import Person


def note(
    person: Person | str, action: str, *, office: str = "", what: str = "", **details: str | int
) -> None:
    """Write down what a person did."""
    name = person if isinstance(person, str) else person.name
    AuditEntry.objects.create(
        user=name[:150], action=action, office=office, object=what[:200], details=details
    )
