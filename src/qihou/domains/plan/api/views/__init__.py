"""What the read side hands to pages, exports and the JSON face: plain values, nothing that can query.

Money is in 10⁴ CNY (万元). Text fields are as the document prints them. A value that is absent is ``None``; a cell
whose value cannot be decided is ``None`` too and has ``undetermined`` set in its :class:`CellView`.
"""

from .comparing import Comparison, FieldChange, RowChange
from .document import DocumentView, FindingsView, FindingView, LineView, RowRef, SearchHit
from .money import COLUMNS, FUNDING, SPLIT, Money, PaidFrom
from .organisations import MineView, OrganisationPage, OrganisationRow, OrganisationView
from .outward import CockpitData, PublicRow, PublicView
from .registers import IndicatorsView, Overview, ProjectsView, TaskGroup, TasksView
from .reports import Due, EntryView, EvidenceView, Owed, ReportView
from .rows import CellView, IndicatorView, ItemView, Party, ProjectView, StateView, TaskView, Value, called
from .things import CorrectionView, ItemPage, PastRow
from .versions import SourceView, VersionName, VersionView

__all__ = [
    "COLUMNS", "FUNDING", "SPLIT", "CellView", "CockpitData", "Comparison", "CorrectionView", "DocumentView", "Due",
    "EntryView", "EvidenceView", "FieldChange", "FindingView", "FindingsView", "IndicatorView", "IndicatorsView",
    "ItemPage", "ItemView", "LineView", "MineView", "Money", "OrganisationPage", "OrganisationRow",
    "OrganisationView", "Overview", "Owed", "PaidFrom", "Party", "PastRow", "ProjectView", "ProjectsView",
    "PublicRow", "PublicView", "ReportView", "RowChange", "RowRef", "SearchHit", "SourceView", "StateView",
    "TaskGroup", "TaskView", "TasksView", "Value", "VersionName", "VersionView", "called",
]  # fmt: skip
