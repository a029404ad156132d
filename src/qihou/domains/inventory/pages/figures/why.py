"""What a figure of the inventory stands on, step by step: figure, method, inputs, cell or fact, citation.

A key is ``<run>:<code>:<gas>`` for a figure shown, ``<run>:cell:<node>:<row>:<column>`` for one between, and
``<run>:leaf:<id>`` for a value that was entered or cited. Runs are opened on what they stood on then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qihou.domains.inventory.api import runs
from qihou.domains.inventory.api.errors import UnableToFind
from qihou.domains.inventory.methods.as_json import names_of
from qihou.domains.inventory.methods.label_names import label_words
from qihou.domains.inventory.methods.results import Line, Worked
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.face import formats
from qihou.face.values import Why as Link
from qihou.face.why import Explanation, Step, register
from qihou.figures.book import Figure
from qihou.figures.leaf import Leaf
from qihou.figures.lineage import Input, Why
from qihou.figures.missing import Flag, State
from qihou.figures.propagation import Share, Target
from qihou.measure import units
from qihou.record.api.access import Actor
from qihou.record.models import Feature, Run

from ..libraries.formula import mathml
from ..libraries.links import factor_url, factors_by_key, method_url
from ..libraries.words import unit_label
from .cells import TONNES_IN_UNIT, WHY, digits, half, in_unit
from .words import STATES, flag_words, gas_name, in_brackets, is_english, listed, name

SHOWN_PARTS = 60
# The why of an entered value, opened by the pages of the year's work.
CELL = "inventory.cell"
_FRACTION = re.compile(r"\\t?frac\{(\w+)\}\{(\w+)\}")
BEST = 3


@dataclass(frozen=True)
class _Opened:
    """A run that was opened, with who looks at it."""

    district: Feature
    run: Run
    worked: Worked
    told: tuple[str, ...]

    def cell_key(self, figure: Figure) -> str:
        graph, book = self.worked.scheme.graph, self.worked.book
        row = graph.row_numbers[figure.node][figure.labels]
        return f"{self.run.uid}:cell:{figure.node}:{row}:{book.periods.index(figure.period)}"


def explain(actor: Actor, district: Feature, key: str) -> Explanation:
    """See the head of the module for the keys."""
    uid, *rest = key.split(":")
    run = runs.the_run(actor, district, uid)
    frozen = runs.open_frozen(actor, district, uid)
    opened = _Opened(district, run, frozen.worked, frozen.told)
    try:
        match rest:
            case ["cell", node, row, column]:
                return _of_cell(opened, node, int(row), int(column))
            case ["leaf", leaf_id]:
                return _of_leaf(opened, next(leaf for leaf in opened.worked.book.leaves if leaf.id == leaf_id))
            case [code, gas]:
                return _of_figure(opened, code, gas, runs.lines_of(run)[code, gas])
    except (KeyError, IndexError, ValueError, StopIteration) as trouble:
        raise UnableToFind(_("没有这个数。")) from trouble
    raise UnableToFind(_("没有这个数。"))


def register_all() -> None:
    """Called once, when the slice is ready."""
    register(WHY, explain)


def _of_figure(opened: _Opened, code: str, gas: str, line: Line) -> Explanation:
    worked = opened.worked
    why = worked.why(code, gas, depth=1)
    zh, en = names_of(worked, code)
    title = (en if is_english() else zh) + (f" · {gas_name(gas)}" if gas else "")
    value, unit = shown(line.value, line.unit)
    steps = [
        *_range(line),
        *_steps(opened, why),
        *_best(opened, worked.improve(code, gas)),
        *_marks(line.flags),
        *_run(opened),
    ]
    return Explanation(
        _("{what} · {year} 年").format(what=title, year=worked.period.code),
        value if line.value is not None else str(STATES[line.state]),
        unit if line.value is not None else "",
        tuple(steps),
        _reference(opened, title, line.value, line.unit, line.state, half(line), line.id),
        bool(line.flags & Flag.ILLUSTRATIVE),
        bool(line.flags & Flag.UNVERIFIED),
    )


def _of_cell(opened: _Opened, node: str, row: int, column: int) -> Explanation:
    worked = opened.worked
    why = worked.lineage.why(node, row, column, 1)
    figure = why.figure
    title = _figure_name(opened, figure)
    if why.method is not None and _category_of(opened, figure):
        # Several steps of one category stand under one another; what each does tells them apart.
        title += f" · {name(why.method)}"
    value, unit = shown(figure.value, figure.unit)
    shares = worked.propagation.shares(Target(node, row, column)) if figure.value is not None else []
    return Explanation(
        _("{what} · {year} 年").format(what=title, year=figure.period.code),
        value if figure.value is not None else str(STATES[figure.state]),
        unit if figure.value is not None else "",
        (*_steps(opened, why), *_best(opened, shares), *_marks(figure.flags), *_run(opened)),
        _reference(opened, title, figure.value, figure.unit, figure.state, "", why.id),
        bool(figure.flags & Flag.ILLUSTRATIVE),
        bool(figure.flags & Flag.UNVERIFIED),
    )


def _of_leaf(opened: _Opened, leaf: Leaf) -> Explanation:
    title = _leaf_name(opened, leaf)
    value = digits(leaf.value) if leaf.value is not None else str(STATES[leaf.state])
    unit = unit_label(leaf.unit) if leaf.value is not None else ""
    return Explanation(
        title,
        value,
        unit,
        (*_leaf_steps(opened, leaf), *_marks(leaf.flags), *_run(opened)),
        "，".join(
            part
            for part in (
                title, f"{value} {unit}".strip(), leaf.spread, leaf.origin.where,
                _("编号 {id}").format(id=leaf.id),
            )
            if part
        ),
        bool(leaf.flags & Flag.ILLUSTRATIVE),
        bool(leaf.flags & Flag.UNVERIFIED),
    )  # fmt: skip


def _range(line: Line) -> Iterator[Step]:
    if line.value is None:
        if line.known:
            yield Step(
                _("已知部分"), f"{digits(line.known)} {units.label(line.unit)}", note=_("其余部分缺，不作为总数使用。")
            )
        return
    yield Step(_("精确值"), f"{digits(line.value)} {units.label(line.unit)}")
    if line.low is not None and line.high is not None and line.low != line.high:
        between = _("{low} 至 {high}").format(low=digits(line.low), high=digits(line.high))
        yield Step(_("95% 区间"), between, value=half(line), note=_("共用的因子按相关处理，不是逐项区间相加。"))


def _steps(opened: _Opened, why: Why) -> Iterator[Step]:
    method = why.method
    if method is None:
        counted = sum(part.value is not None for part in why.inputs)
        yield Step(_("方法"), _("{n} 项相加").format(n=counted))
    else:
        cites = "；".join(f"{cite}{_('（待核）') if cite.grade == 'M' else ''}" for cite in method.cites)
        # The weighing of gases is no method of the library: there is one for each gas and set.
        url = "" if method.key.startswith("gwp.") else method_url(opened.district.code, method)
        yield Step(_("方法"), name(method), note=f"{method.id} · {cites}", quote=mathml(method.formula), url=url)
        for need in method.needs:
            if need.constant is not None:
                yield Step(_("公式常数"), _symbol(name(need), need.symbol), value=digits(need.constant))
    parts = sorted(why.inputs, key=lambda part: -abs(part.value or 0.0)) if method is None else list(why.inputs)
    for part in parts[:SHOWN_PARTS]:
        yield _input(opened, part)
    if len(parts) > SHOWN_PARTS:
        yield Step(_("其余"), _("另有 {n} 项").format(n=len(parts) - SHOWN_PARTS))


def _input(opened: _Opened, given: Input) -> Step:
    below = given.below
    when = "" if given.period == opened.worked.period else _("{year} 年").format(year=given.period.code)
    unit = given.need.unit if given.need else ""
    if isinstance(below, Leaf):
        link = Link(WHY, f"{opened.run.uid}:leaf:{below.id}")
        title = _symbol(name(given.need), given.need.symbol) if given.need else _leaf_name(opened, below)
        if given.value is None:
            return Step(
                _("输入"), title, value=str(STATES[below.state]), note=f"{when} {below.reason}".strip(), why=link
            )
        facts = [when, _origin(below), below.spread, *flag_words(below.flags & ~Flag.DEFAULT_SPREAD)]
        return Step(
            _("输入"),
            title,
            f"{digits(given.value)} {unit_label(unit)}".strip(),
            " · ".join(s for s in facts if s),
            why=link,
        )
    figure = below.figure
    link = Link(WHY, opened.cell_key(figure))
    title = _symbol(name(given.need), given.need.symbol) if given.need else _figure_name(opened, figure)
    note = " · ".join(part for part in (when, _figure_name(opened, figure) if given.need else "") if part)
    if given.value is None:
        return Step(_("输入") if given.need else _("分项"), title, str(STATES[figure.state]), note, why=link)
    said = unit_label(unit or figure.unit)
    return Step(_("输入") if given.need else _("分项"), title, f"{digits(given.value)} {said}".strip(), note, why=link)


def _leaf_steps(opened: _Opened, leaf: Leaf) -> Iterator[Step]:
    origin = leaf.origin
    if leaf.value is None:
        yield Step(_("缺的理由"), leaf.reason or _("没有人说明"))
    if origin.kind == "entry":
        cell = Link(CELL, origin.id.partition("@")[0])
        yield Step(_("填报"), origin.where or _("直接填入"), note=_("记录 {id}").format(id=origin.id), why=cell)
    elif origin.kind in ("fact", "potential"):
        said = origin.en if is_english() and origin.en else origin.zh
        yield Step(_("因子"), said, note=_("证据等级 {grade}").format(grade=leaf.grade) if leaf.grade else "")
        factor = factors_by_key().get(origin.id.partition("#")[2])
        url = factor_url(opened.district.code, factor) if factor else origin.link
        yield Step(_("出处"), origin.where, note=_("因子编号 {id}").format(id=origin.id), url=url)
    if leaf.value is not None:
        yield Step(_("不确定度"), leaf.spread or _("视为精确"))
    yield Step(_("代码"), code_of(leaf.quantity, leaf.labels))


def _best(opened: _Opened, shares: list[Share]) -> Iterator[Step]:
    """The next datum worth improving: the largest shares of the variance."""
    for place, share in enumerate(shares[:BEST]):
        yield Step(
            _("最值得改进") if place == 0 else _("其次"),
            _leaf_name(opened, share.leaf),
            value=f"{share.share:.0%}",
            note=_("占这个数方差的份额；现为 {spread}").format(spread=share.leaf.spread or "—"),
            why=Link(WHY, f"{opened.run.uid}:leaf:{share.leaf.id}"),
        )


def _marks(flags: Flag) -> Iterator[Step]:
    if words := flag_words(flags):
        yield Step(_("须说明"), listed(words))


def _run(opened: _Opened) -> Iterator[Step]:
    run = opened.run
    yield Step(
        _("版本"),
        _("{year} 年清单第 {n} 次计算（{edition}，{gwp}）").format(
            year=run.period_start.year, n=run.number, edition=run.settings["edition"], gwp=run.settings["gwp_set"]
        ),
        note="；".join([formats.moment(run.made_at), *opened.told]),
    )
    if run.stale_at is not None:
        yield Step(_("数据已变"), run.stale_note, note=_("这里仍是计算当时的数据。"))


def _reference(
    opened: _Opened, title: str, value: float | None, unit: str, state: State, spread: str, figure_id: str
) -> str:
    run = opened.run
    said = f"{digits(value)} {unit_label(unit)}" if value is not None else str(STATES[state])
    return _("{district} {year} 年温室气体清单（第 {n} 次计算，{edition}，{gwp}）：{what} {value}，编号 {id}").format(
        district=opened.district.name_en or opened.district.name if is_english() else opened.district.name,
        year=run.period_start.year,
        n=run.number,
        edition=run.settings["edition"],
        gwp=run.settings["gwp_set"],
        what=title,
        value=f"{said} {spread}".strip(),
        id=figure_id,
    )


def shown(value: float | None, unit: str) -> tuple[str, str]:
    """A value in the unit of the screen: CO2 equivalents in 万吨 where that is readable, all else as it is."""
    if value is None:
        return "", units.label(unit)
    if unit.startswith("tCO2e_") and abs(value) >= float(TONNES_IN_UNIT) / 10:
        return formats.number(in_unit(value)), _("万吨CO₂e")
    return digits(value), unit_label(unit)


def _category_of(opened: _Opened, figure: Figure) -> Category | None:
    """The category a figure is one's, where it is."""
    return opened.worked.scheme.category.get(dict(figure.labels).get("category", ""))


def _figure_name(opened: _Opened, figure: Figure) -> str:
    """A category where the figure is one's, else what its method gives; with the labels that tell it apart."""
    scheme = opened.worked.scheme
    labels = dict(figure.labels)
    category = _category_of(opened, figure)
    labels.pop("category", "")
    node = scheme.graph[figure.node]
    gas = labels.pop("gas", "")
    if category is not None:
        said = name(category)
    elif hasattr(node, "method"):
        said = name(node.method)
    else:
        said = (node.en if is_english() else node.zh) or figure.node
    words = [*([gas_name(gas)] if gas else []), *label_words(labels, english=is_english())]
    return said + in_brackets(words)


def _leaf_name(opened: _Opened, leaf: Leaf) -> str:
    quantity = opened.worked.scheme.quantity.get((leaf.quantity, leaf.labels))
    if quantity is not None:
        return name(quantity)
    said = leaf.origin.en if is_english() and leaf.origin.en else leaf.origin.zh
    return said.partition("：")[0].partition("；")[0] if said else code_of(leaf.quantity, leaf.labels)


def _origin(leaf: Leaf) -> str:
    if leaf.origin.kind == "entry":
        return leaf.origin.where or _("填报")
    return leaf.origin.where + in_brackets([leaf.grade] if leaf.grade else [])


def _symbol(words: str, symbol: str) -> str:
    plain = _FRACTION.sub(r"\1/\2", symbol).replace("{", "").replace("}", "").replace("\\", "")
    return f"{words} {plain}" if plain else words
