"""One thing to look at, in a file, in entries or in figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qihou.figures.graph import Labels

Key = tuple[str, Labels]


class Severity(StrEnum):
    """ERROR: it cannot be taken as it stands; WARNING: a person must judge; NOTE: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class CheckFinding:
    """What is odd, in two languages, and where.

    Attributes:
        kind: a stable word, ``wrong_unit``; see ``docs/inventory.md``.
        category: the code of the category it concerns, empty where it is none's.
        quantities: the quantities it concerns, as the scheme names them.
        cells: ``能源活动!F12``, as a person finds them.
        values: the numbers it compares, by name, in the units said in the message.
    """

    kind: str
    severity: Severity
    zh: str
    en: str
    category: str = ""
    quantities: tuple[Key, ...] = ()
    cells: tuple[str, ...] = ()
    values: tuple[tuple[str, float], ...] = ()

    def message(self, language: str = "zh") -> str:
        return self.en if language.startswith("en") else self.zh


def most_serious_first(findings: Iterable[CheckFinding]) -> list[CheckFinding]:
    """Errors, then warnings, then notes; otherwise in the order in which they were found."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))
