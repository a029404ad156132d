"""Years outside the plan's term, spans the wrong way round, and years in a text that contradict its row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..register import DocumentFinding
from .context import ERROR, NOTE, WARNING, Context, finding, lines_of, row_name

_YEAR = re.compile(r"(?<![\d〔(《])(20\d{2})年(?!版|本|修订)")


def find(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    first, last = register.first_year, register.last_year
    for project in register.projects:
        start, end = project.start, project.end
        lines = lines_of(project, "start", "end")
        quotes = [context.line_text(n).strip() for n in lines]
        no = row_name(project)
        if start is not None and end is not None and start > end:
            yield finding("period_reversed", ERROR, {"no": no, "start": start, "end": end}, lines, quotes)
            continue
        if first is None or last is None:
            continue
        if (start is not None and start < first) or (end is not None and end > last):
            params = {"no": no, "start": start, "end": end, "first": first, "last": last}
            yield finding("period_outside_plan", WARNING, params, lines, quotes)
    yield from _years_in_text(context)
    for indicator in register.indicators:
        if last is not None and indicator.target_year is not None and indicator.target_year < (first or last):
            params = {"no": row_name(indicator), "name": indicator.name, "year": indicator.target_year}
            yield finding("target_year_outside_plan", NOTE, params, lines_of(indicator, "target"), [indicator.name])


def _years_in_text(context: Context) -> Iterator[DocumentFinding]:
    """A project whose own text promises something for a year its period does not reach."""
    for passage, project in zip(context.project_texts, context.register.projects, strict=True):
        if project.start is None or project.end is None:
            continue
        text = re.sub(r"《[^》]*》|〔[^〕]*号", "", passage.text)
        wrong = [int(y) for y in _YEAR.findall(text) if int(y) > project.end or int(y) < project.start - 1]
        if wrong and not re.search(r"较|比|以来|截[至止]", text):
            lines = [passage.line, *lines_of(project, "start")]
            params = {"no": row_name(project), "years": sorted(set(wrong)), "start": project.start, "end": project.end}
            yield finding(
                "period_contradicts_text",
                WARNING,
                params,
                lines,
                [passage.text, *(context.line_text(n) for n in lines[1:])],
            )
