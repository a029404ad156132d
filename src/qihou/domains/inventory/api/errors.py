"""What can go wrong in the inventory's acts. Each message is for the person at the screen, in their language."""

from __future__ import annotations

from collections.abc import Sequence


class InventoryError(Exception):
    """Base of the refusals below; ``str()`` is a sentence a page may show."""


class UnableToFind(InventoryError, LookupError):
    """No such year, sheet, run or figure in this district (or it belongs to another one, which is the same answer)."""


class UnableToChange(InventoryError):
    """It cannot be changed now, or what was given does not fit. ``field`` names the field, if one."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class UnableToTakeIn(InventoryError):
    """Nothing was taken in: ``problems`` say cell by cell what to change."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UnableToPublish(InventoryError):
    """The run may not be published yet: ``reasons`` say what is missing."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)
