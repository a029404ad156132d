"""Tables: columns declared once, shown as HTML and written as xlsx and csv."""

from .bound import BoundTable
from .columns import Column, Filter, Kind, Query, Table
from .export import csv_bytes, neutral, xlsx_bytes

__all__ = ["BoundTable", "Column", "Filter", "Kind", "Query", "Table", "csv_bytes", "neutral", "xlsx_bytes"]
