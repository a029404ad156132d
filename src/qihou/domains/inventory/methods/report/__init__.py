"""The written report of an inventory: Chinese or English, as a Word file. Every number in it is written from a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qihou.domains.inventory.methods.checks.finding import CheckFinding
    from qihou.domains.inventory.methods.results import Line, Worked


def report(
    worked: Worked,
    *,
    district_name: str,
    previous: Worked | None = None,
    language: str = "zh",
    findings: Sequence[CheckFinding] | None = None,
    lines: Mapping[tuple[str, str], Line] | None = None,
    previous_lines: Mapping[tuple[str, str], Line] | None = None,
    draws: int | None = None,
    made_on: date | None = None,
) -> bytes:
    """The report as a ``.docx``.

    Args:
        previous: an earlier year to compare with, worked by the same scheme.
        language: ``zh`` or ``en``.
        findings: of the checks; None where none were run, which the report says.
        lines, previous_lines: the figures as a run stored them, where they are not to be worked out again; ``draws`` then
            says from how many draws their intervals come.
        made_on: the date on the cover; without it there is none.
    """
    from qihou.domains.inventory.methods.report.build import build
    from qihou.domains.inventory.methods.report.word.document import written

    return written(
        build(
            worked,
            district_name=district_name,
            previous=previous,
            language=language,
            findings=findings,
            lines=lines,
            previous_lines=previous_lines,
            draws=draws,
            made_on=made_on,
        )
    )
