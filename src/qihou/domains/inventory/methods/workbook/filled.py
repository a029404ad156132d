"""One filled cell of a year's workbook, or of a pasted grid: what stands in it and where."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qihou.figures.graph import Labels
from qihou.figures.missing import Notation


@dataclass(frozen=True)
class Filled:
    """A value, or a notation key with its reason. A cell that was left blank is none of these: it gives no ``Filled``.

    Attributes:
        quantity, labels: as the scheme's ``Quantity`` names them.
        value: digit for digit as written, in ``unit``; None where ``notation`` says why there is none.
        unit: in which it was written; it need not be the unit of the scheme.
        spread: its uncertainty as written, for example ``±5%``; empty where none was given.
        sheet, cell: as a reader finds them: the sheet's printed name and ``F12``.
        note: what the person wrote beside it.

    Several with one quantity and labels may be given only where the scheme declares parts of a sum.
    """

    quantity: str
    labels: Labels
    value: Decimal | None
    unit: str
    notation: Notation | None = None
    reason: str = ""
    spread: str = ""
    sheet: str = ""
    cell: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, Labels]:
        return self.quantity, self.labels

    @property
    def place(self) -> str:
        """``能源活动!F12``; empty for what was not in a cell."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
