"""The words of the register: names of fields, kinds and codes. Codes stay in data, words are looked up here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qihou.face import formats
from qihou.face.values import Missing

from .sentences import finding_sentence

Word = str | Promise

KINDS: dict[str, Word] = {"indicator": lazy("指标"), "project": lazy("项目"), "task": lazy("任务")}
NATURES: dict[str, Word] = {"binding": lazy("约束性"), "expected": lazy("预期性")}
SENSES: dict[str, Word] = {"at_least": lazy("不低于"), "at_most": lazy("不高于"), "equal": lazy("等于")}
PARTS: dict[str, Word] = {"lead": lazy("牵头"), "supporting": lazy("配合")}
REVIEWS: dict[str, Word] = {
    "unreviewed": lazy("未复核"),
    "confirmed": lazy("已确认"),
    "corrected": lazy("已更正"),
}
VERSION_STATES: dict[str, Word] = {
    "review": lazy("待复核"),
    "adopted": lazy("已采用"),
    "superseded": lazy("已被替代"),
    "discarded": lazy("已作废"),
}
SEVERITIES: dict[str, Word] = {"error": lazy("错误"), "warning": lazy("存疑"), "note": lazy("提示")}
FINDING_STATES: dict[str, Word] = {
    "open": lazy("待处理"),
    "explained": lazy("已说明"),
    "corrected": lazy("已更正"),
}
REPORT_STATES: dict[str, Word] = {
    "draft": lazy("草稿"),
    "submitted": lazy("已提交"),
    "returned": lazy("已退回"),
    "accepted": lazy("已接收"),
}
ENTRY_STATES: dict[str, Word] = {
    "draft": lazy("草稿"),
    "submitted": lazy("已提交"),
    "returned": lazy("已退回"),
    "approved": lazy("已审定"),
    "published": lazy("已发布"),
}
CHANGES: dict[str, Word] = {
    "added": lazy("新增"),
    "removed": lazy("删去"),
    "changed": lazy("修改"),
    "same": lazy("未变"),
}
SOURCES: dict[str, Word] = {
    "upper_level": lazy("上级资金"),
    "district_budget": lazy("区级财政"),
    "private": lazy("社会投资"),
    "unplaced": lazy("来源待定"),
}
LACKS: dict[str, Word] = {
    "indicators": lazy("没有指标表"),
    "projects": lazy("没有项目表"),
    "tasks": lazy("没有任务表"),
    "tables": lazy("没有任何表格"),
}
HOW: dict[str, tuple[Word, Word]] = {
    "read": (lazy("直接读出"), lazy("原文在这一栏印有这个值。")),
    "carried": (lazy("合并单元格"), lazy("原文合并了单元格,只在上方印了一次,沿用到本行。")),
    "aligned": (lazy("按类型对位"), lazy("复制时空白单元格丢失,按前后单元格的类型推定所在的栏。")),
    "forced": (lazy("由合计推定"), lazy("与原文印出的合计相符的填法只有这一种。")),
    "prose": (lazy("取自正文"), lazy("从正文的一句话中取出。")),
    "undecided": (lazy("待定"), lazy("原文留有一种以上的读法,须由人决定。")),
    "absent": (lazy("原文未印"), lazy("原文在这里没有印任何内容。")),
    "corrected": (lazy("人工更正"), lazy("复核人改过这个值,原文与改动都留有记录。")),
}
FIELDS: dict[str, Word] = {
    "no": lazy("序号"),
    "category": lazy("类别"),
    "name": lazy("名称"),
    "title": lazy("名称"),
    "content": lazy("内容"),
    "text": lazy("内容"),
    "chapter": lazy("任务类别"),
    "key_task": lazy("重点任务"),
    "unit": lazy("单位"),
    "base": lazy("基期值"),
    "base_year": lazy("基期年"),
    "base_cumulative": lazy("基期值为累计数"),
    "target": lazy("目标值"),
    "target_year": lazy("目标年"),
    "target_text": lazy("目标(文字)"),
    "target_cumulative": lazy("目标为累计数"),
    "assigned_later": lazy("市级下达"),
    "sense": lazy("方向"),
    "nature": lazy("性质"),
    "departments": lazy("责任部门"),
    "years": lazy("各年数值"),
    "other_years": lazy("各年数值"),
    "start": lazy("起始"),
    "start_year": lazy("起始年"),
    "start_month": lazy("起始月"),
    "end": lazy("完成"),
    "end_year": lazy("完成年"),
    "end_month": lazy("完成月"),
    "investment": lazy("总投资"),
    "upper_level": lazy("上级资金"),
    "district_budget": lazy("区级财政"),
    "private": lazy("社会投资"),
    "leads": lazy("牵头单位"),
    "supporting": lazy("配合单位"),
    "supporting_open": lazy("配合单位以“等”结尾"),
    "leads_open": lazy("牵头单位以“等”结尾"),
    "deadline": lazy("时限"),
}

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
    return finding_sentence(reason, params, get_language() or "zh-hans") if reason else ""
