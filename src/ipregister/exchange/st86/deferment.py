"""Until when a design is deferred, where the office tells the length of the deferment and not its last day.

The Hague Agreement counts from the filing or, where a priority is claimed, from the priority (1999 Act, Article 11);
national laws differ. The later of the two, the filing, is taken: nothing is shown before its day.
"""

from ipregister.exchange.xml.sheet import Plain, Sheet
from ipregister.model.deferment import after, duration
from ipregister.model.evidence import split_origin


def set_deferred_until(sheet: Sheet, *, whole: bool) -> None:
    """Say when the deferment of an application ends: with the last of its designs.

    `whole`: the application itself is deferred, or sealed, with all its designs. Where a length, its unit or the day of
    filing is not told, the day stays empty, with a finding."""
    record = sheet.record
    if not record.get("deferment_requested") or record.get("deferred_until"):
        return
    ends = [_end(record, length) for length in _lengths(record, whole=whole)]
    until, period = max(ends, default=("", "")) if all(end for end, _ in ends) else ("", "")
    origin = sheet.evidence.get("/application_date")
    if not until or origin is None:
        sheet.find("deferment-open", "/deferment_requested", record.get("deferment_period", ""))
        return
    place, repairs = split_origin(origin)
    record["deferred_until"] = until
    sheet.evidence["/deferred_until"] = (
        int(place) if place.isdigit() else place,
        *repairs,
        f"after:{period}",
    )
    if _claims_priority(record):
        sheet.find("deferment-from-filing", "/deferred_until", until)


def _lengths(record: Plain, *, whole: bool) -> list[str]:
    """The durations of all deferments that are asked for; empty ones where one is not told."""
    own = duration(record.get("deferment_period", ""), record.get("deferment_unit", ""))
    designs = [one for one in record.get("designs", ()) if whole or one.get("deferment_requested")]
    return [
        duration(one["deferment_period"], one.get("deferment_unit", "")) if "deferment_period" in one else own
        for one in designs
    ] or [own]


def _end(record: Plain, length: str) -> tuple[str, str]:
    """The last day of a deferment of a length, with the length."""
    try:
        return after(record.get("application_date", ""), length), length
    except ValueError:
        return "", length


def _claims_priority(record: Plain) -> bool:
    return any(one.get("priorities") for one in (record, *record.get("designs", ())))
