"""The year's work as steps: how far each has come, and which one is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qihou.domains.inventory.api.checking import YearFinding
from qihou.domains.inventory.api.queries import Home
from qihou.record.models import RunStatus


@dataclass(frozen=True)
class Step:
    """``state``: done, now, or empty. ``more``: how far it has come."""

    label: str
    more: str
    state: str
    url: str


def steps_of(home: Home, findings: Sequence[YearFinding] | None, urls: dict[str, str]) -> list[Step]:
    """hand out → fill → check → approve → compute → publish → report. ``findings``: None where no checks were run."""
    run = home.view.run
    sheets = home.sheets
    total = len(sheets)
    handed_in = sum(view.status in ("submitted", "approved") for view in sheets)
    approved = sum(view.status == "approved" for view in sheets)
    open_ones = [one for one in findings or () if one.state == "open" and one.severity != "note"]
    published = run is not None and run.status == RunStatus.PUBLISHED
    fresh = run is not None and run.stale_at is None
    told = [
        (_("下发"), _("{n} 张表").format(n=total), True, urls["workbook"]),
        (_("填表"), _("{done}/{total} 张").format(done=handed_in, total=total), handed_in == total, urls["sheets"]),
        (
            _("核查"),
            _("没有核查过") if findings is None else _("{n} 条待处理").format(n=len(open_ones)),
            findings is not None and not open_ones,
            urls["checks"],
        ),
        (_("审定"), _("{done}/{total} 张").format(done=approved, total=total), approved == total, urls["sheets"]),
        (_("计算"), _("还没有算") if run is None else _("第 {n} 次").format(n=run.number) if fresh else _("数据已变"), fresh, urls["compute"]),
        (_("正式发布"), _("已发布") if published else _("未发布"), published, urls["compute"]),
        (_("报告"), "docx" if run else _("计算之后"), published, urls["files"]),
    ]  # fmt: skip
    current = next((place for place, step in enumerate(told) if not step[2]), len(told))
    return [
        Step(label, more, "now" if place == current else "done" if done else "", url)
        for place, (label, more, done, url) in enumerate(told)
    ]
