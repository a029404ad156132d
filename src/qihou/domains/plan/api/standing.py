"""What is known of how a plan's rows stand: newest reports, newest values, promises. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import F, Min, Model, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from qihou.facts.loader import load_facts
from qihou.measure.periods import Period
from qihou.record.models import Commitment, Entry, EntryStatus

from ..methods import progress as rules_of
from ..methods.progress import Judgement, Rules, Span
from ..models import PlanVersion, ProgressReport, Project, ReportStatus, Thread, VersionStatus
from .views import Party, StateView

OFFICE_REPORTS = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
PUBLIC_REPORTS = (ReportStatus.ACCEPTED,)
OFFICE_ENTRIES = (EntryStatus.SUBMITTED, EntryStatus.APPROVED, EntryStatus.PUBLISHED)
PUBLIC_ENTRIES = (EntryStatus.PUBLISHED,)
RowT = TypeVar("RowT", bound=Model)


def rules(day: date | None = None) -> Rules:
    """The thresholds and deadlines in force on a day, or the newest."""
    return Rules.from_facts(load_facts("plan-progress"), day)


class Told(NamedTuple):
    """What a delivered report says, as far as lists need it."""

    thread_id: int
    organisation_id: int
    period_start: date
    status: str
    percent: Decimal | None
    paid_upper_level: Decimal | None
    paid_district_budget: Decimal | None
    paid_private: Decimal | None
    illustrative: bool


@dataclass
class Standing:
    """Newest delivered report per thread and lead, newest value per datastream, live promises per thread."""

    version: PlanVersion
    today: date
    rules: Rules
    reporting_from: date | None
    reports: dict[int, list[Told]]
    entries: dict[int, Entry]
    promises: dict[UUID, Commitment]

    @classmethod
    def of(cls, version: PlanVersion, *, today: date, public: bool = False, only: Thread | None = None) -> Standing:
        """Three queries, whatever the number of rows; one more for the day reporting began.

        ``only`` asks about one row's thread instead of all of the plan's.
        """
        threads = version.plan.threads.filter(pk=only.pk) if only else version.plan.threads.all()
        began = None
        if version.status == VersionStatus.ADOPTED:
            began = PlanVersion.objects.filter(plan_id=version.plan_id).aggregate(at=Min("adopted_at"))["at"]
        reports: dict[int, list[Told]] = defaultdict(list)
        for columns in _newest(
            ProgressReport.objects.filter(thread__in=threads, status__in=PUBLIC_REPORTS if public else OFFICE_REPORTS),
            "thread_id",
            "organisation_id",
        ).values_list(*Told._fields):
            told = Told(*columns)
            reports[told.thread_id].append(told)
        entries = _newest(
            Entry.objects.filter(
                datastream__in=threads.filter(datastream__isnull=False).values("datastream_id"),
                period_kind="year",
                status__in=PUBLIC_ENTRIES if public else OFFICE_ENTRIES,
            ),
            "datastream_id",
        )
        promises = Commitment.objects.filter(
            district_id=version.district_id, about_kind="plan.thread", kind="target", withdrawn_at__isnull=True,
            about_uid__in=threads.filter(kind="indicator").values("uid"),
        )  # fmt: skip
        return cls(
            version=version,
            today=today,
            rules=rules(today),
            reporting_from=timezone.localdate(began) if began else None,
            reports=dict(reports),
            entries={e.datastream_id: e for e in entries},
            promises={c.about_uid: c for c in promises if c.about_uid},
        )

    @classmethod
    def unknown(cls, version: PlanVersion) -> Standing:
        """Of a version whose rows are looked at for their wording only: nothing reported, nothing owed."""
        return cls(version, date.min, rules(), None, {}, {}, {})

    def owed_quarter(self, span: Span | None) -> Period | None:
        return rules_of.owed_quarter(today=self.today, rules=self.rules, span=span, reporting_from=self.reporting_from)

    def work(self, thread_id: int, span: Span | None, leads: Iterable[Party]) -> tuple[StateView, Decimal | None]:
        """State and percent of a project or task. Of several leads' reports the newest counts; of equals, the lowest."""
        reports = self.reports.get(thread_id, [])
        newest = max((r.period_start for r in reports), default=None)
        told = [r for r in reports if r.period_start == newest]
        percents = [r.percent for r in told if r.percent is not None]
        percent = min(percents) if percents else None
        owed = self.owed_quarter(span)
        judged = rules_of.judge_work(
            span=span,
            owed=owed,
            reported=Period.quarter_of(newest) if newest else None,
            percent=percent,
            today=self.today,
            rules=self.rules,
        )
        missing: tuple[str, ...] = ()
        if owed is not None and judged.state != rules_of.State.ACHIEVED:
            there = {r.organisation_id for r in reports if r.period_start >= owed.start}
            missing = tuple(p.name for p in leads if p.organisation_id not in there)
        provisional = any(r.status != ReportStatus.ACCEPTED for r in told)
        return state_view(judged, missing=missing, provisional=provisional), percent

    def made_up(self, thread_id: int, datastream_id: int | None = None) -> bool:
        """Whether any report or value behind a row's state is illustrative."""
        entry = self.entries.get(datastream_id) if datastream_id else None
        return any(r.illustrative for r in self.reports.get(thread_id, ())) or bool(entry and entry.illustrative)

    def paid(self, thread_id: int) -> dict[str, Decimal] | None:
        """Cumulative payments by source: each lead reports what went through its hands, so leads' sums are added."""
        reports = self.reports.get(thread_id, [])
        sources = ("upper_level", "district_budget", "private")
        paid = {s: [v for r in reports if (v := getattr(r, f"paid_{s}")) is not None] for s in sources}
        if not any(paid.values()):
            return None
        return {s: sum(values, Decimal(0)) for s, values in paid.items() if values}

    def indicator(self, row: Any) -> tuple[StateView, Entry | None]:
        """State and newest value of an indicator; ``row`` holds the columns of :mod:`.rows`."""
        entry = self.entries.get(row.thread__datastream_id) if row.thread__datastream_id else None
        promise = self.promises.get(row.thread__uid)
        target = row.indicator__target
        if target is None and promise:
            target = promise.value
        first = self.version.first_year or self.version.plan.first_year
        owed_year = None
        if self.reporting_from is not None and row.thread__datastream_id:
            owed_year = rules_of.last_overdue_year(self.today, self.rules)
            if owed_year < self.reporting_from.year or (first is not None and owed_year < first):
                owed_year = None
        cumulative = row.indicator__target_cumulative or row.indicator__base_cumulative
        base_year = row.indicator__base_year
        judged = rules_of.judge_indicator(
            goal=rules_of.Goal(
                sense=row.indicator__sense,
                base=row.indicator__base,
                start_year=base_year if base_year and not cumulative else (first - 1 if first else None),
                target=target,
                target_year=row.indicator__target_year,
                cumulative=cumulative,
                absent=_absent(row),
            ),
            value=entry.value if entry else None,
            value_year=entry.period_start.year if entry else None,
            notation=entry.notation if entry else "",
            owed_year=owed_year,
            rules=self.rules,
        )
        provisional = entry is not None and entry.status == EntryStatus.SUBMITTED
        return state_view(judged, provisional=provisional), entry


def _newest(rows: QuerySet[RowT, RowT], *by: str) -> Any:
    """The newest revision of the newest period within each group, chosen by the database."""
    rank = Window(
        RowNumber(), partition_by=[F(b) for b in by], order_by=[F("period_start").desc(), F("revision").desc()]
    )
    return rows.annotate(rank=rank).filter(rank=1)


def state_view(judged: Judgement, *, missing: tuple[str, ...] = (), provisional: bool = False) -> StateView:
    return StateView(judged.state.value, judged.reason, judged.params, missing, provisional)


def project_span(row: Project) -> Span | None:
    return rules_of.work_span(row.start_year, row.start_month, row.end_year, row.end_month)


def task_span(version: PlanVersion, deadline: str) -> Span | None:
    first = version.first_year or version.plan.first_year
    last = version.last_year or version.plan.last_year
    return rules_of.deadline_span(first, deadline, last)


def _absent(row: Any) -> str:
    if row.indicator__assigned_later:
        return "target_awaited"
    if row.indicator__target_text:
        return "target_in_words"
    if row.cells.get("target", {}).get("undetermined"):
        return "target_undetermined"
    return "no_target"
