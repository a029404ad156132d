"""Words of the house that several pages use: roles and acts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: dict[str, Promise] = {
    "lead_bureau": _("牵头局"),
    "department": _("部门经办"),
    "town": _("镇街经办"),
    "auditor": _("审计"),
    "administrator": _("管理员"),
}

ACTS: dict[str, Promise] = {
    "view_office": _("查看办公页面"),
    "import_plan": _("导入规划"),
    "review_plan": _("复核规划"),
    "adopt_plan": _("采用规划版本"),
    "write_progress": _("填报进展"),
    "decide_progress": _("接收或退回进展"),
    "write_entry": _("填报数值"),
    "decide_entry": _("审定数值"),
    "view_audit": _("查看操作日志"),
    "export_district": _("导出全区数据"),
    "manage_people": _("管理账号"),
    "manage_places": _("管理地点"),
    "read_evidence": _("查看佐证材料"),
    "read_inventory": _("查看未发布的清单"),
    "open_inventory": _("开始编制一年的清单"),
    "fill_inventory": _("填报清单数据"),
    "decide_inventory": _("审定或退回清单的表"),
    "compute_inventory": _("计算清单"),
    "publish_inventory": _("发布清单"),
}
