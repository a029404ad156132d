"""Each check on the bundled figures, which hold together, and on the same with one thing wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qihou.domains.inventory.methods.bundled import district, filled_in
from qihou.domains.inventory.methods.checks import check_inventory
from qihou.domains.inventory.methods.checks.finding import CheckFinding, Severity, most_serious_first
from qihou.domains.inventory.methods.checks.limits import limit
from qihou.domains.inventory.methods.filing import Filing, entries_of, values_of, work
from qihou.domains.inventory.methods.opening import districts_folder
from qihou.domains.inventory.methods.scheme import scheme
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.facts.loader import UnableToFindFact
from qihou.figures.graph import labels
from qihou.figures.missing import Notation

SCHEME = scheme()
HERE = district(districts_folder(), "500151")
DATA = {
    year: tuple(replace(f, sheet="表", cell=f"A{n}") for n, f in enumerate(filled_in(HERE, year)))
    for year in (2019, 2020)
}
CEMENT_COAL = ("fuel.burnt", labels(fuel="bituminous", use="cement"))


def filings(change=lambda found: found):
    return [Filing("2019.xlsx", 2019, DATA[2019]), Filing("2020.xlsx", 2020, tuple(change(list(DATA[2020]))))]


def found(change=lambda given: given, **more) -> list[CheckFinding]:
    given = filings(change)
    worked = work(given, SCHEME, region=HERE.region)
    return check_inventory(worked, entries_of(given, SCHEME), values_of(given, 2019, SCHEME), **more)


def put(key, **changed):
    """The same data with one cell changed; ``times``: its value multiplied."""

    def change(data: list[Filled]) -> list[Filled]:
        at = next(n for n, one in enumerate(data) if one.key == key)
        times = changed.pop("times", None)
        data[at] = replace(data[at], **changed, **({"value": data[at].value * times} if times else {}))
        return data

    return change


def only(kind: str, findings: list[CheckFinding]) -> CheckFinding:
    (one,) = [finding for finding in findings if finding.kind == kind]
    return one


def cell_of(key) -> str:
    return "2020.xlsx!" + next(one.place for one in DATA[2020] if one.key == key)


def test_figures_that_hold_together_give_no_error():
    kinds = {finding.kind for finding in found() if finding.severity is not Severity.NOTE}
    assert kinds <= {"jump"}


def test_a_quantity_nobody_reported_is_missed_in_its_category():
    finding = only("incomplete", found(lambda data: [one for one in data if one.key != CEMENT_COAL]))
    assert finding.category == "energy.combustion.manufacturing.cement"
    assert finding.quantities == (CEMENT_COAL,)
    assert "水泥" in finding.zh


def test_a_notation_key_with_its_reason_is_complete_and_without_is_not():
    assert "incomplete" not in {
        f.kind for f in found(put(CEMENT_COAL, value=None, notation=Notation.NOT_ESTIMATED, reason="在查"))
    }
    finding = only("no_reason", found(put(CEMENT_COAL, value=None, notation=Notation.NOT_ESTIMATED, reason=" ")))
    assert (finding.severity, finding.cells) == (Severity.ERROR, (cell_of(CEMENT_COAL),))


def test_a_value_outside_its_bounds():
    ncv = ("fuel.ncv", labels(fuel="bituminous"))
    finding = only(
        "out_of_bounds", found(lambda data: [*data, Filled(*ncv, Decimal("40"), "GJ/t", sheet="表", cell="C1")])
    )
    # Bituminous coal has 12 to 31 GJ/t.
    assert finding.quantities == (ncv,)
    assert "12–31" in finding.zh
    assert finding.cells == ("2020.xlsx!表!C1",)


def test_a_jump_from_last_year():
    before = {finding.quantities for finding in found() if finding.kind == "jump"}
    jumps = [f for f in found(put(CEMENT_COAL, times=3)) if f.kind == "jump" and f.quantities not in before]
    assert [(f.quantities, f.cells) for f in jumps] == [((CEMENT_COAL,), (cell_of(CEMENT_COAL),))]
    values = dict(jumps[0].values)
    assert values["value"] / values["previous"] > limit("year_on_year_rise")


def test_a_quantity_that_vanished_behind_a_key():
    gone = put(CEMENT_COAL, value=None, notation=Notation.NOT_OCCURRING, reason="关停")
    finding = next(f for f in found(gone) if f.kind == "jump" and f.quantities == (CEMENT_COAL,))
    assert "本年填 NO" in finding.zh
    assert finding.cells == (cell_of(CEMENT_COAL),)


def test_more_recovered_than_generated():
    """The treatment plants' methane is some hundred tonnes at most; 4000 t recovered would make it a sink."""
    recovered = ("wastewater.domestic_recovered", ())
    change = put(recovered, value=Decimal(4000), notation=None, reason="", unit="tCH4")
    finding = only("below_zero", found(change))
    assert (finding.severity, finding.category) == (Severity.ERROR, "waste.water.domestic")
    assert cell_of(recovered) in finding.cells
    assert finding.values[0][1] < 0


def test_a_balance_that_does_not_close():
    finding = next(f for f in found(put(CEMENT_COAL, times=2)) if f.kind == "balance")
    assert CEMENT_COAL in finding.quantities
    assert cell_of(CEMENT_COAL) in finding.cells
    assert dict(finding.values)["use"] > dict(finding.values)["supply"]


def test_carbon_and_the_two_approaches_part_when_more_is_burnt_than_came():
    findings = found(put(CEMENT_COAL, times=4))
    assert {"carbon_balance", "reference_approach"} <= {finding.kind for finding in findings}
    values = dict(only("reference_approach", findings).values)
    assert values["sectoral"] > values["reference"] * 1.05


def test_carbon_taken_for_carbon_dioxide():
    # 14 tC/TJ × 0.93 × 44/12 = 47.7 kgCO2/GJ: no fuel has so little.
    carbon = ("fuel.carbon_content", labels(fuel="bituminous"))
    findings = found(lambda data: [*data, Filled(*carbon, Decimal("14"), "tC/TJ", sheet="表", cell="C2")])
    implied = [finding for finding in findings if finding.kind == "implied_factor"]
    assert implied
    assert {round(dict(f.values)["kgCO2/GJ"], 1) for f in implied} == {47.7}
    cement = next(f for f in implied if f.category == "energy.combustion.manufacturing.cement")
    assert {CEMENT_COAL, carbon} <= set(cement.quantities)
    assert {cell_of(CEMENT_COAL), "2020.xlsx!表!C2"} <= set(cement.cells)


def test_enterprises_against_statistics():
    value = next(one.value for one in DATA[2020] if one.key == CEMENT_COAL)
    assert "enterprise_sum" not in {f.kind for f in found(enterprise={CEMENT_COAL: value * Decimal("1.05")})}
    finding = only("enterprise_sum", found(enterprise={CEMENT_COAL: value * Decimal("1.5")}))
    assert (finding.quantities, finding.cells) == ((CEMENT_COAL,), (cell_of(CEMENT_COAL),))


def test_less_coal_by_use_than_the_statistic_has():
    coal = ("context.raw_coal_industry", ())
    finding = only("enterprise_sum", found(put(coal, times=2)))
    assert finding.quantities[0] == coal
    assert dict(finding.values)["sum"] < dict(finding.values)["statistics"]


def test_a_value_for_which_the_formula_does_not_hold():
    oxidation = ("fuel.oxidation", labels(fuel="bituminous"))
    findings = found(lambda data: [*data, Filled(*oxidation, Decimal("120"), "%", sheet="表", cell="C3")])
    outside = [finding for finding in findings if finding.kind == "outside_formula"]
    assert {finding.quantities for finding in outside} == {(oxidation,)}
    assert {finding.severity for finding in outside} == {Severity.ERROR}
    assert {finding.cells for finding in outside} == {("2020.xlsx!表!C3",)}


def test_the_same_entries_with_other_factors_are_told():
    given = filings()
    before = work(given, scheme(Options(edition="ipcc-2006")), region=HERE.region)
    now = work(given, SCHEME, region=HERE.region)
    told = [f for f in check_inventory(now, entries_of(given, SCHEME), before=before) if f.kind == "recalculated"]
    cement = next(f for f in told if f.category == "energy.combustion.manufacturing.cement" and "CO2" in f.zh)
    assert "含碳量" in cement.zh
    assert set(dict(cement.values)) == {"before", "now"}
    again = [f for f in check_inventory(now, entries_of(given, SCHEME), before=now) if f.kind == "recalculated"]
    assert again == []


def test_another_entry_is_no_recalculation():
    before = work(filings(), SCHEME, region=HERE.region)
    given = filings(put(CEMENT_COAL, times=Decimal("1.1")))
    now = work(given, SCHEME, region=HERE.region)
    told = [f for f in check_inventory(now, entries_of(given, SCHEME), before=before) if f.kind == "recalculated"]
    assert told == []


def test_the_most_serious_first():
    note, error = (CheckFinding("x", severity, "甲", "a") for severity in (Severity.NOTE, Severity.ERROR))
    assert most_serious_first([note, error]) == [error, note]
    assert (error.message("zh-hans"), error.message("en")) == ("甲", "a")


def test_an_unknown_limit():
    with pytest.raises(UnableToFindFact):
        limit("nothing")
