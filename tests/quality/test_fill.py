"""Fill rates are counted over a stream, and parts add up."""

from ipregister.model.mark import Trademark
from ipregister.quality.fill import FIELDS, FillCount
from tests.quality.samples import CLEAN, SAMPLES, changed


def test_counts_over_records() -> None:
    count = FillCount()
    count.add(CLEAN)
    count.add(Trademark(office="LA", application_number="1"))
    rates = {rate.field: rate for rate in count.rates()}
    assert (rates["application_number"].filled, rates["application_number"].share) == (2, 1.0)
    assert (rates["mark/images/vienna"].filled, rates["mark/images/vienna"].share) == (1, 0.5)
    assert rates["recordals"].filled == 0
    assert len(rates) == len(FIELDS)


def test_parts_add_up() -> None:
    whole, first, second = FillCount(), FillCount(), FillCount()
    for place, (_, bad) in enumerate(SAMPLES.values()):
        record = changed(**bad)
        whole.add(record)
        (first if place % 2 else second).add(record)
    first.merge(second)
    assert first.rates() == whole.rates()


def test_nothing_counted() -> None:
    assert all(rate.share == 0.0 for rate in FillCount().rates())
