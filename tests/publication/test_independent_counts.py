"""The statistics against a count of another hand: SQL over the lines that are published, with none of our readers.

Marks of two offices and of the international register: applications, registrations, classes, origins, routes.
"""

import datetime as dt
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from ipregister.demonstration import write_office
from ipregister.intake.loading import load
from ipregister.model.codelists import table
from ipregister.model.offices import office
from ipregister.publication.bulk.publishing import publish
from ipregister.publication.statistics.counting import count
from ipregister.publication.statistics.figures import figures
from ipregister.publication.statistics.tables import table_named
from ipregister.store.register import Register

OFFICES = ("LA", "KH", "WO")
NOW = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
MARKS = """
CREATE TABLE mark AS
WITH line AS (
    SELECT office, record FROM read_json('{folder}/*-trademark-????.jsonl.zst', format='newline_delimited',
        columns={{kind: 'VARCHAR', office: 'VARCHAR', record: 'JSON'}}) WHERE kind = 'record'
), told AS (
    SELECT office,
        record->>'$.application_date' AS filed, record->>'$.registration_date' AS registered,
        coalesce(record->>'$.international_number', '') <> ''
            OR list_has_any(coalesce(record->>'$.references[*].kind', CAST([] AS VARCHAR[])),
                            ['international-registration', 'pct-application']) AS through_wipo,
        coalesce(
            CASE WHEN json_array_length(record->'$.applicants') > 0 THEN coalesce(
                record->>'$.applicants[0].country', record->>'$.applicants[0].domicile',
                record->>'$.applicants[0].nationality') END,
            CASE WHEN json_array_length(record->'$.holders') > 0 THEN coalesce(
                record->>'$.holders[0].country', record->>'$.holders[0].domicile',
                record->>'$.holders[0].nationality') END, '') AS told_origin,
        list_distinct(list_transform(
            list_filter(coalesce(json_transform(record->'$.goods', '[{{"class_number":"INT","scheme":"VARCHAR"}}]'), []),
                        lambda g: coalesce(g.class_number, 0) > 0 AND coalesce(g.scheme, 'nice') = 'nice'),
            lambda g: g.class_number)) AS classes
    FROM line
)
SELECT office, classes,
    CASE WHEN coalesce(filed, '') = '' OR filed > '2026-07-01' THEN 'unknown' ELSE left(filed, 4) END AS filed,
    CASE WHEN coalesce(registered, '') = '' THEN '' WHEN registered > '2026-07-01' THEN 'unknown'
         ELSE left(registered, 4) END AS registered,
    CASE WHEN office = 'WO' THEN 'international' WHEN through_wipo THEN 'madrid' ELSE 'direct' END AS route,
    CASE WHEN list_contains({codes}, told_origin) THEN told_origin ELSE 'unknown' END AS origin
FROM told
"""
RESIDENCE = """CASE WHEN origin = 'unknown' OR office = 'WO' THEN 'unknown' WHEN origin = office THEN 'resident'
               ELSE 'non-resident' END"""
QUESTIONS = {
    "filings": f"SELECT office, filed, route, {RESIDENCE}, count(*) FROM mark GROUP BY ALL",
    "filed-items": f"SELECT office, filed, route, {RESIDENCE}, sum(len(classes)) FROM mark WHERE len(classes) > 0 GROUP BY ALL",
    "registrations": f"SELECT office, registered, route, {RESIDENCE}, count(*) FROM mark WHERE registered <> '' GROUP BY ALL",
    "registered-items": f"""SELECT office, registered, route, {RESIDENCE}, sum(len(classes)) FROM mark
                            WHERE registered <> '' AND len(classes) > 0 GROUP BY ALL""",
    "filings-by-origin": "SELECT office, filed, origin, count(*) FROM mark GROUP BY ALL",
    "registrations-by-origin": "SELECT office, registered, origin, count(*) FROM mark WHERE registered <> '' GROUP BY ALL",
    "filings-by-class": """SELECT office, filed, format('{:02d}', c), count(*)
                           FROM (SELECT office, filed, unnest(classes) AS c FROM mark) GROUP BY ALL""",
    "registrations-by-class": """SELECT office, registered, format('{:02d}', c), count(*) FROM (
                                 SELECT office, registered, unnest(classes) AS c FROM mark WHERE registered <> '')
                                 GROUP BY ALL""",
}
"""Table of the statistics -> the same in SQL."""


@pytest.fixture
def region(data: Path, tmp_path: Path) -> tuple[Register, Path]:
    """Some marks of three offices, and a publication of them."""
    register = Register(packs=data / "packs")
    for code in OFFICES:
        for one in write_office(tmp_path / code, code, 120, day=dt.date(2026, 6, 30)):
            load(register, office(code), one.path, scratch=data / "scratch", kind=one.kind)
    return register, publish(register, data, tmp_path / "out", "full", processes=1).folder


def test_every_figure_is_that_of_an_independent_count(region: tuple[Register, Path]) -> None:
    register, folder = region
    base = duckdb.connect()
    base.execute(MARKS.format(folder=folder, codes=sorted(table("st3"))))
    ours: dict[str, Counter[tuple[str, ...]]] = {name: Counter() for name in QUESTIONS}
    for code in OFFICES:
        counts = count(register, office(code), NOW)
        for name in QUESTIONS:
            for one in figures(counts, tables=[table_named(name)], right="trademark"):
                if one.table == name:
                    cells = [one.cells[column] for column in table_named(name).columns if column != "right"]
                    ours[name][(code, *cells)] += one.value
    for name, question in QUESTIONS.items():
        theirs = Counter({tuple(row[:-1]): int(row[-1]) for row in base.execute(question).fetchall()})
        assert ours[name] == theirs, name
        assert theirs.total() > 100, name
    routes = {cells[2] for cells in ours["filings"]}
    assert routes == {"direct", "madrid", "international"}
    assert ours["filed-items"].total() > ours["filings"].total()
