"""Columns and paths of a mapped source whose days lie years after the day of the data, though they tell what has been done, or
before there were registers: their years are perhaps of another era (Bikram Sambat, Solar Hijri), which nobody must read as the
common one."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from ipregister.exchange.mapped.cells import Cell, by_source
from ipregister.exchange.mapped.eras import PAST, is_far
from ipregister.exchange.mapped.mapping import Mapping
from ipregister.exchange.mapped.values import parted
from ipregister.model.dates import parse as parse_date

MOST = 5_000
"""So many records are looked at."""


def far_ahead(records: Iterable[Sequence[Cell]], mapping: Mapping, day: dt.date) -> dict[str, str]:
    """The columns or paths of what has been done of which most days lie years after a day, or before 1600, each with the
    first such text."""
    fields = [one for one in mapping.fields if mapping.target(one).generic in PAST]
    days, far, first = Counter[str](), Counter[str](), dict[str, str]()
    for cells in islice(records, MOST) if fields else ():
        found = by_source(cells, {one.source: one for one in fields})
        for field in fields:
            texts = [text for cell in found[field.source] for _, text in parted(cell.text, field.split)]
            for text in texts:
                iso = parse_date(text, field.dates or mapping.dates)[0]
                days[field.source] += bool(iso)
                if iso and is_far(iso, day):
                    far[field.source] += 1
                    first.setdefault(field.source, text)
    return {name: text for name, text in first.items() if 2 * far[name] > days[name]}
