"""The derived indicators in the plan's register: entered as values of the indicators they answer, with the run as their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.plan_indicators import Answer, answer_to, reduction
from qihou.domains.inventory.methods.results import Line
from qihou.domains.plan.api import choosing, registers, values
from qihou.domains.plan.api.errors import PlanError
from qihou.domains.plan.api.views import IndicatorView
from qihou.figures.missing import Flag
from qihou.measure import units
from qihou.measure.periods import Period
from qihou.record.api import entries
from qihou.record.api.access import Actor
from qihou.record.models import Datastream, Feature, FigureRecord, Run, RunStatus

from . import runs
from .staleness import KIND

_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Fed:
    """One indicator of the plan that a derived one answers: the value entered, or in ``said`` why none was."""

    key: str
    indicator: str
    value: Decimal | None
    said: str


def feed_plan(actor: Actor, district: Feature, run: Run, *, today: date) -> list[Fed]:
    """Hand in the year's value for each indicator of the adopted plan that the inventory answers. Part of publishing.

    A reduction is counted from the plan's base year, by the newest published run of that year. What already stands so is not
    entered again.
    """
    try:
        version = choosing.choose_version(actor, district)
        rows = registers.indicators(actor, district, version.uid, today=today).rows
    except PlanError:
        return []
    lines = {code: line for (code, gas), line in runs.lines_of(run).items() if not gas}
    found = []
    for row in rows:
        answer = answer_to(row.title)
        if answer is None or answer.key not in lines:
            continue
        value, said = _value(district, run, answer, row, lines[answer.key])
        if value is not None:
            said = _enter(actor, district, run, answer, row, value, lines[answer.key], today)
        found.append(Fed(answer.key, row.title, value, said))
    return found


def _value(district: Feature, run: Run, answer: Answer, row: IndicatorView, line: Line) -> tuple[Decimal | None, str]:
    if line.value is None:
        return None, _("清单里这一项没有数。")
    if not answer.is_reduction:
        try:
            number = line.value * units.factor(line.unit, row.unit or "1")
        except units.UnableToMeasure:
            return None, _("单位对不上：清单是 {one}，规划是 {other}。").format(one=line.unit, other=row.unit)
        return Decimal(repr(number)).quantize(_PLACES), ""
    if row.base_year is None:
        return None, _("规划没有写明基准年份，算不出降低了多少。")
    base = _base(district, answer.key, row.base_year)
    if base is None or not base.value:
        return None, _("{year} 年的清单还没有发布，算不出比它降低了多少。").format(year=row.base_year)
    return Decimal(repr(reduction(line.value, base.value))).quantize(_PLACES), ""


def _base(district: Feature, key: str, year: int) -> Line | None:
    found = FigureRecord.objects.filter(
        district=district, key=key, run__kind=KIND, run__status=RunStatus.PUBLISHED,
        run__period_start=Period.year(year).start,
    )  # fmt: skip
    figure = found.order_by("-run__number").first()
    return runs.line_of(figure) if figure else None


def _enter(
    actor: Actor,
    district: Feature,
    run: Run,
    answer: Answer,
    row: IndicatorView,
    value: Decimal,
    line: Line,
    today: date,
) -> str:
    year = run.period_start.year
    stream = Datastream.objects.filter(pk=row.datastream_id).first() if row.datastream_id else None
    standing = entries.current_entry(stream, Period.year(year)) if stream else None
    if standing is not None and standing.value == value:
        return _("已经是这个数。")
    try:
        entry = values.save_value(
            actor,
            district,
            row.uid,
            year,
            value=value,
            source_place=f"inventory/{year}/{run.number} {answer.key} {run.uid}",
            today=today,
            illustrative=bool(line.flags & Flag.ILLUSTRATIVE),
        )
        values.submit_value(actor, district, entry.uid)
    except PlanError as trouble:
        return str(trouble)
    return _("已报送，待审定。")
