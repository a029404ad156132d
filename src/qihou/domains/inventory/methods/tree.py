"""The tree under a figure as lines of text: values with units, formulas with their clause, factors with their source, cells."""

from __future__ import annotations

from collections.abc import Iterator

from qihou.domains.inventory.methods.as_json import names_of
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.scheme.assembly import Cell
from qihou.domains.inventory.methods.words import STATUSES, flag_words, state_word
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.figures.book import Figure
from qihou.figures.leaf import Leaf
from qihou.figures.lineage import Input, Why
from qihou.figures.missing import Flag
from qihou.measure.units import label

# The smallest beginning of an id that a person would copy.
LEAST_ID = 6


class UnableToFindFigure(LookupError):
    """No figure of the inventory is called so; the sentence says what there is."""


def figure_named(worked: Worked, name: str) -> Cell:
    """The figure a person means by ``energy.combustion/CO2`` or by the beginning of an id, of any figure of the tree.

    Returns:
        Node and row, as in ``worked.cells``.

    Raises:
        UnableToFindFigure: none, or several.
    """
    code, _, gas = name.partition("/")
    if (code, gas) in worked.cells:
        return worked.cells[code, gas]
    found = _by_id(worked, name.lower().removeprefix("#")) if len(name) >= LEAST_ID else {}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise UnableToFindFigure(
            f"“{name}”对应多个数，请多写几位。 Several figures begin with {name}; write more of the id."
        )
    near = [one for one, _ in worked.cells if one.startswith(code.rpartition(".")[0]) and "." in code]
    known = "、".join(dict.fromkeys((near or list(worked.scheme.category))[:12]))
    raise UnableToFindFigure(
        f"没有名为“{name}”的数；有 {known} 等。 There is no figure {name!r};"
        f" write category/gas@year, for example energy/CO2@{worked.period.code}."
    )


def _by_id(worked: Worked, start: str) -> dict[str, Cell]:
    """All ids that begin so; shown figures come before the steps they stand on."""
    places = [
        *worked.cells.values(),
        *((node.key, row) for node in worked.scheme.graph for row in range(len(node.rows))),
    ]
    found: dict[str, Cell] = {}
    for node, row in places:
        its = worked.lineage.id(node, row, worked.column)
        if its.startswith(start):
            found.setdefault(its, (node, row))
    return found


def tree_lines(worked: Worked, cell: Cell, depth: int | None = None) -> Iterator[str]:
    """One line per value, each level two blanks further in; the first two lines name the figure and give it with its range."""
    node, row = cell
    why = worked.lineage.why(node, row, worked.column, depth)
    key = next((key for key, place in worked.cells.items() if place == cell), None)
    yield _title(worked, key, why.figure)
    line = worked.lines[key] if key else None
    rest = "" if line is None or line.half_percent is None else f"  ±{line.half_percent:.1f}%"
    if line is not None and line.low is not None and line.high is not None:
        rest += f"  [{_digits(line.low)}, {_digits(line.high)}]"
    yield f"{_figure(why.figure)}{rest}  {STATUSES[why.figure.status]}  #{why.id}"
    yield from _under(worked, why, 1)


def _title(worked: Worked, key: tuple[str, str] | None, figure: Figure) -> str:
    if key is None:
        return f"{_row_name(worked, figure)} {figure.node}@{worked.period.code}"
    code, gas = key
    zh, en = names_of(worked, code)
    return f"{zh} · {en} {code}{'/' + gas if gas else ''}@{worked.period.code}"


def _under(worked: Worked, why: Why, level: int) -> Iterator[str]:
    indent = "  " * level
    if why.method is not None and why.inputs:
        method = why.method
        cites = "；".join(f"{cite}{_grade(cite.grade)}" for cite in method.cites)
        yield f"{indent}= {method.zh} {method.id}：{cites}"
    for given in why.inputs:
        yield from _input(worked, given, level)


def _input(worked: Worked, given: Input, level: int) -> Iterator[str]:
    indent = "  " * level
    below = given.below
    if isinstance(below, Leaf):
        yield f"{indent}{_leaf(given, below)}"
        return
    name = given.need.zh if given.need else _row_name(worked, below.figure)
    yield f"{indent}{name} = {_figure(below.figure)}  #{below.id}"
    yield from _under(worked, below, level + 1)


def _leaf(given: Input, leaf: Leaf) -> str:
    name = given.need.zh if given.need else leaf.quantity
    code = code_of(leaf.quantity, leaf.labels)
    if leaf.value is None:
        return f"{name}：{state_word(leaf.state)} {leaf.reason}  {code}"
    converted = ""
    if given.need and given.need.unit != leaf.unit and given.value is not None:
        converted = f" = {_digits(given.value)} {label(given.need.unit)}"
    spread = f" {leaf.spread}" if leaf.spread else ""
    where = "；".join(part for part in (leaf.origin.zh, leaf.origin.where) if part)
    marks = _marks(leaf.flags, leaf.grade)
    return f"{name} = {_digits(leaf.value)} {label(leaf.unit)}{converted}{spread} ← {where}{marks}  {code}"


def _figure(figure: Figure) -> str:
    if figure.value is None:
        known = f"，已知部分 {_digits(figure.known)} {label(figure.unit)}" if figure.known else ""
        return f"{state_word(figure.state)}{known}{_marks(figure.flags, '')}"
    return f"{_digits(figure.value)} {label(figure.unit)}{_marks(figure.flags, '')}"


def _row_name(worked: Worked, figure: Figure) -> str:
    named = dict(figure.labels)
    category = worked.scheme.category.get(named.get("category", ""))
    others = "，".join(f"{kind}={value}" for kind, value in figure.labels if kind != "category")
    return f"{category.zh if category else figure.node}{f'（{others}）' if others else ''}"


def _grade(grade: str) -> str:
    return "（待核）" if grade == "M" else ""


def _marks(flags: Flag, grade: str) -> str:
    words = flag_words(flags)
    if grade:
        words.append(f"证据等级 {grade}")
    return f" 【{'、'.join(words)}】" if words else ""


def _digits(number: float) -> str:
    return f"{number:,.10g}"
