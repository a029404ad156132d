"""Working an inventory: a run with its reading frozen and all its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods import freezing
from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import Line, Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.book import UnableToReadLeaf
from qihou.figures.graph import Step
from qihou.measure.periods import Period
from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, FigureRecord, Run, RunStatus

from ..models import Inventory
from . import schemes
from .errors import UnableToChange
from .horizon import periods_of, years_read
from .reading import entries_of
from .staleness import KIND
from .years import MOST_DRAWS, inventory_row


def compute(
    actor: Actor, district: Feature, year: int, *, draws: int | None = None, seed: int = 0, reason: str = ""
) -> Run:
    """Work the year from what counts now, and keep reading and figures as the next run. An equal run is not made twice.

    Args:
        draws: of the Monte Carlo, instead of the number chosen for the year; 0: propagation of error alone.
        reason: why it is worked out again.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: a value is in a unit that its formula cannot take.
    """
    require(actor, Act.COMPUTE_INVENTORY, district_id=district.pk)
    with transaction.atomic():
        inventory = inventory_row(district, year, lock=True)
        count = inventory.draws if draws is None else draws
        if not 0 <= count <= MOST_DRAWS:
            raise UnableToChange(_("抽样次数应在 0 到 {most} 之间。").format(most=MOST_DRAWS), field="draws")
        scheme = schemes.scheme_of(inventory)
        periods = periods_of(district, scheme, year)
        leaves = freezing.RecordedLeaves(
            InventoryLeaves(
                scheme, entries_of(district, years_read(scheme, periods)), region=schemes.region_of(district)
            )
        )
        try:
            worked = Worked(scheme, leaves, periods, draws=count, seed=seed)
        except UnableToReadLeaf as trouble:
            raise UnableToChange(_("有一个数的单位与公式不符：{what}").format(what=trouble)) from trouble
        settings = _settings(inventory, scheme, periods, count, seed)
        digest = freezing.digest(leaves.asked, settings)
        last = (
            Run.objects.filter(kind=KIND, subject=district, period_start=worked.period.start)
            .order_by("-number")
            .first()
        )
        if last is not None and last.digest == digest:
            _fresh_again(last)
            return last
        run = Run.objects.create(
            district=district,
            kind=KIND,
            subject=district,
            period_kind=worked.period.kind.value,
            period_start=worked.period.start,
            period_end=worked.period.end,
            number=last.number + 1 if last else 1,
            settings=settings,
            reason=reason,
            leaves=freezing.freeze(leaves.asked),
            digest=digest,
            made_by_id=actor.person_id,
            made_at=timezone.now(),
        )
        Run.objects.filter(kind=KIND, subject=district, period_start=run.period_start, status=RunStatus.DRAFT).exclude(
            pk=run.pk
        ).update(status=RunStatus.SUPERSEDED)
        FigureRecord.objects.bulk_create([_record(run, line) for line in worked.lines.values()])
        total = worked.lines["total", ""]
        audit.write(
            actor, "inventory.compute", district=district, about=run,
            detail={"year": year, "number": run.number, "digest": digest, "total": total.value, "status": total.status.value},
        )  # fmt: skip
    return run


def _settings(
    inventory: Inventory, scheme: Scheme, periods: tuple[Period, ...], draws: int, seed: int
) -> dict[str, Any]:
    """What was chosen, with the version of every method that took part."""
    return {
        "edition": inventory.edition,
        "landfill": inventory.landfill,
        "gwp_set": inventory.gwp_set,
        "draws": draws,
        "seed": seed,
        "region": schemes.region_of(inventory.district),
        "periods": [period.code for period in periods],
        "methods": methods_of(scheme),
    }


def methods_of(scheme: Scheme) -> Mapping[str, int]:
    """Every method of the scheme with its version, by key."""
    found = {node.method.key: node.method.version for node in scheme.graph if isinstance(node, Step)}
    return dict(sorted(found.items()))


def _fresh_again(run: Run) -> None:
    """What stands now is again what the run stood on: a change was taken back."""
    if run.stale_at is not None:
        run.stale_at, run.stale_note = None, ""
        run.save(update_fields=["stale_at", "stale_note"])


def _record(run: Run, line: Line) -> FigureRecord:
    return FigureRecord(
        district_id=run.district_id,
        run=run,
        key=line.code,
        labels={"gas": line.gas} if line.gas else {},
        period_kind=run.period_kind,
        period_start=run.period_start,
        period_end=run.period_end,
        value=line.value,
        known=line.known,
        unit=line.unit,
        low=line.low,
        high=line.high,
        half_percent=line.half_percent,
        state=int(line.state),
        flags=int(line.flags),
        status=line.status.value,
        figure_id=line.id,
    )
