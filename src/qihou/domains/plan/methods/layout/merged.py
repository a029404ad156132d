"""Merged cells that copying kept only in their first row, without a trace in the others."""

from __future__ import annotations

from ..register import How
from .roles import Role
from .table import Column, Record, Slot


def settle_merged_leads(records: list[Record], columns: list[Column], empty_after: frozenset[int]) -> None:
    """A row that goes on in a merged block and names one organisation for two columns: the lead was merged too.

    ``empty_after`` are the lines that print an empty cell after the lead: there the one organisation leads.
    """
    roles = [c.role for c in columns]
    if Role.LEAD not in roles or Role.SUPPORT not in roles or roles.index(Role.SUPPORT) != roles.index(Role.LEAD) + 1:
        return
    lead_at = roles.index(Role.LEAD)
    block = (
        [roles.index(Role.NO)] if Role.NO in roles else [i for i, r in enumerate(roles[:lead_at]) if _merges(r)][:-1]
    )
    if not block:
        return
    lead: Slot | None = None
    for record in records:
        own = record.slots.get(lead_at)
        goes_on = not any(i in record.slots for i in block)
        alone = own is not None and lead_at + 1 not in record.slots and own.lines[0] not in empty_after
        if own is not None and lead is not None and goes_on and alone:
            own.how, own.confidence, own.reason = How.ALIGNED, 0.5, "lead_merged_above"
            record.slots[lead_at + 1] = own
            record.slots[lead_at] = Slot(lead.text, lead.lines, How.CARRIED, 0.5, "lead_merged_above")
        elif own is not None:
            lead = own


def _merges(role: Role) -> bool:
    return role in (Role.GROUPING, Role.TEXT, Role.NAME)
