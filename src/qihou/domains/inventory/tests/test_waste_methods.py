"""Waste by hand, the table of the IPCC Waste Model, and a factor that was once printed wrong."""

from itertools import pairwise

import numpy as np
import pytest

from qihou.domains.inventory.methods import biological, incineration, landfill, wastewater
from qihou.domains.inventory.methods.slips import likely_slip
from qihou.measure.gases import GwpSet, warming_potential

# 19R_V5_Waste_Model.xls, sheet Food: 2300.322 Gg a year from 1950; decomposed carbon and methane in Gg.
WASTE_MODEL = {
    1950: (170.281336, 0.0, 0.0),
    1951: (311.802884, 28.759788, 19.173192),
    1952: (429.422049, 52.662171, 35.108114),
    1953: (527.175840, 72.527544, 48.351696),
    1954: (608.419435, 89.037741, 59.358494),
}


def test_first_order_decay_of_the_waste_model():
    # D = 2300.322 * 0.15 * 0.7 * 0.705 = 170.281336 Gg; methane is half of the decomposed carbon * 16/12
    deposited = landfill.landfilled_carbon(2300.322, 1.0, 0.15, 0.7, 0.705)
    decomposed = landfill.decayed_carbon(np.full((1, 5), deposited), 0.185)[0]
    lying = np.cumsum(deposited - decomposed)
    for (there, gone, methane), h, g in zip(WASTE_MODEL.values(), lying, decomposed, strict=True):
        assert h == pytest.approx(there, rel=1e-6)
        assert g == pytest.approx(gone, rel=1e-6)
        assert landfill.generated_methane(g, 0, 0, 0, 0, 0, 0.5) == pytest.approx(methane, rel=1e-6)


def test_the_table_of_the_waste_model_agrees_with_itself():
    # what lies next year is what lies now, less what decomposes, plus a year's waste
    rows = list(WASTE_MODEL.values())
    for (before, _, _), (after, gone, methane) in pairwise(rows):
        assert before - gone + rows[0][0] == pytest.approx(after, abs=2e-6)
        assert gone * 16 / 12 * 0.5 == pytest.approx(methane, abs=1e-6)


def test_decay_takes_rows_and_draws_and_one_rate_for_each():
    deposited = np.zeros((2, 3, 4))
    deposited[..., 0] = 100.0
    rates = np.array([0.1, 0.2]).reshape(2, 1, 1)
    found = landfill.decayed_carbon(deposited, rates)
    assert found.shape == (2, 3, 4)
    # 100 (1 - e^-0.2) = 18.1269 in the second year, and e^-0.2 of that in the third
    assert found[1, 0, :3] == pytest.approx([0, 18.126925, 18.126925 * 0.818731], rel=1e-6)
    assert found[0].sum() < found[1].sum()


def test_mass_balance():
    # 100 000 t * 0.5 * 0.15 * 0.5 * 1.0 = 3750 tC; methane 3750 * 0.5 * 16/12 = 2500 t; 500 recovered, a tenth oxidised: 1800 t
    carbon = landfill.landfilled_carbon(100_000, 0.5, 0.15, 0.5, 1.0)
    generated = landfill.generated_methane(carbon, 0, 0, 0, 0, 0, 0.5)
    assert generated == pytest.approx(2500)
    assert landfill.landfill_methane(generated, 500, 0.1) == pytest.approx(1800)


def test_incineration_factor():
    # 0.4 * 0.4 * 0.95 * 44/12 = 0.557333
    assert incineration.fossil_co2(1, 0.4, 0.4, 0.95) == pytest.approx(0.557333, abs=5e-7)
    # the rest of the carbon is shown beside: 0.4 * 0.6 * 0.95 * 44/12 = 0.836
    assert incineration.biogenic_co2(1, 0.4, 0.4, 0.95) == pytest.approx(0.836)


def test_the_earlier_print_of_the_incineration_factor_is_found_out():
    # 0.4 * 0.4 * 0.95 * 2 = 0.304
    found = likely_slip(0.304, incineration.fossil_co2(1, 0.4, 0.4, 0.95))
    assert found is not None
    assert found.en == "carbon multiplied by 2, not by 44/12"


def test_incineration_gases():
    # 365 000 t * 0.047 kg = 17.155 t N2O; * 0.0002 kg = 0.073 t CH4
    assert incineration.incineration_n2o(365_000, 47e-6) == pytest.approx(17.155)
    assert incineration.incineration_ch4(365_000, 0.2e-6) == pytest.approx(0.073)


def test_domestic_wastewater_per_cubic_metre():
    # 200 mg/L = 200 g/m3 = 200e-6 t: * 0.6 * 0.3 * 28 = 0.001008 tCO2e
    methane = wastewater.domestic_open_methane(200e-6, 0.6, 0.3)
    assert methane * warming_potential("CH4", GwpSet.AR5).value == pytest.approx(0.001008, abs=5e-10)


def test_industrial_wastewater_per_cubic_metre():
    # 500 mg/L: 500e-6 * 0.25 * 0.9 * 28 = 0.003150 tCO2e
    methane = wastewater.industrial_methane(500e-6, 0, 0.25, 0.9, 0)
    assert methane * warming_potential("CH4", GwpSet.AR5).value == pytest.approx(0.003150, abs=5e-10)


def test_what_is_taken_out_of_wastewater():
    # (1000 - 100) * 0.25 * 0.8 - 50 = 130 t; 1000 tBOD * 0.6 * 0.165 - 9 = 90 t; 1000 tCOD * 0.51 = 510 tBOD
    assert wastewater.industrial_methane(1000, 100, 0.25, 0.8, 50) == pytest.approx(130)
    assert wastewater.domestic_methane(1000, 0.6, 0.165, 9) == pytest.approx(90)
    assert wastewater.bod_from_cod(1000, 0.51) == pytest.approx(510)
    assert wastewater.industrial_open_methane(1000, 0.25, 0.1) == pytest.approx(25)


def test_nitrous_oxide_of_sewage():
    # 690 000 people * 30 kg * 0.16 * 1.5 * 1.25 = 6210 tN; * 0.005 * 44/28 = 48.792857 t
    nitrogen = wastewater.sewage_nitrogen(690_000, 0.03, 0.16, 1.5, 1.25, 0)
    assert nitrogen == pytest.approx(6210)
    assert wastewater.sewage_nitrous_oxide(nitrogen, 0.005) == pytest.approx(48.792857, abs=1e-6)


def test_biological_treatment():
    # 10 000 t composted: 40 t CH4, 2.4 t N2O
    assert biological.biological_ch4(10_000, 0.004, 0) == pytest.approx(40)
    assert biological.biological_n2o(10_000, 0.00024) == pytest.approx(2.4)
