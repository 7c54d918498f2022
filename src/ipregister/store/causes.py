"""Why a version differs from the one before it: an event in the life of the right, or a correction."""

from ipregister.model.right import Right

FIRST, LEGAL_EVENT, CORRECTION, READER, MAPPING, WITHHOLDING, LATE, EARLIER, DOCUMENT, ADDITION = (
    "first", "legal-event", "correction", "reader", "mapping", "withholding", "late", "earlier", "document", "addition")  # fmt: skip
CAUSES: dict[str, str] = {
    FIRST: "The first state of the record that the register knows.",
    LEGAL_EVENT: "The right itself changed: a new event, act, publication, status or owner.",
    CORRECTION: "The office changed the record, and the delivery shows no event for it.",
    READER: "Our reader changed; the office delivered nothing new. No legal event.",
    MAPPING: "Our mapping tables changed; the office delivered nothing new. No legal event.",
    WITHHOLDING: "A value was withheld from the public or released.",
    LATE: "An older delivery arrived late; this says again what was true after it.",
    EARLIER: "An older delivery arrived late and tells a state before the first that the register knew.",
    DOCUMENT: "One document of the right as it was delivered; the state that it makes with the others is the next version.",
    ADDITION: "A further document of the right tells what the others did not; nothing that they told changed.",
}
"""Every cause of a version, with what it means."""

_LEGAL = ("deleted", "office_status", "status_date", "registration_number", "registration_date", "expiry_date",
          "termination_date", "events", "recordals", "publications", "designations", "holders")  # fmt: skip


def cause_of(before: Right, after: Right) -> str:
    """`legal-event` where anything that stands for a step in the life of the right changed, else `correction`."""
    changed = any(getattr(before, name) != getattr(after, name) for name in _LEGAL)
    return LEGAL_EVENT if changed else CORRECTION


def joined_cause(before: Right, after: Right) -> str:
    """The same of a state that several documents make: `addition` where one of them only told more."""
    cause = cause_of(before, after)
    return ADDITION if cause == CORRECTION and _adds_only(before, after) else cause


def _adds_only(before: Right, after: Right) -> bool:
    for name in before.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name, None)
        kept = isinstance(old, tuple) and isinstance(new, tuple) and all(entry in new for entry in old)
        if old and old != new and not kept:
            return False
    return True
