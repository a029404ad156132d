"""What a table is: its columns, its filters, and what an address asks of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from .bound import BoundTable

Text = str | Promise


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"  # text of a sentence or more: wide, clamped to three lines on screen
    NUMBER = "number"
    MONEY = "money"  # 10⁴ CNY
    PERCENT = "percent"  # 37.5 means 37.5 %
    DATE = "date"
    PERIOD = "period"
    STATE = "state"  # a code of face.states
    PEOPLE = "people"  # names of organisations or persons, a sequence
    LINK = "link"  # a values.Link


WHOLE = 1_000_000  # an export asks for every row at once
RIGHT = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT}


@dataclass(frozen=True)
class Column:
    """One column, declared once for screen and export.

    ``value`` takes the row and gives the value (or a ``Cell``); by default it is the attribute or key named ``key``.
    ``url`` makes the cell a link. ``optional`` columns start hidden. ``total`` adds a sum of the values that are there
    (with the number of missing ones beside it). ``unit`` stands small in the head.
    """

    key: str
    label: Text
    kind: Kind | str = Kind.TEXT
    value: Callable[[Any], Any] | None = None
    url: Callable[[Any], str | None] | None = None
    unit: Text = ""
    places: int | None = None
    optional: bool = False
    sortable: bool = True
    total: bool = False
    width: int | None = None
    heading: bool = False
    align: str = ""
    sort_by: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))

    @property
    def right(self) -> bool:
        return self.align == "right" or (not self.align and self.kind in RIGHT)

    def of(self, row: Any) -> Any:
        if self.value is not None:
            return self.value(row)
        return row[self.key] if isinstance(row, Mapping) else getattr(row, self.key)


@dataclass(frozen=True)
class Filter:
    """A choice above the table, kept in the address. ``of`` gives the row's code, or all its codes."""

    key: str
    label: Text
    options: Sequence[tuple[str, Text]]
    of: Callable[[Any], Any] | None = None

    def codes(self, row: Any) -> set[str]:
        if self.of is not None:
            found = self.of(row)
        else:
            found = row[self.key] if isinstance(row, Mapping) else getattr(row, self.key)
        if isinstance(found, str | int) or found is None:
            return {str(found)} if found is not None else set()
        return {str(f) for f in found}


@dataclass(frozen=True)
class Query:
    """What the address asks: to be handed to an api that filters, sorts and cuts by itself."""

    sort: str
    descending: bool
    filters: dict[str, str]
    text: str
    page: int
    page_size: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size


@dataclass(frozen=True)
class Table:
    """A kind of table. ``bind`` it to rows and a request's parameters.

    ``name`` is unique on its page: it is the HTML id and, when ``prefix`` is set, leads its parameters in the address.
    ``file_name`` names exports (without suffix), ``search_label`` switches the text filter on. ``held_for`` says what
    the HTML of a row depends on besides the row, its columns and the language; with it, rows that are the same objects
    from one request to the next are written once (see :mod:`qihou.face.tables.held`).
    """

    name: str
    columns: Sequence[Column]
    filters: Sequence[Filter] = field(default_factory=tuple)
    title: Text = ""
    sort: str = ""
    page_size: int = 100
    prefix: str = ""
    file_name: str = ""
    search_label: Text = ""
    empty_title: Text = ""
    empty_text: Text = ""
    cards_on_phone: bool = True
    row_id: Callable[[Any], str] | None = None
    group_by: Callable[[Any], Any] | None = None
    tall: bool = False
    held_for: tuple[Hashable, ...] = ()

    def param(self, key: str) -> str:
        return f"{self.prefix}.{key}" if self.prefix else key

    def query(self, params: QueryDict) -> Query:
        """Read the address; what it does not understand falls back to the table's own order and first page."""
        wanted = params.get(self.param("sort"), "") or self.sort
        descending, key = wanted.startswith("-"), wanted.lstrip("-")
        if key not in {c.key for c in self.columns if c.sortable}:
            descending, key = self.sort.startswith("-"), self.sort.lstrip("-")
        page = params.get(self.param("page"), "1")
        allowed = {f.key: {code for code, _ in f.options} for f in self.filters}
        chosen = {key: params.get(self.param(key), "") for key in allowed}
        whole = bool(params.get(self.param("export")))
        return Query(
            sort=key,
            descending=descending,
            filters={k: v for k, v in chosen.items() if v and v in allowed[k]},
            text=params.get(self.param("q"), "").strip(),
            page=int(page) if page.isdecimal() and 0 < int(page) < 1_000_000 and not whole else 1,
            page_size=WHOLE if whole else self.page_size,
        )

    def bind(self, rows: Sequence[Any], params: QueryDict, *, total: int | None = None, **context: Any) -> BoundTable:
        """The table over rows. With ``total`` the rows are one page, already filtered, sorted and cut by the caller.

        ``context`` may hold ``district_code`` (needed when cells carry a why) and ``document_url`` (lines lead there).
        """
        return BoundTable(self, list(rows), params, total=total, **context)
