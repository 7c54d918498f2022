"""How a record is cited: enough to find this version again."""

import datetime as dt

from django.utils.translation import gettext as _

from ipregister.portal.dates import show_date
from ipregister.portal.names import office_name
from ipregister.portal.publicly import ShownVersion, data_day, number, title


def citation(side: ShownVersion, address: str, day: dt.date, lang: str) -> str:
    """One line: mark, number, office, version, data day, address, day of reading."""
    version = side.version
    return _(
        "%(title)s, %(number)s, %(office)s, version %(version)s, office data of %(data)s, %(address)s (read %(day)s)"
    ) % {
        "title": title(side)[0],
        "number": number(side) or side.key,
        "office": office_name(side.office, lang),
        "version": version.number,
        "data": show_date(data_day(version.extracted), lang),
        "address": address,
        "day": show_date(day.isoformat(), lang),
    }
