"""From the lines of a document to tables with named columns, whatever way the cells were laid down."""

from __future__ import annotations

from ..document import Document
from .cells import cell_tokens, divided_lines
from .delimited import find_delimited
from .fit import Fitting
from .grid import tables_from_grids
from .stacked import find_stacked
from .table import Table


def find_tables(document: Document, skip: frozenset[int], fitting: Fitting) -> list[Table]:
    """All tables of indicators, projects and tasks, in the order of the document; lines in ``skip`` are not looked at."""
    tables = tables_from_grids(document.grids, document.lines, fitting)
    used = frozenset(n for g in document.grids for n in g.lines) | skip
    delimited, taken, ragged = find_delimited(document.lines, used, fitting)
    used |= taken
    divided = divided_lines(document.lines, ragged, used)
    stacked = find_stacked(cell_tokens(document.lines, used, divided), fitting)
    return sorted([*tables, *delimited, *stacked], key=lambda t: min(t.lines, default=0))
