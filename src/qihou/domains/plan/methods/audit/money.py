"""Sums of money by row and by column, with rounding told apart from error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from ..register import DocumentFinding, ProjectRow
from ..totals import Claim, claim, claimed_totals, groups_with_subtotals, is_amount
from .context import ERROR, NOTE, WARNING, Context, finding, first_line, lines_of, row_name

_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")
COLUMNS = ("upper_level", "district_budget", "private")
_TOTAL_IN_TEXT = re.compile(
    r"(?P<what>总投资|投资总额|投资规模|计划投资|估算投资|投资合计|投资)(?:估算|规模|约|共|共计|合计|为|达|达到|预计)*"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元)"
)


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _rows(context)
    yield from _columns(context)
    yield from _grand_total(context)
    yield from _subtotals(context)
    yield from _in_text(context)
    yield from _placement(context)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:f}"


def _parts(project: ProjectRow) -> list[Decimal] | None:
    """The amounts of a row, or None when one of them is unknown."""
    if project.funding_amounts:
        return [a for a in project.funding_amounts if a.is_finite()]
    values = [getattr(project.funding, c) for c in COLUMNS]
    if any(v is not None and not is_amount(v) for v in values):
        return None
    return [v for v in values if is_amount(v) and v.is_finite()]


def _rows(context: Context) -> Iterator[DocumentFinding]:
    for project in context.register.projects:
        parts = _parts(project)
        investment = project.investment
        if not parts or not is_amount(investment) or not investment.is_finite():
            continue
        total = sum(parts, Decimal(0))
        own = claim(investment, project.cells["investment"].printed if "investment" in project.cells else "")
        if own.holds(total) or _has_another_source(context, project, parts, investment - total):
            continue
        lines = lines_of(project, "investment", "funding_amounts", *COLUMNS)
        yield finding(
            "row_sum_differs",
            ERROR,
            {
                "no": row_name(project),
                "investment": _plain(investment),
                "sum": _plain(total),
                "parts": [_plain(p) for p in parts],
                "difference": _plain(abs(total - investment)),
            },
            lines,
            [context.line_text(n).strip() for n in lines],
        )


def _has_another_source(context: Context, project: ProjectRow, parts: list[Decimal], gap: Decimal) -> bool:
    """The row prints one more amount, equal to the gap: a source of funding the register has no column for."""
    if not project.lines or gap <= 0:
        return False
    span = range(project.lines[0], min(project.lines[-1], project.lines[0] + 60) + 1)
    cells = [project.cells[c] for c in (*COLUMNS, "investment") if c in project.cells]
    printed = project.cells["investment"].printed if "investment" in project.cells else ""
    return _prints_more(context, list(span), [c.printed for c in cells], parts, gap, project.investment, printed)


def _prints_more(
    context: Context,
    lines: list[int],
    taken: list[str],
    parts: list[Decimal],
    gap: Decimal,
    whole: object,
    printed_whole: str,
) -> bool:
    """Whether ``lines`` print an amount equal to ``gap`` besides those ``taken``, in the unit of the whole's own number."""
    printed = [Decimal(n.replace(",", "")) for line in lines for n in _AMOUNT.findall(context.line_text(line))]
    for amount in [Decimal(n.replace(",", "")) for text in taken for n in _AMOUNT.findall(text)] or parts:
        if amount in printed:
            printed.remove(amount)
    first = _AMOUNT.search(printed_whole)
    number = Decimal(first[0].replace(",", "")) if first else Decimal(0)
    factor = whole / number if is_amount(whole) and number else Decimal(1)
    return any(gap in (amount, amount * factor) for amount in printed)


def _columns(context: Context) -> Iterator[DocumentFinding]:
    projects = context.register.projects
    for column, printed in claimed_totals(context.register.totals).items():
        values = [p.investment if column == "investment" else getattr(p.funding, column) for p in projects]
        if not projects or any(v is not None and not is_amount(v) for v in values):
            continue
        numbers = [v for v in values if is_amount(v) and v.is_finite()]
        if not numbers:
            continue
        total = sum(numbers, Decimal(0))
        params = {
            "column": column,
            "printed": printed.printed,
            "value": _plain(printed.value) if _plain(printed.value) != printed.printed.replace(",", "") else "",
            "sum": _plain(total),
            "difference": _plain(abs(total - printed.value)),
            "rows": len(numbers),
        }
        if printed.is_rounding(total):
            yield finding("column_sum_rounded", NOTE, params, printed.lines, [printed.printed])
        elif not printed.holds(total):
            yield finding("column_sum_differs", ERROR, params, printed.lines, [printed.printed])


def _grand_total(context: Context) -> Iterator[DocumentFinding]:
    claims = claimed_totals(context.register.totals)
    if "investment" not in claims or not all(c in claims for c in COLUMNS):
        return
    whole = claims["investment"]
    parts = [claims[c] for c in COLUMNS]
    total = sum((c.value for c in parts), Decimal(0))
    gap = total - whole.value
    if gap == 0:
        return
    lines = tuple(dict.fromkeys(n for c in [whole, *parts] for n in c.lines))
    quotes = [context.line_text(n).strip() for n in lines]
    params: dict[str, object] = {
        "total": whole.printed,
        "parts": [c.printed for c in parts],
        "sum": _plain(total),
        "difference": _plain(abs(gap)),
    }
    if abs(gap) > whole.half_unit + sum((c.half_unit for c in parts), Decimal(0)):
        cells = context.register.totals.cells
        taken = [cells[c].printed for c in ("investment", *COLUMNS) if c in cells]
        values = [c.value for c in parts]
        span = list(range(min(lines, default=1), min(max(lines, default=0), min(lines, default=1) + 60) + 1))
        if gap < 0 and _prints_more(context, span, taken, values, -gap, whole.value, whole.printed):
            return
        yield finding("grand_total_differs", ERROR, params, lines, quotes)
        return
    params["explained"] = [
        {"column": column, "printed": claims[column].printed, "value": _plain(value)}
        for column, value in _explanations(context, claims, gap)
    ]
    yield finding("grand_total_rounded", NOTE, params, lines, quotes)


def _explanations(context: Context, claims: dict[str, Claim], gap: Decimal) -> Iterator[tuple[str, Decimal]]:
    """Columns one of which alone, unrounded, closes the gap and whose decimals the entries can add up to."""
    fractions = _reachable_fractions(
        a for p in context.register.projects for a in (_parts(p) or []) if a.is_finite() and a >= 0
    )
    for column in COLUMNS:
        value = claims[column].value - gap
        exponent = claims[column].value.as_tuple().exponent
        step = Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)
        if value == claims[column].value or value.quantize(step, ROUND_HALF_UP) != claims[column].value:
            continue
        if not fractions or value % 1 in fractions:
            yield column, value


def _reachable_fractions(amounts: Iterable[Decimal]) -> set[Decimal]:
    """Decimal parts of sums of any of the amounts; empty when there are too many to tell."""
    reached = {Decimal(0)}
    for fraction in (a % 1 for a in amounts):
        if fraction:
            reached |= {(r + fraction) % 1 for r in reached}
            if len(reached) > 90:
                return set()
    return reached


def _subtotals(context: Context) -> Iterator[DocumentFinding]:
    matched = {group.lines: group for group in groups_with_subtotals(context.register)}
    for entry in context.register.totals.subtotals:
        lines = tuple(entry.get("lines") or ())
        group = matched.get(lines)
        if not lines or not matched:
            continue
        if group is None:
            if is_amount(entry.get("investment")) and not _has_open_row(context, str(entry.get("label", ""))):
                params: dict[str, object] = {"label": str(entry.get("label", "")), "value": _plain(entry["investment"])}
                yield finding("subtotal_unexplained", WARNING, params, lines, [context.line_text(n) for n in lines])
            continue
        for column in COLUMNS:
            values = [getattr(p.funding, column) for p in group.projects]
            if column not in group.claims or any(v is not None and not is_amount(v) for v in values):
                continue
            total = sum((v for v in values if is_amount(v)), Decimal(0))
            if not group.claims[column].holds(total):
                params = {
                    "label": group.label,
                    "column": column,
                    "value": _plain(group.claims[column].value),
                    "sum": _plain(total),
                    "difference": _plain(abs(total - group.claims[column].value)),
                }
                yield finding("subtotal_differs", ERROR, params, lines, [context.line_text(n) for n in lines])


def _has_open_row(context: Context, label: str) -> bool:
    """A project of the group has no investment yet (争取, 待定): nothing can be said of the group's sum."""
    return any(p.category and p.category in label and not is_amount(p.investment) for p in context.register.projects)


def _in_text(context: Context) -> Iterator[DocumentFinding]:
    """A project's own text that names its total investment, and the text's claim about all projects."""
    for passage in context.project_texts:
        row = passage.row
        if not isinstance(row, ProjectRow) or not is_amount(row.investment):
            continue
        for m in _TOTAL_IN_TEXT.finditer(passage.text):
            if m["what"] == "总投资" and not _told(m).holds(row.investment) and row.investment > 0:
                params = {"no": row_name(row), "text": m[0], "investment": _plain(row.investment)}
                lines = [passage.line, first_line(row, "investment")]
                yield finding("investment_in_text_differs", WARNING, params, lines, [m[0], _plain(row.investment)])
    grand = claimed_totals(context.register.totals).get("investment")
    if grand is None:
        return
    for passage in context.prose:
        for m in _TOTAL_IN_TEXT.finditer(passage.text):
            before = passage.text[max(0, m.start() - 40) : m.start()]
            if not re.search(r"规划[^。]*项目|重点项目|重点工程|项目库|本规划", before) or passage.background:
                continue
            told = _told(m).value
            if not grand.value * Decimal("0.75") <= told <= grand.value * Decimal("1.33"):
                continue  # the sum of one field of work, not of the whole
            if not _told(m).holds(grand.value) and not grand.holds(told):
                params = {"text": m[0], "value": _plain(grand.value)}
                lines = [passage.line, *grand.lines]
                yield finding(
                    "total_in_text_differs", ERROR, params, lines, [m[0], *[grand.printed for _ in grand.lines]]
                )


def _told(m: re.Match[str]) -> Claim:
    value = Decimal(m["number"].replace(",", "")) * (10_000 if m["unit"] == "亿元" else 1)
    return claim(value, m["number"])


def _placement(context: Context) -> Iterator[DocumentFinding]:
    """What became of the funding columns whose blank cells were lost (see :mod:`..funding`)."""
    outcome = context.register.claimed.get("funding")
    status = getattr(outcome, "status", "nothing_lost")
    if outcome is None or status == "nothing_lost":
        return
    params: dict[str, object] = {
        "rows": len(outcome.rows),
        "forced": outcome.forced,
        "undecided": outcome.undecided,
        "totals": {c: _plain(v) for c, v in outcome.totals.items()},
    }
    lines = outcome.lines or tuple(
        first_line(p, "funding_amounts", "investment") for p in context.register.projects if p.no in outcome.rows
    )
    quotes = [context.line_text(n).strip() for n in lines]
    for label in outcome.inconsistent_groups:
        yield finding("funding_group_inconsistent", ERROR, {"label": label}, lines, quotes)
    if status == "inconsistent":
        gap = None if outcome.placed is None else outcome.placed - sum(outcome.totals.values(), Decimal(0))
        params["placed"] = None if outcome.placed is None else _plain(outcome.placed)
        params["difference"] = None if gap is None or len(outcome.totals) < len(COLUMNS) else _plain(gap)
        params["nearest"] = {c: _plain(v) for c, v in (outcome.nearest or {}).items()}
        yield finding("funding_inconsistent", ERROR, params, lines, quotes)
        return
    kind = {
        "proved": "funding_columns_lost",
        "not_proved": "funding_not_proved",
        "no_totals": "funding_no_totals",
        "unreadable_rows": "funding_unreadable_rows",
    }[status]
    if status == "unreadable_rows":
        params["numbers"] = [str(n) for n in outcome.rows]
    yield finding(kind, NOTE if status == "proved" else WARNING, params, lines, quotes)
