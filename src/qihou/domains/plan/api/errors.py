"""What can go wrong in the plan's acts. Each message is for the person at the screen, in their language."""

from __future__ import annotations


class PlanError(Exception):
    """Base of the refusals below; ``str()`` is a sentence a page may show."""


class UnableToFind(PlanError, LookupError):
    """No such row in this district (or it belongs to another one, which is the same answer)."""


class UnableToImport(PlanError):
    """The document was not taken in; the record is as it was. ``version_number`` names the version that already has it."""

    def __init__(self, message: str, *, version_number: int | None = None) -> None:
        super().__init__(message)
        self.version_number = version_number


class UnableToChange(PlanError):
    """The row cannot be changed now: wrong status, or the value does not fit. ``field`` names the field, if one."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ChangedMeanwhile(UnableToChange):
    """Somebody else changed it since this person opened the page; the sentence says who, and what it says now."""
