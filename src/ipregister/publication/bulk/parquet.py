"""Parquet of a publication: a row a record, its common fields as columns, the whole of it as JSON beside them."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ipregister.model.mark import Trademark
from ipregister.model.record import Record, titles
from ipregister.publication.bulk.lines import Line

_GROUP = 5000
"""Rows of a row group: so many are held in memory."""
_TEXTS = ("application_number", "application_date", "registration_number", "registration_date", "expiry_date",
          "termination_date", "office_status", "status_date")  # fmt: skip
_PARTIES = ("applicants", "holders", "representatives")
SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("version", pa.int32(), nullable=False),
        pa.field("change", pa.int64(), nullable=False),
        pa.field("office", pa.string(), nullable=False),
        pa.field("right", pa.string(), nullable=False),
        pa.field("subtype", pa.string()),
        *(pa.field(name, pa.string()) for name in _TEXTS),
        pa.field("titles", pa.list_(pa.string())),
        *(pa.field(name, pa.list_(pa.string())) for name in _PARTIES),
        pa.field("applicant_countries", pa.list_(pa.string())),
        pa.field("nice_classes", pa.list_(pa.int16())),
        pa.field("extracted", pa.string()),
        pa.field("confirmed", pa.string()),
        pa.field("recorded_at", pa.string()),
        pa.field("pictures", pa.list_(pa.string())),
        pa.field("record", pa.string(), nullable=False),
    ]
)
"""The columns of every file, whatever the right. Dates are texts, as they may be partial."""


class ParquetFile:
    """Writes rows, group by group; without any there is no file."""

    def __init__(self, path: Path) -> None:
        self.path, self.count = path, 0
        self._rows: list[dict[str, Any]] = []
        self._writer: Any = None

    def add(self, line: Line, record: Record) -> None:
        """One record."""
        self._rows.append(_row(line, record))
        self.count += 1
        if len(self._rows) == _GROUP:
            self._write()

    def _write(self) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, SCHEMA, compression="zstd", version="2.6")
        self._writer.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
        self._rows.clear()

    def close(self) -> None:
        """Finish the file."""
        if self._rows:
            self._write()
        if self._writer is not None:
            self._writer.close()


def _row(line: Line, record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": line.key,
        "version": line.version,
        "change": line.change,
        "office": line.office,
        "right": line.right,
        "subtype": record.subtype or None,
        "titles": list(titles(record)),
        "extracted": line.extracted,
        "confirmed": line.confirmed,
        "recorded_at": line.recorded_at,
        "pictures": [picture.sha256 for picture in line.media],
        "record": bytes(line.record).decode(),
    }
    for name in _TEXTS:
        row[name] = getattr(record, name, None) or None
    for name in _PARTIES:
        parties = getattr(record, name, ())
        row[name] = [" ".join(text.text for text in party.names) for party in parties]
    row["applicant_countries"] = [party.country for party in record.applicants if party.country]
    goods = record.goods if isinstance(record, Trademark) else ()
    row["nice_classes"] = sorted({one.class_number for one in goods if one.class_number is not None})
    return row
