"""A small inventory by hand: every sum is in the margin.

Coal: 1000 t x 19.570 GJ/t = 19.570 TJ x 26.1 tC/TJ x 0.93 x 44/12 = 1741.750 tCO2 (the published factor, 1.741750 per t)
Diesel: 100 t x 3.095910 = 309.5910 tCO2 (published: 3.095910 per t)
Pigs: 2000 x 4.18 kgCH4 (NY/T 4243-2022, table C, south-west) = 8.36 tCH4, x 28 = 234.08 tCO2e
Forest: -50 tC x 44/12 = -183.333 tCO2
"""

from __future__ import annotations

import pytest

from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Worked
from qihou.domains.inventory.methods.scheme.assembly import UnableToAssemble, assemble
from qihou.domains.inventory.methods.scheme.parts import Category, Options, Quantity, Sector, SectorScheme
from qihou.domains.inventory.tests.small import SECTORS, small_entries, small_scheme
from qihou.figures.graph import labels
from qihou.figures.missing import Flag, Notation, State, Status
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period

COAL, DIESEL, PIGS, FOREST = 1741.75, 309.591, 8.36, -50 * 44 / 12


def worked(gwp_set: GwpSet = GwpSet.AR5, draws: int = 0, **changed) -> Worked:
    scheme = small_scheme(gwp_set)
    leaves = InventoryLeaves(scheme, small_entries(**changed), region="CN-50")
    return Worked(scheme, leaves, [Period.year(2020)], draws=draws)


def test_the_tree_and_the_totals():
    found = worked().lines
    assert found["energy.industry", "CO2"].value == pytest.approx(COAL + DIESEL, abs=1e-3)
    assert found["energy", ""].value == pytest.approx(2051.341, abs=1e-3)  # the memo item is not in it
    assert found["energy.aviation", ""].value == pytest.approx(DIESEL / 10, abs=1e-3)
    assert found["agriculture", "CH4"].value == pytest.approx(PIGS * 28)
    assert found[TOTAL_WITHOUT_LULUCF, ""].value == pytest.approx(2051.341 + 234.08, abs=1e-3)
    assert found[TOTAL, ""].value == pytest.approx(2051.341 + 234.08 - 183.3333, abs=1e-3)
    assert found[TOTAL, "CH4"].value == pytest.approx(234.08)
    assert found[TOTAL, ""].unit == "tCO2e_AR5"


def test_the_set_of_potentials_is_really_applied():
    assert worked(GwpSet.SAR).lines[TOTAL, "CH4"].value == pytest.approx(PIGS * 21)
    assert worked(GwpSet.AR6).lines[TOTAL, "CH4"].value == pytest.approx(PIGS * 27.9)


def test_gases_add_up_to_the_whole():
    found = worked().lines
    for code in ("energy", "energy.industry", "agriculture", "lulucf", TOTAL, TOTAL_WITHOUT_LULUCF):
        gases = [line.value for (c, gas), line in found.items() if c == code and gas]
        assert sum(gases) == pytest.approx(found[code, ""].value, rel=1e-12)


def test_what_nobody_reported_gives_no_number():
    found = worked(industry_diesel=None).lines
    for code in ("energy.industry", "energy", TOTAL):
        assert found[code, ""].value is None
        assert found[code, ""].status is Status.FAILED
    assert found["energy.industry", ""].known == pytest.approx(
        COAL, abs=1e-3
    )  # what there is so far, not called a total
    assert found["agriculture", ""].value == pytest.approx(234.08)


def test_what_does_not_occur_is_known_and_what_is_not_estimated_is_left_out_aloud():
    nothing = worked(industry_diesel=Notation.NOT_OCCURRING).lines
    assert nothing["energy", ""].value == pytest.approx(COAL, abs=1e-3)
    assert Flag.LEFT_OUT not in nothing["energy", ""].flags
    unknown = worked(industry_diesel=Notation.NOT_ESTIMATED).lines
    assert unknown["energy", ""].value == pytest.approx(COAL, abs=1e-3)
    assert unknown["energy", ""].status is Status.INCOMPLETE
    assert unknown[TOTAL, ""].status is Status.INCOMPLETE
    whole = worked(industry_diesel=Notation.NOT_OCCURRING, industry_bituminous=Notation.NOT_OCCURRING).lines
    assert whole["energy.industry", ""].state is State.NO


def test_the_range_of_a_product_by_both_approaches():
    """Pigs: sqrt(10 %^2 + U_EF^2); the draws must agree within sampling error (10,000 draws: about 1 %)."""
    found = worked(draws=10_000)
    pigs = found.lines["agriculture", ""]
    factor = next(leaf for leaf in found.why("agriculture").leaves() if leaf.quantity == "manure.ch4_factor")
    relative = 100 * 1.959964 * factor.distribution.sd / factor.value
    assert pigs.half_percent == pytest.approx((10**2 + relative**2) ** 0.5, rel=1e-6)
    assert (pigs.high - pigs.low) / 2 / pigs.value * 100 == pytest.approx(pigs.half_percent, rel=0.06)


def test_a_figure_opens_down_to_cells_and_citations():
    tree = worked().why(TOTAL)
    origins = {leaf.quantity: leaf.origin for leaf in tree.leaves()}
    assert origins["fuel.burnt"].where.startswith("样本.xlsx!industry_")
    assert "NY/T 4243" in origins["manure.ch4_factor"].where
    assert origins["gwp"].where.startswith("IPCC AR5")
    assert tree.figure.value == worked().lines[TOTAL, ""].value


def test_a_factor_of_another_edition_is_flagged():
    """Landfilled carbon has no value in the provincial set: the 2006 Guidelines' stands in, and says so."""
    scheme = small_scheme()
    leaves = InventoryLeaves(scheme, {}, region="CN-50")
    year = Period.year(2020)
    own = leaves.leaf("fuel.ncv", labels(fuel="bituminous"), year)
    other = leaves.leaf("waste.docf", labels(fraction="bulk"), year)
    assert Flag.OTHER_SET not in own.flags
    assert "省级" in own.origin.zh
    assert Flag.OTHER_SET in other.flags
    assert "IPCC" in other.origin.zh


def test_an_id_is_of_the_content():
    first, same, other = worked(), worked(), worked(pig=2001.0)
    assert first.lines[TOTAL, ""].id == same.lines[TOTAL, ""].id
    assert first.lines[TOTAL, ""].id != other.lines[TOTAL, ""].id
    assert first.lines["energy", ""].id == other.lines["energy", ""].id


def test_the_next_best_datum():
    shares = worked().improve(TOTAL)
    assert sum(share.share for share in shares) == pytest.approx(1.0)
    assert [share.share for share in shares] == sorted((share.share for share in shares), reverse=True)


@pytest.mark.parametrize(
    ("sector", "message"),
    [
        (SECTORS[0], "declared twice"),
        (SectorScheme((Category("x.y", "9", "", "", Sector.WASTE),), (), (), lambda o: ()), "no parent x"),
        (SectorScheme((), (), (Quantity("q", (), "t", "", "", "nowhere"),), lambda o: ()), "no sheet nowhere"),
    ],
)
def test_contradictions_are_refused(sector, message):
    with pytest.raises(UnableToAssemble, match=message):
        assemble(Options(), GwpSet.AR5, (*SECTORS, sector))
