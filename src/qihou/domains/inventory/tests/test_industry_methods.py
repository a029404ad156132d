"""Processes and fluorinated gases by hand."""

import pytest

from qihou.domains.inventory.methods import fluorinated, industry


def test_process_of_a_cement_line_in_the_carbon_market():
    # 1 550 000 t × 0.535 − (12 000 × 0.480 + 30 000 × 0.055) = 829 250 − 7 410 = 821 840
    made = industry.cement(1_550_000, 0, 0.535)
    spared = industry.cement_substitute(12_000, 0.480) + industry.cement_substitute(30_000, 0.055)
    assert made - spared == pytest.approx(821_840)


def test_clinker_of_carbide_slag_gives_off_nothing():
    # (1 000 000 − 100 000) × 0.538
    assert industry.cement(1_000_000, 100_000, 0.538) == pytest.approx(484_200)


def test_clinker_by_its_oxides():
    # 65 % CaO: 0.65 × 44/56 = 0.510714; 1.02 for kiln dust gives the 0.52 of the 2006 Guidelines
    by_lime = industry.cement_oxides(1, 0.65, 0, 0, 0)
    assert by_lime == pytest.approx(0.510714, abs=1e-6)
    assert round(round(by_lime, 2) * 1.02, 2) == 0.52
    # 2 of 66 points of CaO and 0.5 of 1.5 of MgO came without carbonate: 0.64 × 44/56 + 0.01 × 44/40
    assert industry.cement_oxides(1000, 0.66, 0.02, 0.015, 0.005) == pytest.approx(513.857, abs=1e-3)


def test_products_glass_and_carbonates():
    assert industry.product_co2(1000, 0.683) == pytest.approx(683)  # lime
    assert industry.product_co2(1000, 1.154) == pytest.approx(1154)  # carbide
    assert industry.glass(1000, 0.2, 0.25) == pytest.approx(150)  # a quarter is cullet
    assert industry.carbonate(1000, 0.95, 0.2980) == pytest.approx(283.1)  # strontium carbonate, 95 % pure


def test_a_carbonates_factor_is_its_share_of_carbon_dioxide():
    # SrCO3: 44.009 / 147.628 = 0.2981; its carbon 12.011 / 147.628 = 0.08136
    carbon_dioxide = 0.08136 * 44 / 12
    assert carbon_dioxide == pytest.approx(0.2980, abs=5e-4)


def test_strontium_by_carbon_balance():
    # 10 000 t coal at 0.62 less 20 000 t SrCO3 at 0.08136 less 8 000 t residue at 0.10: (6 200 − 1 627.2 − 800) × 44/12
    expected = (6200 - 1627.2 - 800) * 44 / 12
    assert industry.chemical_balance(10_000, 0.62, 20_000, 0.08136, 8_000, 0.10) == pytest.approx(expected)


def test_steel():
    assert industry.steel_flux(1000, 0.430) == pytest.approx(430)
    # (1 000 × 4.1 % − 1 000 × 0.248 %) × 44/12 = 38.52 × 44/12 = 141.24
    assert industry.steel_decarburisation(1000, 0.041, 1000, 0.00248) == pytest.approx(141.24)


def test_acids_and_fluorinated_gases():
    assert industry.product_n2o(10_000, 0.008) == pytest.approx(80)  # dual pressure, 8 kg/t
    assert fluorinated.product_gas["HFC23"](1000, 0.0292) == pytest.approx(29.2)
    assert fluorinated.sf6_opened(0.5, 0.4) == pytest.approx(0.1)
    assert fluorinated.leak["HFC134a"](40, 0.15) == pytest.approx(6)
    assert fluorinated.leak["HFC134a"].unit == "tHFC134a"


def test_each_fluorinated_gas_is_a_unit_of_its_own():
    found = {method.unit for method in (*fluorinated.product_gas.values(), *fluorinated.leak.values())}
    assert found == {"tHFC23", "tCF4", "tC2F6", "tSF6", "tHFC32", "tHFC125", "tHFC134a", "tHFC143a"}
