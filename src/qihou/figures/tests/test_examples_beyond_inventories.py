"""Worked examples of events and products through the same kernel: factors from the library where it has them.

Sources: the sums of the event calculator TESAcarbon (README and R/carbon.calcs.r); a public memo on mullite footprints; and one event
put together from the product footprint database and the 2023 grid factor.
"""

from __future__ import annotations

import math

import pytest

from qihou.facts.lookup import find
from qihou.figures.book import Book
from qihou.figures.graph import Given, Graph, Result, Step, UnableToBuildGraph, labels, total_by
from qihou.figures.leaf import GivenLeaves, Leaf, Origin
from qihou.figures.method import Catalogue, Cite, Need
from qihou.measure.periods import Period

METHODS = Catalogue()
_CITE = Cite("worked example", "as above", 2019)
_TONNE = "tCO2e_footprint"


def product(key: str, first: Need, second: Need, unit: str):
    return METHODS.method(
        key, version=1, unit=unit, zh="乘积", en="Product", formula="a b", cites=_CITE, needs=(first, second)
    )(lambda amount, factor: amount * factor)


def need(name: str, unit: str) -> Need:
    return Need(name, unit, name, name)


NIGHTS = product("nights", need("amount", "item"), need("factor", "tCO2e_footprint/item"), _TONNE)
TRAVEL = product("travel", need("amount", "person*km"), need("factor", "tCO2e_footprint/person/km"), _TONNE)
POWER = product("power", need("amount", "MWh"), need("factor", "tCO2/MWh"), "tCO2")
TAKEN_AS = product("taken_as", need("amount", "tCO2"), need("factor", "tCO2e_footprint/tCO2"), _TONNE)
YEAR = Period.year(2023)


@METHODS.method("carrier", version=1, unit="kWh/t", zh="用量", en="Amount", formula="q s / k", cites=_CITE,
                needs=(need("energy", "kgce/t"), need("share", "1"), need("coefficient", "kgce/kWh")))  # fmt: skip
def carrier(energy, share, coefficient):
    return energy * share / coefficient


@METHODS.method("carrier.gas", version=1, unit="Nm3/t", zh="用量", en="Amount", formula="q s / k", cites=_CITE,
                needs=(need("energy", "kgce/t"), need("share", "1"), need("coefficient", "kgce/Nm3")))  # fmt: skip
def carrier_gas(energy, share, coefficient):
    return energy * share / coefficient


PER_TONNE = product("per_tonne", need("amount", "kWh/t"), need("factor", "tCO2e_footprint/kWh"), "tCO2e_footprint/t")
PER_TONNE_GAS = product(
    "per_tonne.gas", need("amount", "Nm3/t"), need("factor", "tCO2e_footprint/Nm3"), "tCO2e_footprint/t"
)


def leaf(quantity: str, value: float, unit: str, **about: str) -> tuple[Leaf, None]:
    return Leaf(quantity, labels(**about), unit, value, Origin("given", f"{quantity}{about}")), None


def fact(quantity: str, editions: tuple[str, ...], region: str = "CN", **about: str) -> tuple[float, str]:
    found = find(quantity, about, year=2023, region=region, editions=editions).factor
    return float(found.value), found.unit


def step(key: str, method, *kinds: str) -> Step:
    return Step(key, method, tuple(labels(kind=kind) for kind in kinds),
                {"amount": Given("amount", ("kind",)), "factor": Given("factor", ("kind",))})  # fmt: skip


def amount(kind: str, value: float, unit: str, factor: float, factor_unit: str):
    return leaf("amount", value, unit, kind=kind), leaf("factor", factor, factor_unit, kind=kind)


def participant(flight_intercept: float) -> float:
    """5 x 0.064 + 1200 x 6.507e-5 + 40 x 0.000283 + 15 x 0.0162 x 0.5 = 0.530904."""
    given = [
        *amount("hotel", 5, "item", 0.064, "tCO2e_footprint/item"),
        *amount("meals", 15 * 0.5, "item", 0.0162, "tCO2e_footprint/item"),
        *amount("flights", 1, "item", flight_intercept, "tCO2e_footprint/item"),
        *amount("air", 1200, "person*km", 6.507e-5, "tCO2e_footprint/person/km"),
        *amount("car", 40, "person*km", 0.000283, "tCO2e_footprint/person/km"),
    ]
    nights, travel = step("nights", NIGHTS, "hotel", "meals", "flights"), step("travel", TRAVEL, "air", "car")
    graph = Graph((nights, travel, total_by("all", _TONNE, [nights, travel])))
    return Book(graph, GivenLeaves(given), [YEAR]).figure("all").value


def test_one_participant_of_an_event():
    assert participant(0.0) == pytest.approx(0.530904, rel=1e-12)
    assert participant(0.0114) == pytest.approx(0.542304, rel=1e-12)  # the older intercept of each trip


def test_a_small_event_and_its_offset():
    """300 x 66.52 kg + 360,000 x 0.0829 + 216,000 x 0.0204 + 45 MWh x 0.5581 = 19.956 + 29.844 + 4.4064 + 25.1145 t."""
    hotel, air, rail = (
        fact("event.hotel_night", ("cpcd-footprint",)),
        fact("travel.footprint", ("cpcd-footprint",), travel="domestic_flight"),
        fact("travel.footprint", ("cpcd-footprint",), travel="high_speed_rail"),
    )
    grid = fact("electricity.emission_factor", ("mee-grid",), region="CN-50")
    given = [
        *amount("hotel", 300, "item", *hotel),
        *amount("air", 120 * 2 * 1500, "person*km", *air),
        *amount("rail", 180 * 2 * 600, "person*km", *rail),
        *amount("venue", 45, "MWh", *grid),
        leaf("counted_as", 1.0, "tCO2e_footprint/tCO2"),
    ]
    nights, travel, power = (
        step("nights", NIGHTS, "hotel"),
        step("travel", TRAVEL, "air", "rail"),
        step("power", POWER, "venue"),
    )
    counted = Step(
        "counted", TAKEN_AS, power.rows, {"amount": Result("power", ("kind",)), "factor": Given("counted_as")}
    )
    parts = [nights, travel, counted]
    book = Book(Graph((nights, travel, power, counted, total_by("all", _TONNE, parts))), GivenLeaves(given), [YEAR])
    assert [book.figure("travel", row).value for row in (0, 1)] == pytest.approx([29.844, 4.4064])
    assert book.figure("counted").value == pytest.approx(25.1145)
    assert book.figure("all").value == pytest.approx(79.3209, rel=1e-12)
    assert math.ceil(book.figure("all").value) == 80  # whole tonnes, rounded up
    with pytest.raises(UnableToBuildGraph, match="measure different things"):
        Graph(
            (travel, power, total_by("all", _TONNE, [travel, power]))
        )  # a grid's CO2 is no footprint until somebody says so


def test_a_product_whose_process_is_exchanged():
    """Sintered: 365 x 0.76 / 0.1229 x 0.5777 = 1303.938 kg and 365 x 0.24 / 1.2143 x 2.79267 = 201.464 kg, of 3.431355 t.

    Fused: 3.431355 - 1.505402 + 165 / 0.1229 x 0.5777 = 1.925953 + 0.775594 = 2.701547 t.
    """
    equivalent, unit = fact("electricity.tce_equivalent_value", ("gbt-2589-2020",))
    footprint = find(
        "electricity.footprint_factor", {"power": "average"}, year=2024, editions=("mee-footprint",)
    ).factor

    def worked(energy: float, electric: float) -> tuple[float, float]:
        given = [
            leaf("energy", energy, "kgce/t"), leaf("share", electric, "1", by="power"), leaf("share", 1 - electric, "1", by="gas"),
            leaf("coefficient", equivalent, unit, by="power"), leaf("coefficient", 1.2143, "kgce/Nm3", by="gas"),
            leaf("footprint", float(footprint.value), footprint.unit, by="power"),
            leaf("footprint", 2.792671012566, "kgCO2e_footprint/Nm3", by="gas"),
        ]  # fmt: skip
        steps = []
        for by, used, emitted in (("power", carrier, PER_TONNE), ("gas", carrier_gas, PER_TONNE_GAS)):
            row = (labels(by=by),)
            feeds = {
                "energy": Given("energy"),
                "share": Given("share", ("by",)),
                "coefficient": Given("coefficient", ("by",)),
            }
            steps += [
                Step(f"used.{by}", used, row, feeds),
                Step(
                    f"emitted.{by}",
                    emitted,
                    row,
                    {"amount": Result(f"used.{by}", ("by",)), "factor": Given("footprint", ("by",))},
                ),
            ]
        book = Book(Graph(tuple(steps)), GivenLeaves(given), [Period.year(2024)])
        return book.figure("emitted.power").value, book.figure("emitted.gas").value

    power, gas = worked(365, 0.76)
    assert power == pytest.approx(1.303937998, abs=1e-9)
    assert gas == pytest.approx(0.201464202, abs=1e-9)
    fused, none = worked(165, 1.0)
    assert fused == pytest.approx(0.775593979, abs=1e-9)
    assert none == 0
    assert 3.431355 - power - gas + fused == pytest.approx(2.701546778, abs=2e-9)
