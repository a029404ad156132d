"""What can be said of a published table of forest carbon without knowing the forest: its rates, and where it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class PrintedDensity:
    """One forest type of a table: its stock (tC), its area (ha), and the density (tC/ha) printed beside them."""

    forest: str
    stock: float
    area: float
    density: float


@dataclass(frozen=True)
class DensityInconsistency:
    """A density that is not the stock over the area it stands beside."""

    forest: str
    printed: float
    computed: float

    @property
    def said(self) -> str:
        off = (self.printed / self.computed - 1) * 100
        return (
            f"{self.forest}：碳储量除以面积为 {self.computed:.2f} tC/ha，表中为 {self.printed:.2f} tC/ha，"
            f"相差 {off:+.1f}%，请核对面积、碳储量与碳密度"
        )


def density_inconsistencies(
    rows: Iterable[PrintedDensity], *, tolerance: float = 0.005
) -> tuple[DensityInconsistency, ...]:
    """Rows whose printed density differs from stock over area by more than ``tolerance`` (a share of the computed one).

    Raises:
        ZeroDivisionError: an area or a stock is 0.
    """
    found = (DensityInconsistency(row.forest, row.density, row.stock / row.area) for row in rows)
    return tuple(one for one in found if abs(one.printed / one.computed - 1) > tolerance)


def sequestration_rate(
    earlier_stock: float, later_stock: float, earlier_area: float, later_area: float, interval: int
) -> float:
    """Yearly change of the stock per area, in tC/ha/a (negative: loss).

    The area is the mean over the years after the first inventory, each interpolated: A1 + k (A2 - A1)/T, k = 1 to T.
    Source: Fan et al. 2016, 植物生态学报, 吉林省森林植被固碳现状与速率, Table 2, whose rates follow this rule.

    Args:
        earlier_stock, later_stock: tC.
        earlier_area, later_area: ha.
        interval: whole years between the inventories, at least 1.
    """
    areas = [earlier_area + k * (later_area - earlier_area) / interval for k in range(1, interval + 1)]
    return (later_stock - earlier_stock) / interval / (sum(areas) / interval)
