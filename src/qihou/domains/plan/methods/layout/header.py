"""Heads of tables: from labels, perhaps broken over lines or standing in two levels, to columns and a kind of table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.numbers import squeeze
from .roles import FUNDS, MONEY, VALUES, Role, clean_label, group_label, role_of, unit_in, year_of
from .table import Column, Kind


@dataclass
class Label:
    """A header cell; ``parents`` are the labels standing over it."""

    text: str
    lines: tuple[int, ...]
    parents: tuple[str, ...] = ()


_SUM = re.compile(r"^(合计|小计|总计|总额|总投资|总数|总量|共计)$")


def columns_of(labels: list[Label]) -> list[Column]:
    """Columns with their roles, ambiguities between neighbouring labels settled."""
    columns = [_column(label) for label in labels]
    columns = _fold_groups(columns)
    _settle_bare_funds(columns)
    _settle_nameless(columns)
    _settle_years(columns)
    _settle_sums(columns)
    _settle_names(columns)
    _settle_organisations(columns)
    _settle_money(columns)
    return columns


def _column(label: Label) -> Column:
    role = role_of(label.text)
    year = year_of(label.text)
    unit, factor = unit_in(label.text)
    for parent in reversed(label.parents):
        over = role_of(parent)
        parent_unit, parent_factor = unit_in(parent)
        unit, factor = unit or parent_unit, factor if factor is not None else parent_factor
        if over in MONEY or (group_label(parent) and re.search(r"资金|投资", parent)):
            role = role if role in MONEY else _fund_under_money(label.text, over, role)
        elif role is Role.YEAR_VALUE and over in (Role.BASE, Role.TARGET):
            role = over
        elif role is None and over is not None and not (over in VALUES and re.search(r"年均|增速|增幅", label.text)):
            role = role_of(parent + label.text) or over
        year = year or year_of(parent)
    if role is None and group_label(label.text):
        role = Role.GROUP
    return Column(label.text, role or Role.OTHER, year, factor, unit, label.lines)


def _fund_under_money(text: str, over: Role | None, role: Role | None) -> Role:
    clean = clean_label(text)
    if _SUM.match(clean):
        return Role.INVESTMENT
    if re.search(r"中央|国家|省|市级|上级|专项债|国债", clean):
        return Role.UPPER
    if re.search(r"社会|企业|自筹|银行|贷款|其他|融资|民间", clean):
        return Role.PRIVATE
    if re.search(r"区|县|本级|财政|地方|政府|旗", clean):
        return Role.DISTRICT
    if re.search(r"\d{4}|十[二三四五]五", clean):
        return Role.MONEY_OTHER
    if clean == clean_label(text) and role is None and over in MONEY:
        return Role.MONEY_OTHER
    return role or Role.MONEY_OTHER


def _fold_groups(columns: list[Column]) -> list[Column]:
    """Drop labels that only stand over others, moving children printed at the end into their parent's place."""
    for kind in ((*FUNDS,), (Role.YEAR_VALUE,)):
        tail = len(columns)
        while tail > 0 and (
            columns[tail - 1].role in kind or (kind != (Role.YEAR_VALUE,) and _is_sum(columns[tail - 1]))
        ):
            tail -= 1
        children = columns[tail:]
        if kind == (Role.YEAR_VALUE,) and not any(c.role is Role.NAME for c in columns):
            continue  # 目标 beside years is then the name of what is aimed at, not a label over them
        at = next((i for i in range(tail) if _stands_over(columns[i], kind)), None)
        if at is None and any(_is_sum(c) for c in children):
            at = next((i for i in range(tail) if columns[i].role is Role.INVESTMENT), None)
        if at is None or len(children) < 2:
            continue
        parent = columns[at]
        for child in children:
            child.factor = child.factor if child.factor is not None else parent.factor
            child.unit = child.unit or parent.unit
        owners = [i for i in range(tail) if columns[i].role in (Role.BASE, Role.TARGET)]
        if kind == (Role.YEAR_VALUE,) and len(owners) == len(children):
            for i, child in zip(owners, children, strict=True):
                columns[i].year = child.year
            return columns[:tail]
        columns = [*columns[:at], *children, *columns[at + 1 : tail]]
    has_funds = any(c.role in FUNDS for c in columns)
    return [
        c if not (c.role is Role.GROUP and not has_funds) else Column(c.label, Role.OTHER, lines=c.lines)
        for c in columns
        if not (c.role is Role.GROUP and has_funds)
    ]


def _is_sum(column: Column) -> bool:
    return column.role is Role.OTHER and bool(_SUM.match(clean_label(column.label)))


def _stands_over(column: Column, kind: tuple[Role, ...]) -> bool:
    if kind == (Role.YEAR_VALUE,):
        return column.role in (Role.TARGET, Role.BASE, Role.GROUP, Role.PERIOD) and column.year is None
    return column.role is Role.GROUP


def _settle_sums(columns: list[Column]) -> None:
    """合计 beside the sources of funds is the investment; a label 投资 right before it was only a heading."""
    if not any(c.role in FUNDS for c in columns):
        return
    for i, column in enumerate(columns):
        if column.role is Role.OTHER and _SUM.match(clean_label(column.label)):
            column.role = Role.INVESTMENT
            if i and columns[i - 1].role is Role.INVESTMENT:
                column.factor = column.factor if column.factor is not None else columns[i - 1].factor
                del columns[i - 1]
            return


def _settle_nameless(columns: list[Column]) -> None:
    """目标 left of columns of years, and no other name: it names the targets."""
    years = [i for i, c in enumerate(columns) if c.role is Role.YEAR_VALUE or (c.role in VALUES and c.year is not None)]
    if not years or any(c.role is Role.NAME for c in columns):
        return
    for column in columns[: years[0]]:
        if column.role is Role.TARGET and column.year is None:
            column.role = Role.NAME
            return


def _settle_years(columns: list[Column]) -> None:
    """目标 over several years with none of them named the base: the first may well be the base."""
    dated = [c for c in columns if c.role is Role.TARGET and c.year is not None]
    if len(dated) > 1 and not any(c.role is Role.BASE for c in columns):
        for column in dated:
            if not re.search(r"目标|规划|预期", clean_label(column.label)):
                column.role = Role.YEAR_VALUE


_BARE_FUND = re.compile(r"^(中央|国家|省级?|市级?|县级?|区级?|旗级?|州级?|地方|社会|企业|自筹|其他|银行|上级|本级)$")


def _settle_bare_funds(columns: list[Column]) -> None:
    """县级 or 其他 right beside a column of money is money too."""
    for _ in columns:
        for i, column in enumerate(columns):
            beside = [columns[k].role for k in (i - 1, i + 1) if 0 <= k < len(columns)]
            if (
                column.role is Role.OTHER
                and _BARE_FUND.match(clean_label(column.label))
                and any(r in MONEY for r in beside)
            ):
                column.role = _fund_under_money(column.label, Role.INVESTMENT, None)


def _settle_names(columns: list[Column]) -> None:
    """Of two columns that could be the name, the left one groups the right one (一级指标 / 二级指标)."""
    natures = [c for c in columns if c.role is Role.NATURE]
    for column in natures[:-1]:
        column.role = Role.GROUPING
    names = [c for c in columns if c.role is Role.NAME]
    for column in names[:-1]:
        column.role = Role.GROUPING
    if any(c.role is Role.NATURE for c in columns) or not any(c.role in VALUES for c in columns):
        return
    grouping = [c for c in columns if c.role is Role.GROUPING and clean_label(c.label) in ("类型", "类别")]
    name_at = next((i for i, c in enumerate(columns) if c.role is Role.NAME), 0)
    for column in grouping:
        if columns.index(column) > name_at:
            column.role = Role.NATURE


def _settle_organisations(columns: list[Column]) -> None:
    """Which column leads: 牵头 before 责任 before 实施; what is left over supports or stays beside."""
    _settle_unit_as_lead(columns)
    ranked = [r for r in (Role.LEAD, Role.DUTY, Role.BUILDER) if any(c.role is r for c in columns)]
    if not ranked:
        return
    first = ranked[0]
    seen = False
    for column in columns:
        if column.role is first and not seen:
            column.role, seen = Role.LEAD, True
        elif (column.role in (Role.DUTY, Role.LEAD) and seen and _is_unit(column.label)) or (
            column.role is Role.DUTY and _is_unit(column.label) and first is Role.LEAD
        ):
            column.role = Role.SUPPORT if not any(c.role is Role.SUPPORT for c in columns) else Role.OTHER
        elif column.role in (Role.DUTY, Role.LEAD):
            column.role = Role.OTHER


def _settle_unit_as_lead(columns: list[Column]) -> None:
    """单位 at the end of a project table without any other organisation is who is responsible."""
    duties = {Role.LEAD, Role.DUTY, Role.BUILDER, Role.SUPPORT}
    money = any(c.role in MONEY for c in columns)
    last = next((c for c in reversed(columns) if c.label and squeeze(c.label) != "备注"), None)
    if money and last is not None and last.role is Role.UNIT and not any(c.role in duties for c in columns):
        last.role = Role.DUTY


def _is_unit(label: str) -> bool:
    return bool(re.search(r"单位|部门|主体|机构", label))


def _settle_money(columns: list[Column]) -> None:
    """One total; columns without a unit take it from their neighbours."""
    totals = [c for c in columns if c.role is Role.INVESTMENT]
    for column in totals[1:]:
        column.role = Role.MONEY_OTHER
    if not totals and not any(c.role in FUNDS for c in columns):
        only = [c for c in columns if c.role is Role.MONEY_OTHER]
        if len(only) == 1:
            only[0].role = Role.INVESTMENT
    known = next((c.factor for c in columns if c.role in MONEY and c.factor is not None), None)
    for column in columns:
        if column.role in MONEY and column.factor is None:
            column.factor = known


def kind_of(columns: list[Column]) -> Kind | None:
    """Which of the three registers a table belongs to; None for any other table."""
    roles = {c.role for c in columns}
    names = " ".join(squeeze(c.label) for c in columns if c.role is Role.NAME)
    duties = roles & {Role.LEAD, Role.DUTY, Role.BUILDER, Role.SUPPORT}
    if roles & {Role.INVESTMENT, *FUNDS} and roles & {Role.NAME, Role.CONTENT, Role.TEXT}:
        return "projects"
    if Role.NAME in roles and (roles & set(VALUES) or Role.NATURE in roles) and not re.search(r"项目|工程", names):
        return "indicators"
    if Role.NAME in roles and re.search(r"项目|工程|名称", names) and not re.search(r"指标", names):
        if roles & {Role.CONTENT, Role.PERIOD, Role.END, *duties} and Role.TEXT not in roles:
            return "projects"
        if Role.TEXT in roles and duties:
            return "projects" if re.search(r"项目|工程", names) else "tasks"
    if duties and roles & {Role.TEXT, Role.CONTENT}:
        return "tasks"
    if Role.TEXT in roles and roles & {Role.END, Role.PERIOD} and Role.NO in roles:
        return "tasks"
    return None
