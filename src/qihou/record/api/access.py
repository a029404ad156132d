"""Who is asking, and what they may do.

Pages, commands and the JSON face build an :class:`Actor` once and hand it to every act; the act asks
:func:`require`. Nothing else decides permission.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Act(StrEnum):
    """Everything that needs permission. A slice adds its acts here so that the whole policy can be read on one page."""

    VIEW_OFFICE = "view_office"  # the office side of a district
    IMPORT_PLAN = "import_plan"
    REVIEW_PLAN = "review_plan"  # correct cells, set findings' states
    ADOPT_PLAN = "adopt_plan"
    WRITE_PROGRESS = "write_progress"  # of one's own organisation
    DECIDE_PROGRESS = "decide_progress"  # accept or return
    WRITE_ENTRY = "write_entry"
    DECIDE_ENTRY = "decide_entry"  # approve, return, publish
    VIEW_AUDIT = "view_audit"
    EXPORT_DISTRICT = "export_district"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_PLACES = "manage_places"
    READ_EVIDENCE = "read_evidence"
    READ_INVENTORY = "read_inventory"  # every department's sheets, and what is not yet published
    OPEN_INVENTORY = "open_inventory"  # open a year, hand its sheets out
    FILL_INVENTORY = "fill_inventory"  # of one's own organisation's sheets
    DECIDE_INVENTORY = "decide_inventory"  # approve or return a sheet
    COMPUTE_INVENTORY = "compute_inventory"
    PUBLISH_INVENTORY = "publish_inventory"


_EVERYONE_IN_OFFICE = {"lead_bureau", "department", "town", "auditor", "administrator"}

POLICY: dict[Act, set[str]] = {
    Act.VIEW_OFFICE: _EVERYONE_IN_OFFICE,
    Act.IMPORT_PLAN: {"lead_bureau"},
    Act.REVIEW_PLAN: {"lead_bureau"},
    Act.ADOPT_PLAN: {"lead_bureau"},
    Act.WRITE_PROGRESS: {"lead_bureau", "department", "town"},
    Act.DECIDE_PROGRESS: {"lead_bureau"},
    Act.WRITE_ENTRY: {"lead_bureau", "department", "town"},
    Act.DECIDE_ENTRY: {"lead_bureau"},
    Act.VIEW_AUDIT: {"auditor", "administrator", "lead_bureau"},
    Act.EXPORT_DISTRICT: {"administrator", "lead_bureau"},
    Act.MANAGE_PEOPLE: {"administrator"},
    Act.MANAGE_PLACES: {"administrator", "lead_bureau"},
    Act.READ_EVIDENCE: {"lead_bureau", "auditor"},
    Act.READ_INVENTORY: {"lead_bureau", "auditor"},
    Act.OPEN_INVENTORY: {"lead_bureau"},
    Act.FILL_INVENTORY: {"lead_bureau", "department"},
    Act.DECIDE_INVENTORY: {"lead_bureau"},
    Act.COMPUTE_INVENTORY: {"lead_bureau"},
    Act.PUBLISH_INVENTORY: {"lead_bureau"},
}

# Acts a department or town may do only on what is its own organisation's.
OWN_ONLY: set[Act] = {Act.WRITE_PROGRESS, Act.WRITE_ENTRY, Act.FILL_INVENTORY}


class NotPermitted(Exception):
    """The act is refused. ``who`` names the roles that may do it, for the page that explains."""

    def __init__(self, act: Act, who: Iterable[str]) -> None:
        self.act, self.who = act, sorted(who)
        super().__init__(f"not permitted: {act}")


@dataclass(frozen=True)
class Grant:
    """One role in one district, with the organisation it is held for."""

    role: str
    district_id: int
    organisation_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody asking. The public is an actor without grants; a command line run is ``Actor.system``."""

    person_id: int | None = None
    person_uid: UUID | None = None
    name: str = ""
    organisation_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False
    address: str = field(default="", compare=False)

    @classmethod
    def system(cls, name: str) -> Actor:
        return cls(name=name, is_system=True)

    @classmethod
    def public(cls) -> Actor:
        return cls(name="public")

    def roles(self, district_id: int) -> set[str]:
        return {g.role for g in self.grants if g.district_id == district_id}

    def organisations(self, district_id: int, act: Act = Act.WRITE_PROGRESS) -> set[int]:
        """The organisations one acts for: those of the roles that may do ``act``.

        The organisation of any other role says where its holder sits, not for whom he acts: an auditor of an
        organisation neither writes nor reads as one of it.
        """
        return {
            g.organisation_id
            for g in self.grants
            if g.district_id == district_id and g.role in POLICY[act] and g.organisation_id
        }

    def may(self, act: Act, *, district_id: int, organisation_ids: Iterable[int] | None = None) -> bool:
        """Whether the act is allowed; ``organisation_ids`` are the owners of what it touches, for OWN_ONLY acts."""
        if self.is_system:
            return True
        allowed = self.roles(district_id) & POLICY[act]
        if not allowed:
            return False
        if act in OWN_ONLY and "lead_bureau" not in allowed:
            return bool(self.organisations(district_id, act) & set(organisation_ids or ()))
        return True


def require(actor: Actor, act: Act, *, district_id: int, organisation_ids: Iterable[int] | None = None) -> None:
    """Raise :class:`NotPermitted` unless ``actor`` may do ``act`` there."""
    if not actor.may(act, district_id=district_id, organisation_ids=organisation_ids):
        raise NotPermitted(act, POLICY[act])


def actor_of(person: object, *, at: datetime, address: str = "") -> Actor:
    """The actor a signed-in person is at a time: only roles valid then count."""
    from qihou.record.models import Person, Role

    if not isinstance(person, Person) or not person.is_active:
        return Actor.public()
    grants = tuple(
        Grant(role=r.kind, district_id=r.district_id, organisation_id=r.organisation_id)
        for r in Role.objects.filter(person=person)
        if (r.valid_from is None or r.valid_from <= at) and (r.valid_to is None or at < r.valid_to)
    )
    return Actor(
        person_id=person.pk,
        person_uid=person.uid,
        name=person.name,
        organisation_id=person.organisation_id,
        grants=grants,
        address=address,
    )
