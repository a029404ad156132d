from .progress import Evidence, ProgressReport, ReportStatus
from .versions import (
    Correction,
    DocumentLine,
    Indicator,
    Involvement,
    Item,
    ItemKind,
    Plan,
    PlanVersion,
    Project,
    RowReview,
    Task,
    Thread,
    VersionStatus,
)

__all__ = [
    "Correction", "DocumentLine", "Evidence", "Indicator", "Involvement", "Item", "ItemKind", "Plan", "PlanVersion",
    "ProgressReport", "Project", "ReportStatus", "RowReview", "Task", "Thread", "VersionStatus",
]  # fmt: skip
