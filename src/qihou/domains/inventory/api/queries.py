"""What pages ask of the inventory: plain values, one function for each question."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.domains.inventory.methods.scheme.parts import Category, Quantity
from qihou.figures.leaf import Leaf
from qihou.figures.lineage import Why
from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, FigureRecord, Run, RunStatus

from ..models import Inventory
from . import runs, schemes, sheets
from .errors import UnableToFind
from .gaps import Gap, gaps_of
from .held import HeldRun, held, stored_lines
from .rows import Row, Tree
from .sheets import SheetView


@dataclass(frozen=True)
class YearView:
    """A year on the list: its newest run that the reader may see, if any, with both totals."""

    inventory: Inventory
    run: Run | None
    total: Line | None
    total_without_lulucf: Line | None

    @property
    def is_stale(self) -> bool:
        return self.run is not None and self.run.stale_at is not None


@dataclass(frozen=True)
class Home:
    """A year: its status, figures, sheets and what is missing. Without a run there are no figures yet."""

    view: YearView
    tree: Tree | None
    sheets: tuple[SheetView, ...]
    gaps: tuple[Gap, ...]
    may_open: bool
    may_compute: bool
    may_publish: bool


@dataclass(frozen=True)
class CategoryPage:
    """A category of a run: its figures, the categories under it, what departments report for it, and what it stands on."""

    run: Run
    row: Row
    path: tuple[Category, ...]
    children: tuple[Row, ...]
    quantities: tuple[tuple[Quantity, Leaf | None], ...]
    why: Why | None
    leaves: tuple[Leaf, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """A figure of one year, with the run it is from."""

    year: int
    run: UUID
    published: bool
    stale: bool
    gwp_set: str
    line: Line


def overview(actor: Actor, district: Feature) -> list[YearView]:
    """All years of the district, in order, in three queries."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    newest = _newest_by_year(actor, district)
    totals = _figures(list(newest.values()), (TOTAL, TOTAL_WITHOUT_LULUCF))
    found = []
    for inventory in Inventory.objects.filter(district=district).select_related("district"):
        run = newest.get(inventory.year)
        of_run = totals.get(run.pk, {}) if run else {}
        found.append(YearView(inventory, run, of_run.get((TOTAL, "")), of_run.get((TOTAL_WITHOUT_LULUCF, ""))))
    return found


def home(actor: Actor, district: Feature, year: int) -> Home:
    """One year.

    Raises:
        NotPermitted, UnableToFind
    """
    handed = sheets.sheets_of(actor, district, year)
    inventory = Inventory.objects.select_related("district").get(district=district, year=year)
    run = runs.newest_run(actor, district, year)
    tree, gaps = None, []
    if run is not None:
        scheme = runs.scheme_of_run(run)
        tree = held(run).tree
        if actor.may(Act.READ_INVENTORY, district_id=district.pk):
            gaps = gaps_of(tree, scheme, lambda: runs.reading_of(run), Period.year(year), inventory.accepted)
    lines = tree.lines if tree else {}
    may = {act: actor.may(act, district_id=district.pk) for act in Act}
    return Home(
        YearView(inventory, run, lines.get((TOTAL, "")), lines.get((TOTAL_WITHOUT_LULUCF, ""))),
        tree,
        tuple(handed),
        tuple(gaps),
        may[Act.OPEN_INVENTORY],
        may[Act.COMPUTE_INVENTORY],
        may[Act.PUBLISH_INVENTORY],
    )


def tree(actor: Actor, district: Feature, run: UUID | str) -> Tree:
    """The sector tree of a run.

    Raises:
        NotPermitted, UnableToFind
    """
    row = runs.the_run(actor, district, run)
    return held(row).tree


def category(actor: Actor, district: Feature, run: UUID | str, code: str) -> CategoryPage:
    """One category of a run.

    Raises:
        NotPermitted
        UnableToFind: no such run, or it has no such category.
    """
    opened = runs.open_frozen(actor, district, run)
    row = runs.the_run(actor, district, run)
    kept = held(row)
    scheme = kept.scheme
    whole = kept.tree
    here = whole.row(code)
    if here is None:
        raise UnableToFind(_("清单里没有这一类别。"))
    period = opened.worked.period
    reading = kept.reading
    reported = tuple(
        (quantity, reading.get((quantity.key, quantity.labels, period)))
        for quantity in scheme.quantities
        if code in quantity.categories
    )
    parents = [code]
    while parents[-1].rpartition(".")[0]:
        parents.append(parents[-1].rpartition(".")[0])
    why, under = kept.once(_why_with_leaves, code)
    return CategoryPage(
        row,
        here,
        tuple(scheme.category[each] for each in reversed(parents)),
        tuple(each for each in whole.rows if each.category.parent == code),
        reported,
        why,
        under,
        opened.told,
    )


def _why_with_leaves(kept: HeldRun, code: str) -> tuple[Why | None, tuple[Leaf, ...]]:
    if (code, "") not in kept.worked.cells:
        return None, ()
    tree = kept.worked.why(code)
    return tree, tree.leaves()


def why(actor: Actor, district: Feature, run: UUID | str, code: str, gas: str = "", depth: int | None = None) -> Why:
    """The tree under a figure of a run, on the reading it stood on.

    Raises:
        NotPermitted
        UnableToFind: no such run or figure.
    """
    opened = runs.open_frozen(actor, district, run)
    if (code, gas) not in opened.worked.cells:
        raise UnableToFind(_("没有这个数。"))
    return opened.worked.why(code, gas, depth)


def figure_by_id(actor: Actor, district: Feature, figure_id: str) -> tuple[Run, Line]:
    """The newest stored figure with this id, and its run.

    Raises:
        NotPermitted, UnableToFind
    """
    visible = {run.pk: run for run in runs.runs(actor, district)}
    found = FigureRecord.objects.filter(district=district, run__in=visible, figure_id=figure_id).order_by("-pk").first()
    if found is None:
        raise UnableToFind(_("没有编号为 {id} 的数。").format(id=figure_id))
    run = visible[found.run_id]
    return run, runs.line_of(found)


def series(
    actor: Actor, district: Feature, code: str = TOTAL, gas: str = "", years: tuple[int, int] | None = None
) -> list[Point]:
    """A figure through the years (both ends included), from the newest run of each that the reader may see.

    Years without a run are left out, those without a value have a line that says why. Sets of warming potentials may differ
    from year to year: the point names its own.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    newest = {
        year: run
        for year, run in _newest_by_year(actor, district).items()
        if years is None or years[0] <= year <= years[1]
    }
    found = _figures(list(newest.values()), (code,), gas)
    return [
        Point(
            year,
            run.uid,
            run.status == RunStatus.PUBLISHED,
            run.stale_at is not None,
            run.settings["gwp_set"],
            found[run.pk][code, gas],
        )
        for year, run in sorted(newest.items())
        if (code, gas) in found.get(run.pk, {})
    ]


def quantities(actor: Actor, district: Feature, year: int) -> tuple[Quantity, ...]:
    """What the year's scheme asks for.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    inventory = Inventory.objects.filter(district=district, year=year).first()
    if inventory is None:
        raise UnableToFind(_("{year} 年的清单还没有开始编制。").format(year=year))
    return schemes.scheme_of(inventory).quantities


def _newest_by_year(actor: Actor, district: Feature) -> dict[int, Run]:
    found: dict[int, Run] = {}
    for run in runs.runs(actor, district):
        found.setdefault(run.period_start.year, run)
    return found


def _figures(of: list[Run], codes: tuple[str, ...], gas: str = "") -> dict[int, dict[tuple[str, str], Line]]:
    """Figures of several runs in one query, of one gas or of all together: run id to (code, gas) to line."""
    found: dict[int, dict[tuple[str, str], Line]] = {}
    labels = {"gas": gas} if gas else {}
    figures = FigureRecord.objects.filter(run__in=[run.pk for run in of], key__in=codes, labels=labels)
    for run_id, line in stored_lines(figures):
        found.setdefault(run_id, {})[line.code, line.gas] = line
    return found
