"""Records as rows of a table: one flat row a record, for spreadsheets. Lists are joined by ` | `."""

from ipregister.exchange.table.row import COLUMNS, heading, line, row

__all__ = ["COLUMNS", "heading", "line", "row"]
