"""Fill rates are counted by right over a stream, and parts add up."""

import pytest

from ipregister.model.design import Design, ProductClass, SingleDesign, View
from ipregister.model.emblem import Emblem
from ipregister.model.indication import Area, Indication
from ipregister.model.mark import Trademark
from ipregister.model.party import Party
from ipregister.model.patent import Patent, UtilityModel
from ipregister.model.record import RIGHTS, Record
from ipregister.model.text import Text
from ipregister.model.work import Work
from ipregister.quality.fields import FIELDS
from ipregister.quality.fill import FillCount, rates_of
from tests.quality.samples import CLEAN, SAMPLES, changed

TEXT = (Text("a"),)
FILLED: list[tuple[Record, set[str]]] = [
    (Trademark(office="LA", application_number="1"), {"application_number"}),
    (
        Patent(office="LA", titles=TEXT, inventors=(), claims_count=3, holders=()),
        {"titles", "claims_count"},
    ),
    (UtilityModel(office="LA", abstracts=TEXT), {"abstracts"}),
    (
        Design(office="LA", designs=(SingleDesign(views=(View("a.jpg"),), products=(ProductClass(number="0601"),)),)),
        {"designs", "views", "products"},
    ),
    (Indication(office="LA", names=TEXT, areas=(Area(polygon="1 2"),)), {"names", "areas", "areas/polygon"}),
    (
        Work(office="LA", titles=TEXT, authors=(Party(country="LA"),)),
        {"titles", "authors", "authors/country"},
    ),
    (Emblem(office="WO", names=TEXT, circular="1"), {"names", "circular"}),
]  # fmt: skip


def test_counts_over_records() -> None:
    count = FillCount()
    count.add(CLEAN)
    count.add(Trademark(office="LA", application_number="1"))
    rates = {rate.field: rate for rate in count.rates()}
    assert (rates["application_number"].filled, rates["application_number"].share) == (2, 1.0)
    assert (rates["mark/images/vienna"].filled, rates["mark/images/vienna"].share) == (1, 0.5)
    assert rates["recordals"].filled == 0
    assert len(rates) == len(FIELDS["trademark"])


@pytest.mark.parametrize(("record", "filled"), FILLED, ids=[type(one).__name__ for one, _ in FILLED])
def test_each_right_is_counted_by_its_own_fields(record: Record, filled: set[str]) -> None:
    count = FillCount()
    count.add(record)
    rates = count.rates()
    assert {rate.field for rate in rates if rate.filled} == filled
    assert {rate.records for rate in rates} == {1}


def test_rights_of_one_delivery_are_counted_apart() -> None:
    count = FillCount()
    for record, _ in FILLED:
        count.add(record)
    count.add(Patent(office="LA"))
    titles = [(rate.right, rate.filled, rate.records) for rate in count.rates() if rate.field == "titles"]
    assert titles == [("patent", 1, 2), ("utility-model", 0, 1), ("design", 0, 1), ("work", 1, 1)]
    assert tuple(rates_of(count.named())) == count.rates()


def test_every_right_has_its_fields() -> None:
    assert set(FIELDS) == set(RIGHTS)
    for fields in FIELDS.values():
        assert len({path for path, _, _ in fields}) == len(fields)


def test_a_delivery_of_before_has_the_counts_of_marks() -> None:
    rates = tuple(rates_of({"": 4, "goods": 3}))
    assert [(rate.right, rate.share) for rate in rates if rate.field == "goods"] == [("trademark", 0.75)]


def test_parts_add_up() -> None:
    whole, first, second = FillCount(), FillCount(), FillCount()
    records = [changed(**bad) for _, bad in SAMPLES.values()] + [record for record, _ in FILLED]
    for place, record in enumerate(records):
        whole.add(record)
        (first if place % 2 else second).add(record)
    first.merge(second)
    assert first.rates() == whole.rates()


def test_nothing_counted() -> None:
    assert FillCount().rates() == ()
