"""The plan's tables in a district's archive."""

from qihou.record.api.archives.registry import Declaration, Owned

TABLES: list[Declaration] = [
    Owned("plan.Plan"),
    Owned("plan.PlanVersion"),
    Owned("plan.DocumentLine"),
    Owned("plan.Thread"),
    Owned("plan.Item"),
    Owned("plan.Indicator"),
    Owned("plan.Project"),
    Owned("plan.Task"),
    Owned("plan.Involvement"),
    Owned("plan.Correction"),
    Owned("plan.Pairing"),
    Owned("plan.ProgressReport"),
    Owned("plan.Evidence"),
]
