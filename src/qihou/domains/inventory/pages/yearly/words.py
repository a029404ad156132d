"""The words of the year's work: what may be chosen, and what each choice means."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qihou.figures.missing import Notation, State

EDITIONS = {
    "provincial-2011": (_("省级指南（试行）2011"), _("各省历年清单所用；与上级已有的历史清单可比。")),
    "provincial-2025": (_("省级指南 2025"), _("新版省级指南的方法与因子；以后年度推荐。")),
    "ipcc-2006": (_("IPCC 2006"), _("国际指南的缺省方法；与其他国家和城市比较时用。")),
}
LANDFILLS = {
    "mass-balance": (_("质量平衡法"), _("当年填埋量一次计入，数据要求低，逐年波动大。")),
    "first-order-decay": (_("一阶衰减法"), _("逐年分解，更接近实际，要有历年填埋量。")),
}
GWP_SETS = {
    "SAR": (_("第二次评估报告"), _("早年的省级清单所用。")),
    "AR4": (_("第四次评估报告"), _("2010 年代国际报告所用。")),
    "AR5": (_("第五次评估报告"), _("现行国家报告所用。")),
    "AR6": (_("第六次评估报告"), _("最新的一套。")),
}
NOTATIONS = {
    Notation.NOT_OCCURRING.value: _("NO 不发生"),
    Notation.NOT_ESTIMATED.value: _("NE 未估算"),
    Notation.NOT_APPLICABLE.value: _("NA 不适用"),
    Notation.INCLUDED_ELSEWHERE.value: _("IE 列于他处"),
    Notation.CONFIDENTIAL.value: _("C 保密"),
}
STATES = {
    State.FAILED: _("算不出"),
    State.ABSENT: _("未填报"),
    State.NE: _("NE 未估算"),
    State.C: _("C 保密"),
    State.IE: _("IE 列于他处"),
    State.NA: _("NA 不适用"),
    State.NO: _("NO 不发生"),
}
SHEET_WORDS = {
    "waiting": _("待填报"),
    "draft": _("填报中"),
    "submitted": _("已提交"),
    "returned": _("已退回"),
    "approved": _("已审定"),
}
TOTALS = {"total": _("总量（含土地利用变化和林业）"), "total_without_lulucf": _("总量（不含土地利用变化和林业）")}
FIRST_YEAR, LAST_YEAR = 2015, 2025
