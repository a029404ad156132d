"""Who leads: missing, no government body, open-ended, or not the same for the same work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ..register import DocumentFinding, ProjectRow, TaskRow
from .conflicts import shared_tail
from .context import NOTE, WARNING, Context, Passage, finding, first_line, row_name
from .quantities import COUNTERS, Quantity, context_quantities
from .text import bare, longest_common, sentences, sharing

_BUSINESS = re.compile(r"公司|集团|企业|厂$|协会|学会|商会|业主|电网|合作社")
_VAGUE = re.compile(r"有关|相关|^其他|^各?(?:部门|单位|成员单位|行业主管)|各(?:部门|单位|成员|行业主管|责任|牵头)")
_LEAST_SHARED = 8
_TOO_MANY = 4


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _without_lead(context)
    yield from _not_government(context)
    yield from _open_lists(context)
    yield from _cut_lists(context)
    yield from _both_roles(context)
    yield from _many_leads(context)
    yield from _leads_differ(context)
    yield from _indicator_leads(context)


def _without_lead(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    for thing, rows in (("task", register.tasks), ("project", register.projects)):
        without = [r for r in rows if not r.leads]
        if not without:
            continue
        if len(without) == len(rows):
            params: dict[str, object] = {"thing": thing, "count": len(rows)}
            yield finding("no_leads_at_all", NOTE, params, [first_line(rows[0], "text", "name")])
            continue
        params = {"thing": thing, "numbers": [row_name(r) for r in without], "count": len(without)}
        texts = [r.text if isinstance(r, TaskRow) else r.name for r in without]
        yield finding("row_without_lead", WARNING, params, [first_line(r, "text", "name") for r in without], texts)


def _not_government(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    for thing, rows in (("task", register.tasks), ("project", register.projects)):
        for row in rows:
            names = [n for n in row.leads if n.strip()]
            if (
                thing == "task"
                and names
                and all(_BUSINESS.search(n) and not re.search(r"政府|管委会|局$|委$", n) for n in names)
            ):
                params = {"thing": thing, "no": row_name(row), "leads": names}
                line = first_line(row, "leads", "text")
                yield finding("lead_not_government", WARNING, params, [line], ["、".join(names)])
            elif names and all(_VAGUE.search(n) for n in names):
                params = {"thing": thing, "no": row_name(row), "leads": names}
                line = first_line(row, "leads", "text")
                yield finding("lead_not_named", WARNING, params, [line], ["、".join(names)])


def _open_lists(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    rows: list[TaskRow | ProjectRow] = [*register.tasks, *register.projects]
    supporting = [r for r in rows if r.supporting_open]
    leading = [r for r in register.tasks if r.leads_open]
    for role, found, cell in (("supporting", supporting, "supporting"), ("leads", leading, "leads")):
        if found:
            lines = [first_line(r, cell, "text") for r in found]
            params = {"role": role, "numbers": [row_name(r) for r in found], "count": len(found)}
            yield finding("open_ended_list", WARNING, params, lines, [_tail(context.line_text(n)) for n in lines])
    vague = [r for r in rows if any(_VAGUE.search(n) for n in r.supporting)]
    if vague:
        lines = [first_line(r, "supporting", "text") for r in vague]
        params = {
            "numbers": [row_name(r) for r in vague],
            "names": [n for r in vague for n in r.supporting if _VAGUE.search(n)],
        }
        yield finding("supporting_not_named", NOTE, params, lines, [_tail(context.line_text(n)) for n in lines])


def _tail(text: str) -> str:
    return text.strip()[-24:]


def _cut_lists(context: Context) -> Iterator[DocumentFinding]:
    """A list that ends in its separator: a name may have been lost."""
    found = []
    for row in context.register.rows():
        for name in ("leads", "supporting", "departments"):
            cell = row.cells.get(name)
            if cell and cell.printed.strip().endswith(("、", ",", "，")):
                found.append((row, cell.lines[0] if cell.lines else 0, cell.printed.strip()))
    for row, line, printed in found:
        yield finding("list_ends_in_separator", NOTE, {"no": row_name(row), "printed": printed}, [line], [printed])


def _both_roles(context: Context) -> Iterator[DocumentFinding]:
    for row in context.register.tasks:
        both = [n for n in row.leads if n in row.supporting]
        if both:
            params = {"no": row_name(row), "names": both}
            lines = [first_line(row, "leads"), first_line(row, "supporting")]
            yield finding("lead_also_supports", NOTE, params, lines, ["、".join(row.leads), "、".join(row.supporting)])


def _many_leads(context: Context) -> Iterator[DocumentFinding]:
    many = [t for t in context.register.tasks if len(t.leads) >= _TOO_MANY]
    if many and len(many) <= len(context.register.tasks) // 4:
        params: dict[str, object] = {"numbers": [row_name(t) for t in many], "count": len(many)}
        lines = [first_line(t, "leads", "text") for t in many]
        yield finding("many_leads", NOTE, params, lines, ["、".join(t.leads) for t in many])


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """An organisation's name without place and office words, for comparing."""
    core = re.sub(r"[(（].*?[)）]|\s", "", name)
    core = re.sub(r"^[\u4e00-\u9fff]{2,3}(?:区|县|市|旗|州)(?=[\u4e00-\u9fff]{2,})|^[区县市州旗省]", "", core)
    return re.sub(r"(?:委员会|办公室|局|委|办)$", "", core)


def same_body(one: str, other: str) -> bool:
    """Two names of one body: equal once trimmed, or one an abbreviation of the other.

    >>> same_body("区住房城乡建委", "区住房和城乡建设委员会"), same_body("区水利局", "区林业局")
    (True, False)
    """
    a, b = normal(one), normal(other)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    letters = iter(long)
    return len(short) >= 2 and short[0] == long[0] and all(letter in letters for letter in short)


def _meets(some: list[str], others: list[str]) -> bool:
    return any(same_body(a, b) for a in some for b in others)


def _leads_differ(context: Context) -> Iterator[DocumentFinding]:
    """The same work in the project list and in the task list, led by bodies that have no member in common."""
    told: set[tuple[object, object]] = set()
    tasks = [(p, p.bare) for p in context.task_texts if isinstance(p.row, TaskRow) and p.row.leads]
    texts = [p.bare for p in context.row_passages]
    common: dict[str, bool] = {}  # words in so many rows that they tie no two of them together
    near = sharing([p.bare for p in context.project_texts], [text for _, text in tasks], 6, 4)
    for passage, candidates in zip(context.project_texts, near, strict=True):
        project = passage.row
        if not isinstance(project, ProjectRow) or not project.leads:
            continue
        best: tuple[float, Passage, str] | None = None
        same_lead = 0.0
        for task_passage, text in (tasks[k] for k in candidates):
            shared = longest_common(passage.bare, text)
            if len(shared) < 6:
                continue
            if shared not in common:
                common[shared] = len(list(islice((1 for other in texts if shared in other), 5))) > 4
            if common[shared]:
                continue
            weight = float(len(shared))
            task = task_passage.row
            assert isinstance(task, TaskRow)
            if _meets(project.leads, task.leads):
                same_lead = max(same_lead, weight)
            elif len(shared) >= _LEAST_SHARED and (best is None or weight > best[0]):
                best = (weight, task_passage, shared)
        if best is None or same_lead >= best[0] or (same_lead >= _LEAST_SHARED and best[0] < 2 * same_lead):
            continue
        task = best[1].row
        assert isinstance(task, TaskRow)
        params: dict[str, object] = {
            "project": row_name(project),
            "task": row_name(task),
            "shared": best[2],
            "project_leads": project.leads,
            "task_leads": task.leads,
            "supports": _meets(project.leads, task.supporting),
        }
        lines = [passage.line, first_line(project, "leads"), best[1].line, first_line(task, "leads")]
        quotes = [best[2], "、".join(project.leads), best[2], "、".join(task.leads)]
        told.add((params["project"], params["task"]))
        yield finding("leads_differ", WARNING, params, lines, quotes)
    yield from _leads_of_counted_things(context, told)


class _CountedInTasks:
    """What tasks count, by noun and by those who answer, looked up once for all projects alike."""

    _MOST = 40  # a thing that so many tasks count ties no two rows together

    def __init__(self, counted: list[Quantity]) -> None:
        self._told: dict[tuple[str, str], dict[_Answer, list[tuple[int, Quantity]]]] = {}
        self._found: dict[tuple[str, str, tuple[str, ...]], list[tuple[Quantity, str]]] = {}
        for place, q in enumerate(counted):
            task = q.passage.row
            if isinstance(task, TaskRow) and task.leads:
                home = self._told.setdefault((q.unit, q.noun[-1:]), {})
                home.setdefault((q.noun, tuple(task.leads), tuple(task.supporting)), []).append((place, q))

    def led_by_others(self, q: Quantity) -> list[tuple[Quantity, str]]:
        """Tasks counting the same kind of thing whose bodies share no member with the project's, with the words shared."""
        project = q.passage.row
        if not isinstance(project, ProjectRow) or not project.leads:
            return []
        key = (q.unit, q.noun, tuple(project.leads))
        if key not in self._found:
            near = [
                (place, other, shared)
                for (noun, leads, support), told in self._told.get((q.unit, q.noun[-1:]), {}).items()
                if len(shared := shared_tail(q.noun, noun)) >= 3 and not _meets(project.leads, [*leads, *support])
                for place, other in told
            ]
            found = [(other, shared) for _, other, shared in sorted(near, key=lambda n: n[0])]
            self._found[key] = found if len(found) <= self._MOST else []
        return self._found[key]


_Answer = tuple[str, tuple[str, ...], tuple[str, ...]]


def _leads_of_counted_things(context: Context, told: set[tuple[object, object]]) -> Iterator[DocumentFinding]:
    """A project and a task that count the same kind of thing (充电桩) under different leads."""
    counted = [q for q in context_quantities(context) if q.unit in COUNTERS and q.high is None and not q.past]
    of_tasks = _CountedInTasks(counted)
    for q in (q for q in counted if isinstance(q.passage.row, ProjectRow)):
        for other, shared in of_tasks.led_by_others(q):
            project, task = q.passage.row, other.passage.row
            assert isinstance(project, ProjectRow)
            assert isinstance(task, TaskRow)
            key = (row_name(project), row_name(task))
            if key in told:
                continue
            told.add(key)
            params: dict[str, object] = {
                "project": key[0],
                "task": key[1],
                "shared": shared,
                "project_leads": project.leads,
                "task_leads": task.leads,
                "supports": False,
            }
            lines = [q.line, first_line(project, "leads"), other.line, first_line(task, "leads")]
            quotes = [q.clause, "、".join(project.leads), other.clause, "、".join(task.leads)]
            yield finding("leads_differ", WARNING, params, lines, quotes)


def _indicator_leads(context: Context) -> Iterator[DocumentFinding]:
    """An indicator's department against the task that restates its target."""
    from .targets import tasks_of_indicators

    for indicator, task in tasks_of_indicators(context):
        if not indicator.departments or not task.leads or _meets(indicator.departments, task.leads):
            continue
        params = {
            "indicator": row_name(indicator),
            "name": indicator.name,
            "task": row_name(task),
            "indicator_leads": indicator.departments,
            "task_leads": task.leads,
        }
        lines = [first_line(indicator, "departments", "name"), first_line(task, "leads")]
        quotes = ["、".join(indicator.departments), "、".join(task.leads)]
        yield finding("indicator_lead_differs", WARNING, params, lines, quotes)
    yield from _sector_leads(context)


def _sector_leads(context: Context) -> Iterator[DocumentFinding]:
    """Tasks with nearly the same text and different leads."""
    tasks = [t for t in context.register.tasks if t.leads and len(bare(t.text)) >= 12]
    pieces: dict[str, TaskRow] = {}
    for task in tasks:
        for sentence in sentences(task.text):
            key = bare(sentence)
            if len(key) < 12:
                continue
            first = pieces.setdefault(key, task)
            if first is not task and not _meets(first.leads, task.leads):
                params = {
                    "tasks": [row_name(first), row_name(task)],
                    "shared": sentence,
                    "leads": [first.leads, task.leads],
                }
                lines = [first_line(first, "text"), first_line(task, "text")]
                yield finding("task_leads_differ", WARNING, params, lines, [sentence, sentence])
