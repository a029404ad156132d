from .audit import AuditEvent, Job, JobState
from .base import DistrictRow, ExactDecimalField, NotAnExactDecimal, Row
from .commitments import Action, ActionState, ActionStep, Commitment, Finding, FindingState, Severity
from .data import Datastream, Entry, EntryStatus, Procedure, Property, Source
from .organisations import Alias, Organisation, OrganisationKind, Person, Role, RoleKind
from .places import Feature, FeatureKind, Geometry

__all__ = [
    "Action", "ActionState", "ActionStep", "Alias", "AuditEvent", "Commitment", "Datastream", "DistrictRow", "Entry",
    "EntryStatus", "ExactDecimalField", "Feature", "FeatureKind", "Finding", "FindingState", "Geometry", "Job", "JobState",
    "NotAnExactDecimal",
    "Organisation", "OrganisationKind", "Person", "Procedure", "Property", "Role", "RoleKind", "Row", "Severity", "Source",
]  # fmt: skip
