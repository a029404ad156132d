"""Words of the libraries: kinds of evidence, grades, editions of an inventory; numbers and years as they are said."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.scheme.parts import Sector
from qihou.face.formats import MINUS
from qihou.facts.factors import EvidenceClass, Factor
from qihou.measure import units

EVIDENCE = {
    EvidenceClass.REFERENCE: gettext_lazy("公布值"),
    EvidenceClass.PROVIDER: gettext_lazy("数据库或本程序的缺省值"),
    EvidenceClass.LOCAL: gettext_lazy("本地值"),
}
# How a source was read, as docs/facts.md defines it.
GRADES = {
    "A": gettext_lazy("A 两份公开副本一致"),
    "B": gettext_lazy("B 一份公开副本"),
    "C": gettext_lazy("C 由所引数值算出"),
    "L": gettext_lazy("L 一个公开库的转录"),
    "M": gettext_lazy("M 凭记忆"),
    "declared": gettext_lazy("本程序的设定"),
}
EDITIONS = {
    "provincial-2011": gettext_lazy("省级指南（试行）2011"),
    "provincial-2025": gettext_lazy("省级指南 2025"),
    "ipcc-2006": gettext_lazy("IPCC 2006"),
}
LANDFILLS = {"mass-balance": gettext_lazy("质量平衡法"), "first-order-decay": gettext_lazy("一阶衰减法")}
SECTORS = {
    Sector.ENERGY: gettext_lazy("能源活动"),
    Sector.IPPU: gettext_lazy("工业生产过程"),
    Sector.AGRICULTURE: gettext_lazy("农业活动"),
    Sector.LULUCF: gettext_lazy("土地利用变化和林业"),
    Sector.WASTE: gettext_lazy("废弃物处理"),
    Sector.INDIRECT: gettext_lazy("调入调出电力热力"),
    Sector.CONTEXT: gettext_lazy("社会经济与导出指标"),
}


def unit_label(unit: str) -> str:
    """A unit as a screen shows it; a pure number has none."""
    return "" if unit == "1" else units.label(unit)


def years(factor: Factor) -> str:
    """The year or years a factor is for."""
    if factor.year is not None:
        return str(factor.year)
    if not factor.is_dated:
        return _("不分年份")
    first = str(factor.valid_from) if factor.valid_from else ""
    last = str(factor.valid_to) if factor.valid_to else ""
    return (
        _("{first} 起").format(first=first)
        if not last
        else _("{first} 至 {last}（不含）").format(first=first, last=last)
    )


def written(value: float | Decimal) -> str:
    """A number with up to eight significant digits."""
    size = abs(float(value))
    text = f"{value:,.8g}" if not size or 1e-6 <= size < 1e15 else f"{value:.6g}"
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


def in_language(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


def joined(names: Iterable[object]) -> str:
    """A list in one line, as the language separates it."""
    return in_language("、", ", ").join(str(name) for name in names)
