"""Every state the program shows: its shape, its word and its colour, declared once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class State:
    """``tone`` is a colour set of tokens.css, ``shape`` a symbol of parts/icons.html."""

    word: Promise
    shape: str
    tone: str


STATES: dict[str, State] = {
    # How a commitment stands.
    "achieved": State(_("已达成"), "full", "achieved"),
    "on_track": State(_("正常推进"), "half", "on-track"),
    "at_risk": State(_("有风险"), "triangle", "at-risk"),
    "off_track": State(_("偏离目标"), "square", "off-track"),
    "awaiting": State(_("待接收"), "up", "river"),
    "not_delivered": State(_("未报送"), "dashed", "not-delivered"),
    "not_due": State(_("未到期"), "empty", "not-due"),
    "not_assessable": State(_("无法评估"), "hatched", "not-assessable"),
    # How far a report, an entry or a version has come.
    "draft": State(_("草稿"), "pencil", "not-due"),
    "submitted": State(_("已提交"), "up", "river"),
    "returned": State(_("已退回"), "back", "clay"),
    "accepted": State(_("已接收"), "check", "pine"),
    "approved": State(_("已审定"), "check", "pine"),
    "published": State(_("已发布"), "full", "pine"),
    "review": State(_("待复核"), "half", "clay"),
    "adopted": State(_("已采用"), "check", "pine"),
    "superseded": State(_("已被替代"), "back", "not-due"),
    "discarded": State(_("已作废"), "empty", "not-due"),
    "unreviewed": State(_("未复核"), "empty", "not-due"),
    "confirmed": State(_("已确认"), "check", "pine"),
    "undetermined": State(_("待定"), "dashed", "not-delivered"),
    "done": State(_("完成"), "check", "pine"),
    "waiting": State(_("等待"), "empty", "not-due"),
    "running": State(_("进行中"), "half", "river"),
    "failed": State(_("失败"), "square", "off-track"),
    "interrupted": State(_("中断"), "triangle", "at-risk"),
    # Findings of a document.
    "error": State(_("错误"), "square", "off-track"),
    "warning": State(_("存疑"), "triangle", "at-risk"),
    "note": State(_("提示"), "empty", "not-due"),
    "open": State(_("待处理"), "dashed", "clay"),
    "explained": State(_("已说明"), "half", "river"),
    "corrected": State(_("已更正"), "check", "pine"),
    # What was asked of an organisation.
    "action_open": State(_("待办"), "dashed", "clay"),
    "action_done": State(_("已办待确认"), "up", "river"),
    "action_closed": State(_("已办结"), "check", "pine"),
    "action_withdrawn": State(_("已撤回"), "back", "not-due"),
    # How whole a figure is.
    "figure_ok": State(_("完整"), "check", "pine"),
    "figure_degraded": State(_("可用，须说明"), "half", "clay"),
    "figure_incomplete": State(_("有缺项"), "dashed", "not-delivered"),
    "figure_failed": State(_("无值"), "square", "off-track"),
    "stale": State(_("数据已变"), "triangle", "at-risk"),
    # Accounts.
    "active": State(_("可登录"), "full", "pine"),
    "inactive": State(_("已停用"), "empty", "not-due"),
}

ASSESSMENT = ("achieved", "on_track", "at_risk", "off_track", "awaiting", "not_delivered", "not_due", "not_assessable")


def state(code: str) -> State:
    """The state of a code; an unknown code is a programming error and says so."""
    try:
        return STATES[str(code)]
    except KeyError:
        raise KeyError(f"no state {code!r}; add it to qihou/face/states.py with a shape and a word") from None
