"""The log of acts of a district: to read, to export, and to check that nothing was changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Table
from qihou.record.api import audit
from qihou.record.api.access import Act
from qihou.record.models import AuditEvent

ACT_WORDS = {
    "session.start": gettext_lazy("登录"),
    "session.end": gettext_lazy("退出登录"),
    "session.refused": gettext_lazy("登录被拒:密码不对"),
    "session.paused": gettext_lazy("登录暂停:连续输错密码"),
    "session.code_refused": gettext_lazy("登录被拒:验证码不对"),
    "second_factor.enrol": gettext_lazy("开启两步验证"),
    "second_factor.off": gettext_lazy("关闭两步验证"),
    "second_factor.recovery_codes": gettext_lazy("更换恢复码"),
    "person.create": gettext_lazy("新建账号"),
    "person.active": gettext_lazy("停用或启用账号"),
    "person.sign_in_changed": gettext_lazy("更改密码"),
    "role.grant": gettext_lazy("授予角色"),
    "role.revoke": gettext_lazy("撤销角色"),
}


def _at(event: AuditEvent) -> datetime:
    return event.at


def _detail(event: AuditEvent) -> str | None:
    shown = [f"{k}: {v}" for k, v in event.detail.items() if v not in ("", None, [], {})]
    return "; ".join(shown)[:600] or "—"


def _table() -> Table:
    from qihou.face.formats import moment

    return Table(
        name="audit",
        title=_("操作日志"),
        file_name=_("操作日志"),
        page_size=100,
        columns=[
            Column("sequence", _("序号"), "number", sortable=False),
            Column("at", _("时间"), value=lambda e: moment(e.at), sortable=False),
            Column("actor_name", _("谁"), sortable=False),
            Column("act", _("做了什么"), value=lambda e: str(ACT_WORDS.get(e.act, e.act)), sortable=False),
            Column("about_kind", _("对象"), sortable=False, optional=True),
            Column("detail", _("细节"), "long", value=_detail, sortable=False),
            Column("hash", _("校验值"), sortable=False, optional=True),
        ],
        empty_title=_("还没有操作记录"),
    )


@page("web/audit.html", nav="audit", act=Act.VIEW_AUDIT)
def events(request: PageRequest) -> dict[str, Any]:
    chain = AuditEvent.objects.filter(chain=str(request.district.uid)).order_by("-sequence")
    text = request.GET.get("who", "").strip()
    found = chain.filter(actor_name__icontains=text) if text else chain
    table = _table()
    query = table.query(request.GET)
    pages = Paginator(found, query.page_size)
    rows = list(pages.get_page(query.page).object_list)
    checked = None
    if request.method == "POST":
        checked = audit.verify(AuditEvent.objects.filter(chain=str(request.district.uid)).order_by("sequence").iterator())
    head = chain.first()
    return {
        "table": table.bind(rows, request.GET, total=pages.count),
        "checked": checked,
        "head": head,
        "who": text,
    }
