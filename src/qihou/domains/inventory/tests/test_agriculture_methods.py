"""Agriculture by hand: the worked examples of the facts folder, and small sums anyone can follow."""

import pytest

from qihou.domains.inventory.methods import livestock, rice, soils
from qihou.domains.inventory.methods.catalogue import METHODS
from qihou.domains.inventory.methods.slips import likely_slip
from qihou.facts.lookup import find
from qihou.measure import units
from qihou.measure.gases import GwpSet, warming_potential

SOUTHWEST = {"year": 2020, "region": "CN-50", "editions": ["livestock-standard"]}


def per_head(quantity: str, animal: str, unit: str) -> float:
    factor = find(quantity, {"livestock": animal}, **SOUTHWEST).factor
    return float(factor.value) * units.factor(factor.unit, unit)


def manure() -> tuple[float, float]:
    """50 000 pigs, 3 000 dairy cattle and 20 000 goats in the southwest: t CH4 and t N2O."""
    animals = {"pig": 50_000, "dairy": 3_000, "goat": 20_000}
    ch4 = sum(livestock.manure_methane(n, per_head("manure.ch4_factor", a, "tCH4/head/a")) for a, n in animals.items())
    n2o = sum(
        livestock.manure_nitrous_oxide(n, per_head("manure.n2o_factor", a, "tN2O/head/a")) for a, n in animals.items()
    )
    return ch4, n2o


def test_manure_of_the_southwest():
    # 50000 * 4.18 + 3000 * 6.51 + 20000 * 0.53 = 209000 + 19530 + 10600 = 239130 kg
    # 50000 * 0.159 + 3000 * 1.884 + 20000 * 0.064 = 7950 + 5652 + 1280 = 14882 kg
    ch4, n2o = manure()
    assert ch4 == pytest.approx(239.13, rel=1e-12)
    assert n2o == pytest.approx(14.882, rel=1e-12)


@pytest.mark.parametrize(
    ("gwp_set", "expected"),
    [
        (GwpSet.AR5, 10_639.37),  # 239.13 * 28 + 14.882 * 265 = 6695.64 + 3943.73
        (GwpSet.SAR, 9_635.15),  # 239.13 * 21 + 14.882 * 310 = 5021.73 + 4613.42
    ],
)
def test_manure_of_the_southwest_in_carbon_dioxide(gwp_set, expected):
    ch4, n2o = manure()
    total = ch4 * warming_potential("CH4", gwp_set).value + n2o * warming_potential("N2O", gwp_set).value
    assert total == pytest.approx(expected, abs=0.005)


def test_potentials_of_two_sets_do_not_mix():
    # 28 is of AR5, 310 of SAR: their equivalents are different units, and no factor leads from one to the other
    methane, nitrous = warming_potential("CH4", GwpSet.AR5), warming_potential("N2O", GwpSet.SAR)
    assert (methane.value, nitrous.value) == (28, 310)
    with pytest.raises(units.UnableToMeasure, match="different things"):
        units.factor(methane.set.unit, nitrous.set.unit)


def test_nitrous_oxide_of_the_wheat_field():
    # 1.2 kg N as N2O-N: 1.2 * 44/28 * 298 (AR4) = 561.94 kgCO2e
    gas = soils.soils_direct(1.2, 1.0)
    assert gas * warming_potential("N2O", GwpSet.AR4).value == pytest.approx(561.94, abs=0.005)


def test_the_published_number_of_the_wheat_field_is_found_out():
    # Li et al. 2017 print 97.5 = 1.2 * 298 * 12/44: nitrogen for N2O and carbon for CO2. The second year prints 73.1.
    found = likely_slip(97.5, soils.soils_direct(1.2, 1.0) * 298)
    assert found is not None
    assert "44/28" in found.zh
    assert "12/44" in found.zh
    assert likely_slip(561.94, 561.94285) is None


def test_the_published_sums_of_the_wheat_field():
    # N, P2O5, herbicide, four diesel uses, seed, N2O: the total as printed for 2013, and with the N2O of 2014
    inputs = [195.8, 24.7, 9.5, 42.3, 28.2, 15.3, 56.4, 20.6]
    assert sum(inputs) + 97.5 == pytest.approx(490.3, abs=1e-9)
    assert sum(inputs) + 73.1 == pytest.approx(465.9, abs=1e-9)


@pytest.mark.parametrize(
    ("printed", "carbon_dioxide"),
    [
        (0.94, 0.94 * 44 / 12),  # diesel, per litre, in papers on farming
        (0.5927, 0.5927 * 44 / 12),  # diesel, per kg of standard coal
        (1.74, 1.74 * 44 / 12),  # nitrogen fertiliser, per kg
    ],
)
def test_carbon_printed_as_carbon_dioxide_is_found_out(printed, carbon_dioxide):
    found = likely_slip(printed, carbon_dioxide)
    assert found is not None
    assert found.en == "given as carbon, not multiplied by 44/12"


def test_rice():
    # 10 000 ha of single rice in the southwest: 10000 * 156.2 kg = 1562 t
    assert rice.rice_methane(10_000, 0.1562) == pytest.approx(1562)


def test_enteric():
    # 3000 dairy cattle on large farms: 3000 * 88.1 kg = 264.3 t
    assert livestock.enteric_methane(3000, 0.0881) == pytest.approx(264.3)


def test_nitrogen_of_manure():
    # 1000 pigs * 11 kg = 11 tN; a tenth goes elsewhere, 15 % and 20 % are lost: 11 * 0.9 * 0.65 = 6.435
    excreted = soils.excreted_nitrogen(1000, 0.011)
    assert excreted == pytest.approx(11)
    assert soils.manure_nitrogen(excreted, 0.1, 0.15, 0.2) == pytest.approx(6.435)


def test_nitrogen_of_straw():
    # 1000 t of grain, all dry, harvest index 0.5: 1000 t straw, half returned; whole plant 2000 t, roots 10 %: 200 t; 1 % N
    assert soils.straw_nitrogen(1000, 1.0, 0.5, 0.5, 0.1, 0.01) == pytest.approx((500 + 200) * 0.01)


def test_cropland_direct_and_indirect():
    # 1000 tN: direct 1000 * 0.0109 * 44/28 = 17.12857; by air 1000 * 0.1 * 0.01 * 44/28 = 1.571429;
    # by water 1000 * 0.2 * 0.0075 * 44/28 = 2.357143
    assert soils.soils_direct(1000, 0.0109) == pytest.approx(17.128571, abs=1e-6)
    assert soils.soils_deposition(1000, 0.1, 0.01) == pytest.approx(1.571429, abs=1e-6)
    assert soils.soils_leaching(1000, 0.2, 0.0075) == pytest.approx(2.357143, abs=1e-6)


@pytest.mark.parametrize("key", [m.key for m in METHODS if m.key.split(".")[0] in ("agriculture", "lulucf", "waste")])
def test_every_method_is_cited_and_described(key):
    method = METHODS[key]
    assert all(cite.document and cite.clause for cite in method.cites)
    assert method.body.__doc__
    assert method.zh
    assert method.en
    assert all(need.symbol for need in method.inputs), key
