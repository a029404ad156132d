from .audit import AuditEvent, Job, JobState
from .base import DistrictRow, ExactDecimalField, NotAnExactDecimal, Row
from .commitments import Action, ActionState, ActionStep, Commitment, Finding, FindingState, Severity
from .data import Basis, Datastream, Entry, EntryStatus, Procedure, Property, Source
from .figures import FigureRecord, Run, RunStatus
from .organisations import Alias, Organisation, OrganisationKind, Person, Role, RoleKind
from .places import Feature, FeatureKind, Geometry

__all__ = [
    "Action", "ActionState", "ActionStep", "Alias", "AuditEvent", "Basis", "Commitment", "Datastream", "DistrictRow", "Entry",
    "EntryStatus", "ExactDecimalField", "Feature", "FeatureKind", "FigureRecord", "Finding", "FindingState", "Geometry", "Job", "JobState",
    "NotAnExactDecimal",
    "Organisation", "OrganisationKind", "Person", "Procedure", "Property", "Role", "RoleKind", "Row", "Run", "RunStatus", "Severity", "Source",
]  # fmt: skip
