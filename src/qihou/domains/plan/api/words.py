"""The words of the register: names of fields, kinds and codes. Codes stay in data, words are looked up here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qihou.face import formats
from qihou.face.values import Missing

from ..methods import wording

Word = str | Promise

KINDS: dict[str, Word] = {
    "indicator": gettext_lazy("指标"),
    "project": gettext_lazy("项目"),
    "task": gettext_lazy("任务"),
}
NATURES: dict[str, Word] = {"binding": gettext_lazy("约束性"), "expected": gettext_lazy("预期性")}
SENSES: dict[str, Word] = {
    "at_least": gettext_lazy("不低于"),
    "at_most": gettext_lazy("不高于"),
    "equal": gettext_lazy("等于"),
}
PARTS: dict[str, Word] = {"lead": gettext_lazy("牵头"), "supporting": gettext_lazy("配合")}
REVIEWS: dict[str, Word] = {
    "unreviewed": gettext_lazy("未复核"),
    "confirmed": gettext_lazy("已确认"),
    "corrected": gettext_lazy("已更正"),
}
VERSION_STATES: dict[str, Word] = {
    "review": gettext_lazy("待复核"),
    "adopted": gettext_lazy("已采用"),
    "superseded": gettext_lazy("已被替代"),
    "discarded": gettext_lazy("已作废"),
}
SEVERITIES: dict[str, Word] = {
    "error": gettext_lazy("错误"),
    "warning": gettext_lazy("存疑"),
    "note": gettext_lazy("提示"),
}
FINDING_STATES: dict[str, Word] = {
    "open": gettext_lazy("待处理"),
    "explained": gettext_lazy("已说明"),
    "corrected": gettext_lazy("已更正"),
}
ACTION_KINDS: dict[str, Word] = {
    "correct": gettext_lazy("更正"),
    "explain": gettext_lazy("说明情况"),
    "check": gettext_lazy("核实"),
    "other": gettext_lazy("其他"),
}
ACTION_STATES: dict[str, Word] = {
    "open": gettext_lazy("待办"),
    "done": gettext_lazy("已办待确认"),
    "closed": gettext_lazy("已办结"),
    "withdrawn": gettext_lazy("已撤回"),
}
ACTION_STEPS: dict[str, Word] = {
    "opened": gettext_lazy("交办"),
    "done": gettext_lazy("报告已办"),
    "confirmed": gettext_lazy("确认办结"),
    "reopened": gettext_lazy("退回续办"),
    "withdrawn": gettext_lazy("撤回"),
}
REPORT_STATES: dict[str, Word] = {
    "draft": gettext_lazy("草稿"),
    "submitted": gettext_lazy("已提交"),
    "returned": gettext_lazy("已退回"),
    "accepted": gettext_lazy("已接收"),
}
ENTRY_STATES: dict[str, Word] = {
    "draft": gettext_lazy("草稿"),
    "submitted": gettext_lazy("已提交"),
    "returned": gettext_lazy("已退回"),
    "approved": gettext_lazy("已审定"),
    "published": gettext_lazy("已发布"),
}
CHANGES: dict[str, Word] = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("删去"),
    "changed": gettext_lazy("修改"),
    "same": gettext_lazy("未变"),
}
SOURCES: dict[str, Word] = {
    "upper_level": gettext_lazy("上级资金"),
    "district_budget": gettext_lazy("区级财政"),
    "private": gettext_lazy("社会投资"),
    "unplaced": gettext_lazy("来源待定或未印"),
}
LACKS: dict[str, Word] = {
    "indicators": gettext_lazy("没有指标表"),
    "projects": gettext_lazy("没有项目表"),
    "tasks": gettext_lazy("没有任务表"),
    "tables": gettext_lazy("没有任何表格"),
}
HOW: dict[str, tuple[Word, Word]] = {
    "read": (gettext_lazy("直接读出"), gettext_lazy("原文在这一栏印有这个值。")),
    "carried": (gettext_lazy("合并单元格"), gettext_lazy("原文合并了单元格，只在上方印了一次，沿用到本行。")),
    "aligned": (gettext_lazy("按类型对位"), gettext_lazy("复制时空白单元格丢失，按前后单元格的类型推定所在的栏。")),
    "forced": (gettext_lazy("由合计推定"), gettext_lazy("与原文印出的合计相符的填法只有这一种。")),
    "prose": (gettext_lazy("取自正文"), gettext_lazy("从正文的一句话中取出。")),
    "undecided": (gettext_lazy("待定"), gettext_lazy("原文留有一种以上的读法，须由人决定。")),
    "absent": (gettext_lazy("原文未印"), gettext_lazy("原文在这里没有印任何内容。")),
    "corrected": (gettext_lazy("人工更正"), gettext_lazy("复核人改过这个值，原文与改动都留有记录。")),
}
FIELDS: dict[str, Word] = {
    "no": gettext_lazy("序号"),
    "category": gettext_lazy("类别"),
    "name": gettext_lazy("名称"),
    "title": gettext_lazy("名称"),
    "content": gettext_lazy("内容"),
    "text": gettext_lazy("内容"),
    "chapter": gettext_lazy("任务类别"),
    "key_task": gettext_lazy("重点任务"),
    "unit": gettext_lazy("计量单位"),
    "base": gettext_lazy("基期值"),
    "base_year": gettext_lazy("基期年"),
    "base_cumulative": gettext_lazy("基期值为累计数"),
    "target": gettext_lazy("目标值"),
    "target_year": gettext_lazy("目标年"),
    "target_text": gettext_lazy("目标（文字）"),
    "target_cumulative": gettext_lazy("目标为累计数"),
    "assigned_later": gettext_lazy("市级下达"),
    "sense": gettext_lazy("方向"),
    "nature": gettext_lazy("性质"),
    "departments": gettext_lazy("责任部门"),
    "years": gettext_lazy("各年数值"),
    "other_years": gettext_lazy("各年数值"),
    "start": gettext_lazy("起始"),
    "start_year": gettext_lazy("起始年"),
    "start_month": gettext_lazy("起始月"),
    "end": gettext_lazy("完成时间"),
    "end_year": gettext_lazy("完成年"),
    "end_month": gettext_lazy("完成月"),
    "investment": gettext_lazy("总投资"),
    "upper_level": gettext_lazy("上级资金"),
    "district_budget": gettext_lazy("区级财政"),
    "private": gettext_lazy("社会投资"),
    "leads": gettext_lazy("牵头单位"),
    "supporting": gettext_lazy("配合单位"),
    "supporting_open": gettext_lazy("配合单位以“等”结尾"),
    "leads_open": gettext_lazy("牵头单位以“等”结尾"),
    "deadline": gettext_lazy("时限"),
}

# Fields of running text, in which a change is shown inside the wording.
PROSE = frozenset(
    {"text", "content", "name", "key_task", "chapter", "category", "leads", "supporting", "departments", "target_text"}
)
MONEY_FIELDS = ("investment", "upper_level", "district_budget", "private")
_CODED: dict[str, dict[str, Word]] = {"nature": NATURES, "sense": SENSES}


def field_name(field: str) -> str:
    """The word for a field; year columns (``years.2023``) read as the year."""
    head, _dot, tail = field.partition(".")
    if tail and tail.isdigit():
        return _("%(year)s年") % {"year": tail}
    return str(FIELDS.get(tail or head, FIELDS.get(head, field)))


def how_words(how: str) -> tuple[str, str]:
    short, long = HOW.get(how, (how, ""))
    return str(short), str(long)


def value_text(field: str, value: Any) -> str:
    """A cell's value as one line of text, the same in the why drawer, the item page and the comparison."""
    if value is None or value == "":
        return str(Missing.ABSENT.label)
    if value == "undetermined":
        return str(Missing.UNDETERMINED.label)
    if field in MONEY_FIELDS:
        try:
            return formats.money(Decimal(value))
        except ArithmeticError:
            return str(value)
    if field in _CODED:
        return str(_CODED[field].get(str(value), value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return formats.number(value)
    return str(value)


def list_mark() -> str:
    """What stands between names of a list: 、 in Chinese, a comma in English."""
    return _("、")


def reason_sentence(reason: str, params: dict[str, Any]) -> str:
    """Why a cell reads as it does; empty when there is nothing to say beyond how it was read."""
    return wording.reason(reason, params, _language()) if reason else ""


def finding_kind(kind: str) -> str:
    """The short name of a kind of finding."""
    return wording.name(kind, _language())


def _language() -> wording.Language:
    return "en" if (get_language() or "").startswith("en") else "zh"
