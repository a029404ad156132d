from .items import Correction, Indicator, Involvement, Item, ItemKind, Pairing, Project, RowReview, Task, Thread
from .progress import Evidence, ProgressReport, ReportStatus
from .versions import DocumentLine, Plan, PlanVersion, VersionStatus

__all__ = [
    "Correction", "DocumentLine", "Evidence", "Indicator", "Involvement", "Item", "ItemKind", "Pairing", "Plan",
    "PlanVersion", "ProgressReport", "Project", "ReportStatus", "RowReview", "Task", "Thread", "VersionStatus",
]  # fmt: skip
