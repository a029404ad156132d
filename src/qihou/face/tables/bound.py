"""A table over rows: filtered, sorted, cut into pages, and ready to be shown or written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from qihou.face.formats import plain
from qihou.face.html import with_query
from qihou.face.values import Cell, Link, Missing

if TYPE_CHECKING:
    from .columns import Column, Query, Table

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def bare(value: Any) -> Any:
    """The value inside a cell; what is missing becomes ``None``."""
    if isinstance(value, Cell):
        value = value.value
    return None if isinstance(value, Missing) or value == "" else value


def searchable(value: Any) -> str:
    value = bare(value)
    if value is None:
        return ""
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, list | tuple):
        return " ".join(searchable(v) for v in value)
    return unicodedata.normalize("NFKC", plain(value)).casefold()


def sort_key(value: Any) -> tuple[int, Any]:
    """A key under which values of one column compare; missing values stand last in either direction."""
    value = bare(value)
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, Decimal | int | float):
        return (0, Decimal(str(value)))
    if isinstance(value, datetime):
        return (0, value.timestamp())
    if isinstance(value, date):
        return (0, datetime.combine(value, time()).timestamp())
    if isinstance(value, list | tuple):
        return (1, " ".join(map(str, value)))
    if hasattr(value, "start"):
        return (0, datetime.combine(value.start, time()).timestamp())
    return (1, plain(value))


class BoundTable:
    """See :class:`Table`. ``rows`` are the page's rows, ``found`` counts all rows the filters leave."""

    def __init__(
        self,
        table: Table,
        rows: Sequence[Any],
        params: QueryDict,
        *,
        total: int | None = None,
        district_code: str = "",
        document_url: str = "",
    ) -> None:
        self.table, self.params = table, params
        self.district_code, self.document_url = district_code, document_url
        self.query: Query = table.query(params)
        self._given, self._given_total = rows, total

    @cached_property
    def all_rows(self) -> list[Any]:
        """Every row the filters leave, in order; for a caller who cuts by itself, the rows it gave."""
        if self._given_total is not None:
            return list(self._given)
        rows = [r for r in self._given if self._kept(r)]
        column = next((c for c in self.table.columns if c.key == self.query.sort), None)
        if column is None:
            return rows
        key = column.sort_by or column.of
        present = [r for r in rows if bare(key(r)) is not None]
        absent = [r for r in rows if bare(key(r)) is None]
        present.sort(key=lambda r: sort_key(key(r)), reverse=self.query.descending)
        return present + absent

    def _kept(self, row: Any) -> bool:
        for f in self.table.filters:
            wanted = self.query.filters.get(f.key)
            if wanted and wanted not in f.codes(row):
                return False
        if self.query.text:
            needle = unicodedata.normalize("NFKC", self.query.text).casefold()
            return any(needle in searchable(c.of(row)) for c in self.table.columns)
        return True

    @property
    def found(self) -> int:
        return len(self.all_rows) if self._given_total is None else self._given_total

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // self.query.page_size))

    @property
    def page(self) -> int:
        return min(self.query.page, self.pages)

    @property
    def rows(self) -> list[Any]:
        if self._given_total is not None:
            return self.all_rows
        start = (self.page - 1) * self.query.page_size
        return self.all_rows[start : start + self.query.page_size]

    @cached_property
    def columns(self) -> list[Column]:
        """The columns shown: chosen in the address, else all that are not optional."""
        chosen = self.params.getlist(self.table.param("cols"))
        chosen = [k for part in chosen for k in part.split(",") if k]
        known = {c.key for c in self.table.columns}
        if chosen and set(chosen) & known:
            return [c for c in self.table.columns if c.key in chosen]
        return [c for c in self.table.columns if not c.optional]

    @property
    def filtered(self) -> bool:
        return bool(self.query.filters or self.query.text)

    def totals(self) -> dict[str, tuple[Decimal, int]]:
        """Per summed column: the sum of the values present in all rows found, and how many are missing."""
        sums: dict[str, tuple[Decimal, int]] = {}
        for column in self.columns:
            if not column.total:
                continue
            values = [bare(column.of(r)) for r in self.all_rows]
            present = [Decimal(str(v)) for v in values if v is not None]
            sums[column.key] = (sum(present, Decimal(0)), len(values) - len(present))
        return sums

    def url(self, **changes: str | None) -> str:
        return with_query(self.params, **{self.table.param(k): v for k, v in changes.items()})

    @property
    def kept_params(self) -> list[tuple[str, str]]:
        """Parameters the filter form must carry along: everything that is not its own field."""
        own = {self.table.param(k) for k in ("q", "page", *(f.key for f in self.table.filters))}
        return [(k, v) for k, vs in self.params.lists() if k not in own and k != "export" for v in vs]

    @property
    def kept_for_columns(self) -> list[tuple[str, str]]:
        return [(k, v) for k, vs in self.params.lists() if k not in (self.table.param("cols"), "export") for v in vs]

    @property
    def filter_fields(self) -> list[dict[str, Any]]:
        return [
            {
                "name": self.table.param(f.key),
                "label": f.label,
                "options": f.options,
                "value": self.query.filters.get(f.key, ""),
            }
            for f in self.table.filters
        ]

    @property
    def column_choices(self) -> list[tuple[str, Any, bool]]:
        shown = {c.key for c in self.columns}
        return [(c.key, c.label, c.key in shown) for c in self.table.columns]

    def head_and_body(self) -> SafeString:
        from .render import table_html

        return table_html(self)

    def __html__(self) -> str:
        return render_to_string("face/parts/table.html", {"t": self, "param": self.table.param})

    def __str__(self) -> SafeString:
        return mark_safe(self.__html__())  # noqa: S308 - escaped by the template

    def export(self, request: HttpRequest) -> HttpResponse | None:
        """The file the address asks for (``?export=xlsx`` or ``csv``), with all rows found and the columns shown."""
        wanted = request.GET.get(self.table.param("export"), "")
        if wanted not in FORMATS:
            return None
        from urllib.parse import quote

        from .export import csv_bytes, xlsx_bytes

        content = xlsx_bytes(self) if wanted == "xlsx" else csv_bytes(self)
        name = f"{self.table.file_name or self.table.title or self.table.name}.{wanted}"
        response = HttpResponse(content, content_type=FORMATS[wanted])
        response["Content-Disposition"] = (
            f"attachment; filename=\"{self.table.name}.{wanted}\"; filename*=UTF-8''{quote(name)}"
        )
        return response
