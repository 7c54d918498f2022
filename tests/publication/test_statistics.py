"""Statistics: what counts of a record, the counts of a small register, figures and their coverage."""

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest

from ipregister.model import canonical
from ipregister.model.design import Design, ProductClass, SingleDesign
from ipregister.model.mark import Goods, Mark, Trademark
from ipregister.model.offices import office
from ipregister.model.party import Party
from ipregister.model.patent import Classification, Patent, PatentParty, PatentPublication
from ipregister.model.record import Record, right_of
from ipregister.model.right import Publication
from ipregister.model.text import Text
from ipregister.publication.statistics import counting, figures, questionnaire
from ipregister.publication.statistics.particulars import Particulars, Span, particulars
from ipregister.publication.statistics.tables import TABLES, table_named
from ipregister.publication.statistics.walking import public_on
from ipregister.store.register import Register
from ipregister.store.rows import Incoming, NewDelivery, RawRef
from ipregister.web.options import Options

DAY = dt.date(2026, 1, 1)
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
MARK = Trademark(
    office="LA",
    application_number="100",
    application_date="2024-02-01",
    registration_number="90",
    registration_date="2024-12-01",
    office_status="Registered",
    mark=Mark(verbal=(Text("TA YA"),)),
    goods=(Goods(class_number=9), Goods(class_number=30), Goods(class_number=9)),
    publications=(Publication(date="2024-06-01"), Publication(date="2024-12-20")),
    applicants=(Party(names=(Text("Taya Co., Ltd."),), kind="legal", country="LA"),),
)
ABROAD = Trademark(
    office="LA",
    application_number="101",
    application_date="2024",
    international_number="1421805",
    office_status="Registered",
    goods=(Goods(class_number=9),),
    applicants=(Party(names=(Text("Foreign Ltd"),), kind="legal", country="TH"),),
)
SECRET = Patent(office="LA", application_number="P/7", application_date="2025-12-01")


def counted_of(record: Record, code: str) -> Particulars | None:
    """What counts of a record on the day; None where it is not public."""
    public = public_on(record, office(code), DAY)
    return None if public is None else particulars(public, office(code), DAY, "2026-01-01")


def test_what_counts_of_a_mark() -> None:
    found = counted_of(MARK, "LA")
    assert found is not None
    assert (found.right, found.route, found.origin, found.residence) == (
        "trademark",
        "direct",
        "LA",
        "resident",
    )
    assert (found.filed, found.registered, found.live) == ("2024", "2024", "yes")
    assert found.classes == ("09", "30")
    assert found.items == 2
    assert found.spans == (Span("publication", "2024", 121), Span("registration", "2024", 304))


def test_a_date_that_is_a_year_alone_gives_no_span() -> None:
    found = counted_of(ABROAD, "LA")
    assert found is not None
    assert (found.filed, found.spans, found.route, found.residence) == ("2024", (), "madrid", "non-resident")


def test_a_day_still_to_come_is_counted_in_no_year() -> None:
    late = Trademark(
        office="LA", application_number="9", application_date="2024-01-01", registration_date="2999-01-01",
        publications=(Publication(date="2999-01-01"),),
    )  # fmt: skip
    found = counted_of(late, "LA")
    assert found is not None
    assert (found.filed, found.registered, found.spans) == ("2024", "unknown", ())


def test_designs_count_each() -> None:
    products = (
        ProductClass(number="07-01"),
        ProductClass(number="6.02"),
        ProductClass(scheme="national", number="3"),
    )
    record = Design(
        office="LA", application_number="I/1", designs=(SingleDesign(products=products), SingleDesign()),
        publications=(Publication(date="2024-06-01"),),
    )  # fmt: skip
    found = counted_of(record, "LA")
    assert found is not None
    assert (found.items, found.classes, found.filed, found.origin) == (2, ("06", "07"), "unknown", "unknown")


def test_patents_are_counted_by_subclass() -> None:
    record = Patent(
        office="LA",
        application_number="P/8",
        publications=(PatentPublication(date="2024-06-01"),),
        applicants=(PatentParty(country="ZZ"),),
        classifications=(
            Classification(scheme="ipc", symbol="A61K 31/00"),
            Classification(scheme="ipc", symbol="A61K 8/00"),
            Classification(scheme="cpc", symbol="Y02A 1/00"),
        ),
    )
    found = counted_of(record, "LA")
    assert found is not None
    assert (found.classes, found.items, found.origin) == (("A61K",), 0, "unknown")


def test_what_is_not_public_does_not_count() -> None:
    assert counted_of(SECRET, "LA") is None


def test_nobody_is_resident_at_an_office_of_many_states() -> None:
    record = Trademark(office="WO", application_number="1", holders=(Party(country="CH"),))
    found = counted_of(record, "WO")
    assert found is not None
    assert (found.route, found.residence, found.origin) == ("international", "unknown", "CH")


@pytest.fixture
def register(sqlite_database: Options) -> Register:
    """An empty register."""
    return Register(packs=sqlite_database.path("packs"))


def fill(register: Register, *records: Record) -> None:
    """The records, stored as one delivery."""
    digest = f"{len(register.deliveries()):064x}"
    head = register.begin(
        NewDelivery("LA", digest, "a.zip", "delta", f"2026-01-0{1 + len(register.deliveries())}", "0" * 64),
        NOW,
    )
    batch = [
        Incoming(index=place, key=f"la-{place}-{digest[-2:]}", right=right_of(one), office="LA",
                 raw=RawRef("0" * 64, f"{place}.xml", 0, 10), body=canonical.encode(one))
        for place, one in enumerate(records)
    ]  # fmt: skip
    register.put(head.id, batch, next_index=len(batch), now=NOW)
    register.finish(head.id, NOW)


def test_a_register_is_counted(register: Register, tmp_path: Path) -> None:
    fill(register, MARK, ABROAD, SECRET)
    counts = counting.counted(register, tmp_path, office("LA"), NOW)
    assert counts.counted == {"trademark": 2}
    found = {(one.table, *one.cells.values(), one.measure): one.value for one in figures.figures(counts)}
    assert found["coverage", "trademark", "published"] == 2
    assert found["filings", "trademark", "2024", "direct", "resident", "count"] == 1
    assert found["filings", "trademark", "2024", "madrid", "non-resident", "count"] == 1
    assert found["filed-items", "trademark", "2024", "direct", "resident", "count"] == 2
    assert found["filings-by-class", "trademark", "2024", "09", "count"] == 2
    assert found["pendency", "trademark", "2024", "direct", "registration", "median"] == 304
    assert sum(one.value for one in figures.figures(counts, tables=[table_named("filings")], year="2023")
               if one.table == "filings") == 0  # fmt: skip


def test_a_secret_filing_moves_no_figure(register: Register, tmp_path: Path) -> None:
    fill(register, MARK, ABROAD)
    before = counting.counted(register, tmp_path, office("LA"), NOW)
    fill(register, SECRET)
    after = counting.counted(register, tmp_path, office("LA"), NOW)
    assert after.change > before.change
    drafts = [questionnaire.draft(one, "2024") for one in (before, after)]
    assert drafts[0].coverage == drafts[1].coverage
    assert drafts[0].sheets == drafts[1].sheets
    assert list(figures.figures(before)) == list(figures.figures(after))


def test_counts_are_kept_until_the_office_changes(register: Register, tmp_path: Path) -> None:
    fill(register, MARK)
    first = counting.counted(register, tmp_path, office("LA"), NOW)
    assert counting.kept(tmp_path, "LA") == first
    assert counting.counted(register, tmp_path, office("LA"), NOW) == first
    fill(register, ABROAD)
    second = counting.counted(register, tmp_path, office("LA"), NOW)
    assert second.counted == {"trademark": 2}
    later = counting.counted(register, tmp_path, office("LA"), NOW + dt.timedelta(days=1))
    assert later.day == "2026-01-02"


def test_a_kept_file_that_is_damaged_is_counted_anew(register: Register, tmp_path: Path) -> None:
    fill(register, MARK)
    counting.counted(register, tmp_path, office("LA"), NOW)
    (tmp_path / "statistics" / "LA.json").write_bytes(b'{"office": "LA"')
    assert counting.kept(tmp_path, "LA") is None
    assert counting.counted(register, tmp_path, office("LA"), NOW).counted == {"trademark": 1}


def test_csv_has_a_line_a_figure(register: Register, tmp_path: Path) -> None:
    fill(register, MARK)
    counts = counting.counted(register, tmp_path, office("LA"), NOW)
    found = list(figures.figures(counts))
    rows = list(csv.DictReader(io.StringIO(figures.as_csv(counts, found))))
    assert len(rows) == len(found)
    row = next(one for one in rows if one["table"] == "registrations")
    assert (row["office"], row["right"], row["year"], row["value"]) == ("LA", "trademark", "2024", "1")


@pytest.mark.parametrize(("share", "expected"), [(0.25, 1), (0.5, 2), (0.75, 9), (1.0, 9)])
def test_quantiles(share: float, expected: int) -> None:
    assert figures.quantile(Counter({1: 1, 2: 1, 9: 2}), share) == expected


def test_every_table_says_what_it_counts() -> None:
    for table in TABLES:
        assert table.definition.endswith(".")
        assert table.columns[:2] == ("right", "year")
