"""What a mapping must settle before its source is loaded: columns that it names, and what may close a design."""

import datetime as dt
from pathlib import Path

from ipregister.capture import days_ahead, eras
from ipregister.capture.naming import moment_of
from ipregister.commands.belt import Day
from ipregister.exchange.mapped import deferring, rows
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.model import offices
from ipregister.model.errors import UsageError


def require_columns(source: Path, chosen: Mapping, place: str) -> None:
    """Raises `UsageError` where a table lacks a column that the mapping names, has two of the name, or has one of
    deferment that the mapping says nothing of."""
    if chosen.input.kind not in ("csv", "xlsx"):
        return
    headings = [" ".join(name.split()) for name in rows.headings_of(source, chosen.input)]
    if open_ := deferring.unmapped(chosen, headings):
        told = f"{source}: {', '.join(map(repr, open_))} defers publication and has no field in the mapping"
        remedy = (
            "give it a field (deferred_until, deferment_period or deferment_requested), or name it in ignore"
        )
        raise UsageError(told, place=place, remedy=remedy)
    wanted = {" ".join(field.source.split()) for field in chosen.fields}
    missing, twice = sorted(wanted - set(headings)), sorted(n for n in wanted if headings.count(n) > 1)
    if missing or twice:
        told = (
            f"no column {', '.join(map(repr, missing))}"
            if missing
            else f"several columns {', '.join(map(repr, twice))}"
        )
        raise UsageError(
            f"{source}: {told}", place=place, remedy=f"the source has {', '.join(map(repr, headings))}"
        )


def require_no_days_ahead(packed: Path, chosen: Mapping, day: Day, place: str) -> None:
    """Raises `UsageError` where a source of designs holds days to come in a column or path that the mapping says nothing
    of."""
    if chosen.right != days_ahead.RIGHT:
        return
    since = _day_of(packed, chosen, day)
    if found := days_ahead.days_ahead(days_ahead.cells_in(packed, chosen), chosen, since):
        told = ", ".join(f"{name!r} ({text!r})" for name, text in found.items())
        raise UsageError(f"days behind {since} stand in {told}, which have no field in the mapping: perhaps designs are closed until then",
                         place=place, remedy="give them a field, such as deferred_until, or name them in ignore")  # fmt: skip


def require_credible_years(packed: Path, chosen: Mapping, day: Day, place: str) -> None:
    """Raises `UsageError` where most days of a field that tells what has been done lie years after the day of the data, or before
    1600."""
    since = _day_of(packed, chosen, day)
    if found := eras.far_ahead(days_ahead.cells_in(packed, chosen), chosen, since):
        told = ", ".join(f"{name!r} ({text!r})" for name, text in found.items())
        raise UsageError(f"most days in {told} lie years after {since} or before 1600: perhaps their years are of another era, such as Bikram Sambat or Solar Hijri",
                         place=place, remedy="write them in the common era beside the column, and map that one; or name the column in ignore: "
                         "it is then kept as it is, without a day")  # fmt: skip


def _day_of(packed: Path, chosen: Mapping, day: Day) -> dt.date:
    """The day of the data: as told, as the name of the file says, or today."""
    named = moment_of(packed.name, offices.office(chosen.office).feed)[:10]
    return day.date() if day else dt.date.fromisoformat(named) if named else dt.datetime.now(dt.UTC).date()
