"""Which version of a record a request asks for: the present one, one by its number, or that of a day."""

import datetime as dt
import re

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy
from msgspec import Struct

from ipregister.model.digits import to_ascii
from ipregister.portal.labels import Label
from ipregister.portal.site import Site
from ipregister.store.rows import Version

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FAR_YEARS = 200
"""No term that runs ends later: a year so far ahead is one of another era, such as the Buddhist one (543 years on)."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class UnreadableMoment(ValueError):
    """A day or a version that cannot be: it is refused, never answered with the present state."""

    def __init__(self, name: str, sentence: Label) -> None:
        super().__init__(name)
        self.name = name
        self.sentence = sentence


class Moment(Struct, frozen=True):
    """A version by its number, or by the day it was valid and the day it was known; the present one without these."""

    number: int | None = None
    day: dt.date | None = None
    known: dt.date | None = None

    @property
    def is_present(self) -> bool:
        """Whether nothing but the present state is asked for."""
        return self.number is None and self.day is None


def moment_of(site: Site, request: HttpRequest) -> Moment:
    """The moment of `?version=`, `?as-of=` and `?known=`; empty ones are not asked. Raises `UnreadableMoment`."""
    day, known = _day(request, "as-of"), _day(request, "known")
    return Moment(_number(request), day or (site.today() if known else None), known)


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("version", "")
    if text and not _NUMBER.fullmatch(text):
        raise UnreadableMoment("version", lazy("A version is a whole number from 1."))
    return int(text) if text else None


def _day(request: HttpRequest, name: str) -> dt.date | None:
    text = to_ascii(request.GET.get(name, ""))
    try:
        if text and not _DAY.fullmatch(text):
            raise ValueError(name)
        day = dt.date.fromisoformat(text) if text else None
        if day is not None and day.year > dt.datetime.now(dt.UTC).year + FAR_YEARS:
            raise ValueError(name)
    except ValueError as error:
        sentence = lazy("There is no such day. Write year, month and day, for example 2026-01-31.")
        raise UnreadableMoment(name, sentence) from error
    return day


def version_at(site: Site, key: str, moment: Moment) -> Version | None:
    """The version of a record at a moment, None where there is none."""
    if moment.number is not None:
        return site.register.get(key, moment.number)
    if moment.day is None:
        return site.register.get_many([key], evidence=True).get(key)
    end = dt.datetime.combine(moment.known, dt.time.max, dt.UTC) if moment.known else None
    return site.register.as_of(key, moment.day, end)
