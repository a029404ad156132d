"""The sentences for what stands in the way of a hand-in: each names sheet and cell and says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.taking_in import Problem


def sentence(problem: Problem) -> str:
    """One problem in the reader's language."""
    said = _sentences()[problem.kind].format(**dict(problem.params))
    where = f"{problem.sheet}!{problem.cell}" if problem.cell else problem.sheet
    return _("{where}：{what}").format(where=where, what=said) if where else said


def _sentences() -> dict[str, str]:
    return {
        "unknown": _("清单不认识“{name}”。请用下发的模板填写，不要改动行的编码。"),
        "unit": _("“{name}”的单位写的是“{given}”，应当能换算成“{wanted}”。"),
        "twice": _("“{name}”填了两次，第一次在 {first}。请只留一处。"),
        "part_without_value": _("“{name}”是几个分项之和，分项应当都填数。"),
        "both": _("“{name}”既填了数，又填了标记。请只留一样。"),
        "neither": _("“{name}”没有数，也没有标记。"),
        "no_reason": _("“{name}”填了标记 {key}，请写明理由。"),
        "no_number": _("“{name}”填的不是数。"),
        "spread": _("“{name}”的不确定度“{given}”读不懂。请写成 ±5%、±0.3 或 1.2..3.4，范围要包住填的数。"),
        "spread_unit": _("“{name}”换了单位，不确定度“{given}”请写成百分数（表中单位是“{wanted}”）。"),
        "other_sheet": _("“{name}”在“{sheet}”里，这张表由“{whose}”填报，您不能改。"),
        "closed": _("“{name}”所在的“{sheet}”已经提交或审定。请先请牵头单位退回，再改。"),
    }
