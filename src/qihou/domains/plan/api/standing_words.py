"""Why a row stands as it does, in one sentence: the words for the reason codes of ``methods.progress``."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qihou.domains.plan.api.views import StateView
from qihou.face import formats
from qihou.measure.periods import Period

REASONS: dict[str, Promise] = {
    # work: projects and tasks
    "complete": gettext_lazy("%(period)s的报告已报完成。"),
    "report_overdue": gettext_lazy("%(period)s的进展报告已过期限，尚未报送。这不等于工作偏离目标。"),
    "report_waiting": gettext_lazy("%(period)s的进展报告已报送，待接收；接收之后公布内容。"),
    "complete_in_part": gettext_lazy("%(period)s的报告已报完成；全部牵头单位都报完成并经接收，才算达成。"),
    "no_report_due": gettext_lazy("还没有到应报送进展的时间。"),
    "no_percent": gettext_lazy("%(period)s的报告没有填写完成百分比。"),
    "no_period": gettext_lazy("文件没有印明起止时间，无法与进度比较。"),
    "deadline_passed": gettext_lazy("完成期限已过，%(period)s的报告完成 %(percent)s%%。"),
    "on_schedule": gettext_lazy("完成 %(percent)s%%，按时间应完成 %(expected)s%%。"),
    "behind": gettext_lazy("完成 %(percent)s%%，按时间应完成 %(expected)s%%，落后 %(behind)s 个百分点。"),
    "far_behind": gettext_lazy("完成 %(percent)s%%，按时间应完成 %(expected)s%%，落后 %(behind)s 个百分点。"),
    # indicators
    "value_overdue": gettext_lazy("%(year)s年的数值已过期限，尚未报送。这不等于偏离目标。"),
    "value_waiting": gettext_lazy("%(year)s年的数值已报送，待审定和发布。"),
    "target_awaited": gettext_lazy("目标由市级下达，尚未收到，无法评估。"),
    "target_in_words": gettext_lazy("目标是一句话，不是一个数，无法自动评估。"),
    "target_undetermined": gettext_lazy("原文的目标值无法判定，须先复核。"),
    "no_target": gettext_lazy("文件没有给出目标值。"),
    "no_value_due": gettext_lazy("还没有到应报送数值的时间。"),
    "value_absent": gettext_lazy("%(year)s年报送的是标记 %(notation)s，没有数值。"),
    "no_direction": gettext_lazy("看不出这项指标要升还是要降。"),
    "met": gettext_lazy("%(year)s年的数值 %(value)s 达到目标 %(target)s。"),
    "met_early": gettext_lazy("%(year)s年的数值 %(value)s 已提前达到目标 %(target)s。"),
    "missed": gettext_lazy("目标年的数值 %(value)s 没有达到目标 %(target)s。"),
    "no_base": gettext_lazy("文件没有给出基期值，无法判断进度。"),
    "level_not_held": gettext_lazy("目标是保持现有水平，%(year)s年的数值 %(value)s 低于它。"),
}


def reason(state: StateView) -> str:
    """The sentence; a code that has no words yet is shown as it is rather than hidden."""
    words = REASONS.get(state.reason)
    if words is None:
        return state.reason
    sentences = [str(words) % _Filled(state.params)]
    if state.missing:
        sentences.append(_("未报送的单位：%(names)s。") % {"names": _("、").join(state.missing)})
    if state.provisional:
        sentences.append(_("依据的报送尚未被接收或审定。"))
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences)


class _Filled(dict[str, Any]):
    """Parameters as words; one that is absent shows as … instead of breaking the sentence."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        if isinstance(code := params.get("period"), str):
            self["period"] = formats.period(Period.parse(code), get_language() or "zh-hans")

    def __missing__(self, key: str) -> str:
        return "…"
