"""What is known of how a plan's rows stand: newest reports, newest values, promises. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
from .views import FUNDING, Party, StateView

OFFICE_REPORTS = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
OFFICE_ENTRIES = (EntryStatus.SUBMITTED, EntryStatus.APPROVED, EntryStatus.PUBLISHED)
PUBLIC_ENTRIES = (EntryStatus.PUBLISHED,)
RowT = TypeVar("RowT", bound=Model)


def rules(day: date | None = None) -> Rules:
    """The thresholds and deadlines in force on a day, or the newest."""
    return Rules.from_facts(load_facts("plan-progress"), day)


class Told(NamedTuple):
    """What a delivered report says, as far as lists need it."""

    thread_id: int
    thread__uid: UUID
    organisation_id: int
    period_start: date
    status: str
    percent: Decimal | None
    illustrative: bool

    @property
    def quarter(self) -> Period:
        return Period.quarter_of(self.period_start)


class Paid(NamedTuple):
    """Cumulative payments of one row from accepted reports.

    ``amounts`` by source [10⁴ CNY], a source nobody gave an amount for absent; ``carried``: an accepted report leaves a
    source blank for which an earlier one gives the amount; that amount is kept.
    """

    amounts: dict[str, Decimal]
    carried: bool


@dataclass
class Standing:
    """Newest report per thread and lead, newest value per datastream, payments and live promises per thread.

    ``reports`` and ``entries`` are what may be shown; ``delivered`` and ``given`` all that was handed in, decided or not.
    ``finished`` are the leads whose newest accepted report says 100 %; ``waiting`` the threads with payments reported
    and not accepted yet.
    """

    version: PlanVersion
    today: date
    rules: Rules
    reporting_from: date | None
    reports: dict[int, list[Told]]
    entries: dict[int, Entry]
    promises: dict[UUID, Commitment]
    delivered: dict[int, list[Told]] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)
    payments: dict[int, Paid] = field(default_factory=dict)
    waiting: frozenset[int] = frozenset()
    finished: frozenset[tuple[UUID, int]] = frozenset()

    @classmethod
    def of(cls, version: PlanVersion, *, today: date, public: bool = False, only: Thread | None = None) -> Standing:
        """Four queries, whatever the number of rows; one more for the day reporting began.

        ``only`` asks about one row's thread instead of all of the plan's.
        """
        threads = version.plan.threads.filter(pk=only.pk) if only else version.plan.threads.all()
        began = None
        if version.status == VersionStatus.ADOPTED:
            began = PlanVersion.objects.filter(plan_id=version.plan_id).aggregate(at=Min("adopted_at"))["at"]
        told = ProgressReport.objects.filter(thread__in=threads, status__in=OFFICE_REPORTS)
        by_status = _newest(told, "thread_id", "organisation_id", "status").values_list(*Told._fields, "revision")
        every = [Told(*columns) for *columns, _revision in sorted(by_status, key=_told_order)]
        accepted = [t for t in every if t.status == ReportStatus.ACCEPTED]
        delivered = _by_thread(every)
        entries = _newest(
            Entry.objects.filter(
                datastream__in=threads.filter(datastream__isnull=False).values("datastream_id"),
                period_kind="year",
                status__in=OFFICE_ENTRIES,
            ),
            "datastream_id",
            "status",
        )
        ordered = sorted(entries, key=lambda e: (e.period_start, e.revision))
        shown = PUBLIC_ENTRIES if public else OFFICE_ENTRIES
        payments, waiting = _payments(told)
        promises = Commitment.objects.filter(
            district_id=version.district_id, about_kind="plan.thread", kind="target", withdrawn_at__isnull=True,
            about_uid__in=threads.filter(kind="indicator").values("uid"),
        )  # fmt: skip
        return cls(
            version=version,
            today=today,
            rules=rules(today),
            reporting_from=timezone.localdate(began) if began else None,
            reports=_by_thread(accepted) if public else delivered,
            entries={e.datastream_id: e for e in ordered if e.status in shown},
            promises={c.about_uid: c for c in promises if c.about_uid},
            delivered=delivered,
            given={e.datastream_id: e.period_start.year for e in ordered},
            payments=payments,
            waiting=waiting,
            finished=frozenset((t.thread__uid, t.organisation_id) for t in accepted if _done(t)),
        )

    @classmethod
    def unknown(cls, version: PlanVersion) -> Standing:
        """Of a version whose rows are looked at for their wording only: nothing reported, nothing owed."""
        return cls(version, date.min, rules(), None, {}, {}, {})

    def owed_quarter(self, span: Span | None) -> Period | None:
        return rules_of.owed_quarter(today=self.today, rules=self.rules, span=span, reporting_from=self.reporting_from)

    def work(self, thread_id: int, span: Span | None, leads: Iterable[Party]) -> tuple[StateView, Decimal | None]:
        """State and percent of a project or task: the least of what its leads' newest reports say.

        Reports of organisations that no longer lead it do not count.
        """
        leads = list(leads)
        ours = {p.organisation_id for p in leads}
        reports = [r for r in self.reports.get(thread_id, []) if r.organisation_id in ours]
        handed_in = [r for r in self.delivered.get(thread_id, []) if r.organisation_id in ours]
        known = [(r.percent, r.period_start, r) for r in reports if r.percent is not None]
        least = min(known, key=lambda k: k[:2])[2] if known else max(reports, key=_start, default=None)
        uid = next((r.thread__uid for r in handed_in), None)
        done = {o for o in ours if o is not None and uid is not None and (uid, o) in self.finished}
        owed = self.owed_quarter(span)
        judged = rules_of.judge_work(
            span=span,
            owed=owed,
            reported=least.quarter if least else None,
            percent=least.percent if least else None,
            today=self.today,
            rules=self.rules,
            complete=bool(ours) and done == ours and all(_done(r) for r in reports),
            newest=max(reports, key=_start).quarter if reports else None,
            delivered=max(handed_in, key=_start).quarter if handed_in else None,
        )
        missing: tuple[str, ...] = ()
        if owed is not None and judged.state != rules_of.State.ACHIEVED:
            there = done | {r.organisation_id for r in handed_in if r.period_start >= owed.start}
            missing = tuple(p.name for p in leads if p.organisation_id not in there)
        provisional = any(r.status != ReportStatus.ACCEPTED for r in reports)
        return state_view(judged, missing=missing, provisional=provisional), least.percent if least else None

    def made_up(self, thread_id: int, datastream_id: int | None = None) -> bool:
        """Whether any report or value behind a row's state is illustrative."""
        entry = self.entries.get(datastream_id) if datastream_id else None
        return any(r.illustrative for r in self.reports.get(thread_id, ())) or bool(entry and entry.illustrative)

    def paid(self, thread_id: int) -> Paid | None:
        """Cumulative payments by source: each lead reports what went through its hands, so leads' sums are added."""
        return self.payments.get(thread_id)

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
            delivered_year=self.given.get(row.thread__datastream_id),
        )
        provisional = entry is not None and entry.status == EntryStatus.SUBMITTED
        return state_view(judged, provisional=provisional), entry


def _newest(rows: QuerySet[RowT, RowT], *by: str) -> Any:
    """The newest revision of the newest period within each group, chosen by the database."""
    rank = Window(
        RowNumber(), partition_by=[F(b) for b in by], order_by=[F("period_start").desc(), F("revision").desc()]
    )
    return rows.annotate(rank=rank).filter(rank=1)


def _start(told: Told) -> date:
    return told.period_start


def _told_order(columns: tuple[Any, ...]) -> tuple[date, int]:
    return columns[Told._fields.index("period_start")], columns[-1]


def _by_thread(ordered: Iterable[Told]) -> dict[int, list[Told]]:
    """The last report of each organisation, by thread; ``ordered`` from the oldest on."""
    last = {(t.thread_id, t.organisation_id): t for t in ordered}
    found: dict[int, list[Told]] = defaultdict(list)
    for told in last.values():
        found[told.thread_id].append(told)
    return dict(found)


def _done(told: Told) -> bool:
    return told.percent is not None and told.percent >= rules_of.HUNDRED


def _payments(reports: QuerySet[ProgressReport, ProgressReport]) -> tuple[dict[int, Paid], frozenset[int]]:
    """What accepted reports say was paid, by thread; and the threads with payments still to be accepted. One query.

    Within a quarter the newest accepted revision replaces the others; over the quarters an amount left blank does not
    undo the last one given.
    """
    columns = [f"paid_{s}" for s in FUNDING]
    rows = reports.filter(thread__kind="project").order_by("period_start", "revision")
    quarters: dict[tuple[int, int], dict[date, tuple[Decimal | None, ...]]] = defaultdict(dict)
    waiting: set[int] = set()
    for thread, organisation, start, status, *amounts in rows.values_list(
        "thread_id", "organisation_id", "period_start", "status", *columns
    ):
        if status == ReportStatus.ACCEPTED:
            quarters[thread, organisation][start] = tuple(amounts)
        elif any(a is not None for a in amounts):
            waiting.add(thread)
    sums: dict[int, dict[str, Decimal]] = defaultdict(dict)
    carried: set[int] = set()
    for (thread, _organisation), told in quarters.items():
        for place, source in enumerate(FUNDING):
            known = [(start, a) for start, quarter in told.items() if (a := quarter[place]) is not None]
            if not known:
                continue
            start, amount = max(known)
            sums[thread][source] = sums[thread].get(source, Decimal(0)) + amount
            if start < max(told):
                carried.add(thread)
    return {t: Paid(amounts, t in carried) for t, amounts in sums.items()}, frozenset(waiting)


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
