"""The parameters that several addresses take, and how they are read."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import Field, StringConstraints

from ipregister.model.errors import UsageError
from ipregister.model.record import RIGHTS
from ipregister.portal.moments import Moment
from ipregister.portal.site import Site

SITE = "ipregister.site"
"""Where a request carries the site."""

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9-]{1,128}$"),
    Path(description="Key of the record, as in its permanent address."),
]
Spelling = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Path(description="Key of the record, or any spelling of any number of it."),
]
Version = Annotated[int | None, Field(ge=1, le=999_999_999), Query(None, description="Number of a version.")]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    Field(json_schema_extra={"format": "date"}),
]
AsOf = Annotated[
    Day | None, Query(None, alias="asOf", description="What the office said by the end of this day.")
]
Known = Annotated[
    Day | None, Query(None, description="… as the register knew it by the end of this day (UTC).")
]
OfficeCode = Annotated[
    str,
    StringConstraints(pattern=r"^([A-Za-z]{2})?$"),
    Query("", description="Of this office only (ST.3)."),
]
Right = Annotated[
    str,
    StringConstraints(pattern=f"^({'|'.join(RIGHTS)})?$"),
    Query("", description="Of this kind of right only."),
]
Limit = Annotated[int, Field(ge=1, le=1000), Query(100, description="Most entries of a page.")]
After = Annotated[
    str,
    StringConstraints(max_length=500),
    Query("", description="`next` of the page before; empty for the first page."),
]


def site_of(request: HttpRequest) -> Site:
    """The site of a request."""
    found: Site = request.META[SITE]
    return found


def moment(site: Site, version: int | None, as_of: str | None, known: str | None) -> Moment:
    """The moment of the three parameters. Raises `UsageError` for a day that is none."""
    day, until = _day(as_of, "asOf"), _day(known, "known")
    return Moment(version, day or (site.today() if until else None), until)


def _day(text: str | None, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{name} is no day of the calendar", remedy="write 2026-01-31") from error
