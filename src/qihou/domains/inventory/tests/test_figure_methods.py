"""Allocation, flows, what moved the CO2 of fuel, and how sure a trend is: every expected value by hand."""

from __future__ import annotations

from decimal import Decimal
from math import log, sqrt

import pytest

from qihou.domains.inventory.methods.allocation import UnableToAllocate, allocate
from qihou.domains.inventory.methods.energy_change import EnergyYear, Fuel, taken_apart
from qihou.domains.inventory.methods.flows import Kind, flows
from qihou.domains.inventory.methods.label_names import label_words
from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.trend_error import trend
from qihou.domains.inventory.tests.small import small_entries, small_scheme
from qihou.figures.missing import Notation
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period

COAL, DIESEL, PIGS, FOREST = 1741.75, 309.591, 234.08, 183.3333  # t CO2e, see test_assembly


def worked(year: int = 2020, gwp_set: GwpSet = GwpSet.AR5, **changed: float | Notation | None) -> Worked:
    leaves = InventoryLeaves(small_scheme(gwp_set), small_entries(year, **changed), region="CN-50")
    return Worked(small_scheme(gwp_set), leaves, [Period.year(year)])


class TestAllocation:
    def test_what_cannot_be_divided_evenly_goes_to_the_largest_remainders(self):
        """100 t by 1 : 1 : 1 is 33.333 each and one kilogram left over, for the first."""
        one = Decimal(1)
        assert allocate(Decimal(100), {"a": one, "b": one, "c": one}) == {
            "a": Decimal("33.334"), "b": Decimal("33.333"), "c": Decimal("33.333"),
        }  # fmt: skip

    def test_shares_count(self):
        """10 t by 1 : 3 is 2.5 and 7.5."""
        assert allocate(Decimal(10), {"a": Decimal(1), "b": Decimal(3)}) == {"a": Decimal("2.5"), "b": Decimal("7.5")}

    @pytest.mark.parametrize("whole", ["0", "-150599.4751", "1752302.6735", "0.0004", "7"])
    def test_the_parts_are_the_whole_to_the_kilogram(self, whole):
        weights = {str(n): Decimal(n * n % 17 + 1) for n in range(28)}
        parts = allocate(Decimal(whole), weights)
        assert sum(parts.values()) == Decimal(whole).quantize(Decimal("0.001"))
        exact = {place: Decimal(whole) * weight / sum(weights.values()) for place, weight in weights.items()}
        assert all(abs(parts[place] - exact[place]) <= Decimal("0.002") for place in weights)

    @pytest.mark.parametrize("weights", [{"a": Decimal(0)}, {"a": Decimal(2), "b": Decimal(-1)}])
    def test_shares_by_which_nothing_can_be_divided_are_refused(self, weights):
        with pytest.raises(UnableToAllocate):
            allocate(Decimal(1), weights)


class TestFlows:
    def test_from_fuels_and_animals_through_gases_to_the_sum_and_its_sink(self):
        found = flows(worked())
        by_ends = {(flow.source, flow.target): flow.value for flow in found.flows}
        industry, emitted = (Kind.CATEGORY, "energy.industry"), (Kind.EMITTED, "")
        assert by_ends[(Kind.FUEL, "bituminous"), industry] == pytest.approx(COAL, abs=1e-3)
        assert by_ends[industry, (Kind.GAS, "CO2")] == pytest.approx(COAL + DIESEL, abs=1e-3)
        assert by_ends[(Kind.GAS, "CH4"), emitted] == pytest.approx(PIGS)
        assert by_ends[emitted, (Kind.TAKEN_UP, "lulucf.trees")] == pytest.approx(FOREST, abs=1e-3)
        assert by_ends[emitted, (Kind.REMAINING, "")] == pytest.approx(COAL + DIESEL + PIGS - FOREST, abs=1e-2)
        # The memo item, fuel of aviation, flows nowhere.
        assert not any("aviation" in code for flow in found.flows for _kind, code in (flow.source, flow.target))

    def test_what_flows_in_flows_out(self):
        found = flows(worked())
        for node in {flow.source for flow in found.flows} & {flow.target for flow in found.flows}:
            into = sum(flow.value for flow in found.flows if flow.target == node)
            out = sum(flow.value for flow in found.flows if flow.source == node)
            assert into == pytest.approx(out), node

    def test_a_sink_larger_than_all_emissions_is_said(self):
        """Only the pigs emit; the forest grows by 100 tC = 366.667 tCO2, 132.587 t more than they do."""
        nothing = Notation.NOT_OCCURRING
        found = flows(worked(industry_bituminous=nothing, industry_diesel=nothing, grown=100.0))
        assert found.beyond == pytest.approx(366.6667 - PIGS, abs=1e-3)
        drawn = [flow.value for flow in found.flows if flow.source == (Kind.EMITTED, "")]
        assert drawn == [pytest.approx(PIGS)]  # no more than there is can be drawn


class TestWhatMovedTheCarbonOfFuel:
    def test_only_the_economy_grew(self):
        """Twice the output with twice the same fuel: 100 t become 200 t, all by output."""
        before = EnergyYear(10.0, {"coal": Fuel(1.0, 100.0)})
        after = EnergyYear(20.0, {"coal": Fuel(2.0, 200.0)})
        found = taken_apart(before, after)
        assert found["output"] == pytest.approx(100.0)
        assert [found[name] for name in ("intensity", "structure", "carbon")] == pytest.approx([0, 0, 0], abs=1e-9)

    def test_two_factors_share_as_their_logarithms(self):
        """Output x 2, intensity x 1/4: 100 t become 50 t. L(100, 50) = -50 / ln 0.5; output takes L ln 2 = +50, intensity L ln 0.25 = -100."""
        before = EnergyYear(10.0, {"coal": Fuel(4.0, 100.0)})
        after = EnergyYear(20.0, {"coal": Fuel(2.0, 50.0)})
        found = taken_apart(before, after)
        weight = -50 / log(0.5)
        assert found["output"] == pytest.approx(weight * log(2)) == pytest.approx(50)
        assert found["intensity"] == pytest.approx(-100)

    def test_a_fuel_that_takes_over_from_another_is_the_mix(self):
        """All coal (100 t/TJ) becomes all gas (50 t/TJ): nothing but the structure moved, by -50 t."""
        before = EnergyYear(10.0, {"coal": Fuel(1.0, 100.0), "gas": Fuel(0.0, 0.0)})
        after = EnergyYear(10.0, {"coal": Fuel(0.0, 0.0), "gas": Fuel(1.0, 50.0)})
        found = taken_apart(before, after)
        assert found["structure"] == pytest.approx(-50)
        assert sum(found.values()) == pytest.approx(-50)


class TestTrend:
    def test_a_factor_both_years_share_cancels(self):
        """Pigs 2000 then 3000, each +-10 % by itself, the factor one for both: the ratio 1.5 errs by sqrt(2) x 10 %."""
        found = trend(worked(2019), worked(2020, pig=3000.0), "agriculture.manure", "CH4")
        assert found is not None
        assert found.moved == pytest.approx(0.5)
        assert found.half == pytest.approx(1.5 * sqrt(2) * 0.10, rel=1e-6)

    def test_no_trend_without_a_value_or_across_warming_potentials(self):
        assert trend(worked(2019, pig=None), worked(2020), "agriculture.manure", "CH4") is None
        assert trend(worked(2019, GwpSet.AR4), worked(2020), "total") is None


def test_labels_have_names_in_both_languages_and_choosing_labels_are_silent():
    row = {"fuel": "diesel", "use": "cement", "user": "manufacturing"}
    assert label_words(row, english=False) == ["柴油", "水泥"]
    assert label_words(row, english=True) == ["diesel", "Cement"]
    assert label_words({"fuel": "moonshine"}, english=True) == ["moonshine"]
