"""The log of acts of a district: to read, to export, and to check that nothing was changed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.face.formats import moment
from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Table
from qihou.record.api import audit
from qihou.record.api.access import Act
from qihou.record.models import AuditEvent

ACT_WORDS = {
    "session.start": gettext_lazy("登录"),
    "session.end": gettext_lazy("退出登录"),
    "session.refused": gettext_lazy("登录被拒：密码不对"),
    "session.paused": gettext_lazy("登录暂停：连续输错密码"),
    "session.code_refused": gettext_lazy("登录被拒：验证码不对"),
    "second_factor.enrol": gettext_lazy("开启两步验证"),
    "second_factor.off": gettext_lazy("关闭两步验证"),
    "second_factor.recovery_codes": gettext_lazy("更换恢复码"),
    "person.create": gettext_lazy("新建账号"),
    "person.active": gettext_lazy("停用或启用账号"),
    "person.sign_in_changed": gettext_lazy("更改密码"),
    "role.grant": gettext_lazy("授予角色"),
    "role.revoke": gettext_lazy("撤销角色"),
    "district.load": gettext_lazy("载入区县"),
    "district.export": gettext_lazy("导出全区数据"),
    "district.import": gettext_lazy("导入全区数据"),
    "district.keep_people": gettext_lazy("导入时保留账号"),
    "district.make_room": gettext_lazy("导入前清空区县"),
    "installation.backup": gettext_lazy("备份全部数据"),
    "installation.restore": gettext_lazy("恢复备份"),
    "geometry.replace": gettext_lazy("更换边界或点位"),
    "organisation.create": gettext_lazy("新建单位"),
    "organisation.alias": gettext_lazy("添加单位别名"),
    "source.receive": gettext_lazy("收到文件"),
    "datastream.create": gettext_lazy("新建数据系列"),
    "entry.write": gettext_lazy("填报数值"),
    "entry.submit": gettext_lazy("提交数值"),
    "entry.approve": gettext_lazy("审定数值"),
    "entry.return": gettext_lazy("退回数值"),
    "entry.publish": gettext_lazy("发布数值"),
    "commitment.commit": gettext_lazy("记录承诺"),
    "commitment.assign": gettext_lazy("下达目标值"),
    "commitment.withdraw": gettext_lazy("撤回承诺"),
    "action.open": gettext_lazy("交办"),
    "action.done": gettext_lazy("报告事项已办"),
    "action.confirmed": gettext_lazy("确认事项办结"),
    "action.reopened": gettext_lazy("退回事项续办"),
    "action.withdrawn": gettext_lazy("撤回交办"),
    "finding.record": gettext_lazy("记录文件问题"),
    "finding.state": gettext_lazy("处理文件问题"),
    "plan.import": gettext_lazy("导入规划"),
    "plan.adopt": gettext_lazy("采用规划版本"),
    "plan.discard": gettext_lazy("作废规划版本"),
    "plan.correct": gettext_lazy("更正单元格"),
    "plan.undo": gettext_lazy("撤销更正"),
    "plan.confirm": gettext_lazy("确认一行"),
    "plan.confirm_all": gettext_lazy("确认全部"),
    "plan.confirm_sure": gettext_lazy("确认有把握的行"),
    "plan.match": gettext_lazy("对应单位"),
    "plan.join": gettext_lazy("定为同一项"),
    "plan.split": gettext_lazy("定为新有的一项"),
    "plan.unpair": gettext_lazy("撤销对应"),
    "report.save": gettext_lazy("保存进展"),
    "report.submit": gettext_lazy("提交进展"),
    "report.accept": gettext_lazy("接收进展"),
    "report.return": gettext_lazy("退回进展"),
    "report.evidence": gettext_lazy("上传佐证材料"),
    "report.evidence_removed": gettext_lazy("移除佐证材料"),
}


def _detail(event: AuditEvent) -> str | None:
    shown = [f"{k}: {v}" for k, v in event.detail.items() if v not in ("", None, [], {})]
    return "; ".join(shown)[:600] or "—"


def _table() -> Table:
    return Table(
        name="audit",
        title=_("操作日志"),
        file_name=_("操作日志"),
        page_size=100,
        columns=[
            Column("sequence", _("序号"), "number", sortable=False),
            Column("at", _("时间"), "period", value=lambda e: moment(e.at), sortable=False, width=18),
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
        checked = audit.verify(
            AuditEvent.objects.filter(chain=str(request.district.uid)).order_by("sequence").iterator()
        )
    head = chain.first()
    return {
        "table": table.bind(rows, request.GET, total=pages.count),
        "checked": checked,
        "head": head,
        "who": text,
    }
