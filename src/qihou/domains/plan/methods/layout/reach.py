"""Heads that stand over two columns without saying so: 重点任务 over the task's title and its wording."""

from __future__ import annotations

from collections import Counter

from ..document import GridCell
from ..reading.numbers import is_nothing, plain_number, squeeze
from .fit import Fitting
from .header import Label, columns_of, kind_of
from .roles import ORGANISATIONS, Role, role_of

_WORDS = (Role.NAME, Role.TEXT, Role.CONTENT, Role.GROUPING)


def reaching(labels: list[Label], rows: list[list[GridCell]], fitting: Fitting) -> list[Label]:
    """The labels, one per column of the rows: an unnamed column of words, or one the head lacks, takes its left
    neighbour's name when the cells to the right then suit their heads."""
    labels = _named(labels, rows)
    widths = Counter(len(r) for r in rows if _numbered(r))
    if not widths or widths.most_common(1)[0][0] != len(labels) + 1 or widths[len(labels) + 1] < 3:
        return labels
    wide = [r for r in rows if len(r) == len(labels) + 1]
    if not any(r[-1].text.strip() for r in wide):
        return labels  # a bar or a tab at the end of each row
    ways = [labels, *(_doubled(labels, i) for i, label in enumerate(labels) if role_of(label.text) in _WORDS)]
    return max(ways, key=lambda way: _suits(way, wide, fitting))


def _numbered(row: list[GridCell]) -> bool:
    return bool(row) and plain_number(row[0].text) is not None


def _doubled(labels: list[Label], at: int) -> list[Label]:
    return [*labels[: at + 1], labels[at], *labels[at + 1 :]]


def _named(labels: list[Label], rows: list[list[GridCell]]) -> list[Label]:
    """Unnamed columns that hold words in most rows."""
    out = list(labels)
    for i in range(1, len(out)):
        if squeeze(out[i].text) or role_of(out[i - 1].text) not in _WORDS:
            continue
        cells = [r[i].text for r in rows if i < len(r) and _numbered(r)]
        words = [c for c in cells if not is_nothing(c) and plain_number(c) is None and len(squeeze(c)) > 3]
        if cells and len(words) >= 0.6 * len(cells):
            out[i] = out[i - 1]
    return out


def _suits(labels: list[Label], rows: list[list[GridCell]], fitting: Fitting) -> float:
    """How well the organisations' columns hold organisations, on average; no register at all is worst."""
    columns = columns_of(labels)
    if kind_of(columns) is None or len(columns) != len(labels):
        return -1.0
    at = [i for i, c in enumerate(columns) if c.role in ORGANISATIONS]
    cells = [(columns[i].role, r[i].text) for r in rows for i in at if r[i].text.strip()]
    others = [r[i].text for r in rows for i in range(len(columns)) if i not in at and r[i].text.strip()]
    if not cells:
        return 0.0
    astray = sum(1 for text in others if fitting.organisation(text) >= 0.55)
    return sum(fitting.fit(role, text) for role, text in cells) / len(cells) - astray / len(rows)
