"""Records as rows of a table: one flat row a record, for spreadsheets. Lists are joined by ` | `."""

from ipregister.exchange.table.columns import COLUMNS
from ipregister.exchange.table.row import heading, headings, line, row, workbook

__all__ = ["COLUMNS", "heading", "headings", "line", "row", "workbook"]
