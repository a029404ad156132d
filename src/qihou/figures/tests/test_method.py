"""A declaration that contradicts its body, its units or its constants is refused when it is made."""

from __future__ import annotations

import numpy as np
import pytest

from qihou.figures.method import Catalogue, Cite, UnableToDeclareMethod
from qihou.figures.tests.kit import BURN, declare, need
from qihou.measure.units import UnableToMeasure


def test_a_method_is_its_body_on_numbers_and_on_arrays() -> None:
    assert BURN(3.0, 2.0) == 6.0
    assert BURN(np.array([1.0, 2.0]), 3.0).tolist() == [3.0, 6.0]
    assert BURN.id == "burn/1"


def test_constants_are_no_inputs() -> None:
    found = declare("x", "tCO2", (need("c", "tC"), need("r", "tCO2/tC", constant=44 / 12)), lambda c, r=44 / 12: c * r)
    assert [n.name for n in found.inputs] == ["c"]
    assert found(3.0) == pytest.approx(11.0)


@pytest.mark.parametrize(
    ("unit", "needs", "body", "said"),
    [
        ("t", (need("a", "t"),), lambda b: b, "others or in another order"),
        ("t", (need("a", "t"), need("b", "1")), lambda b, a: a * b, "others or in another order"),
        ("tCO2", (need("a", "t"),), lambda a: a, "do not give tCO2"),
        ("tCO2", (need("a", "tCH4"),), lambda a: a, "do not give tCO2"),
        ("tCO2", (need("a", "tCO2"), need("b", "tCH4")), lambda a, b: a + b, "cannot be worked with units"),
        ("tCO2e_AR5", (need("a", "tCO2e_AR5"), need("b", "tCO2e_SAR")), lambda a, b: a + b, "cannot be worked with"),
        ("kg", (need("a", "t"),), lambda a: a, "power of ten"),
        ("t", (need("a", "t"), need("b", "kg")), lambda a, b: a + b, "power of ten"),
        # With ones, 1 - 1 = 0 on both sides would hide the thousand.
        ("t", (need("a", "kg/t"), need("b", "t"), need("c", "1")), lambda a, b, c: a * b * (1 - c), "power of ten"),
        ("t", (need("a", "万吨"), need("b", "%")), lambda a, b: a * b, "power of ten"),
        ("t", (need("a", "t", nil=1.0),), lambda a: a, "counts as 0.0 or not at all"),
        ("tCO2", (need("c", "tC"), need("r", "tCO2/tC", constant=44 / 12)), lambda c, r=3.67: c * r, "default 3.67"),
        ("t", (need("a", "t"),), lambda a=1.0: a, "default 1.0"),
    ],
)
def test_refused(unit: str, needs: tuple, body: object, said: str) -> None:
    with pytest.raises(UnableToDeclareMethod, match=said):
        declare("wrong", unit, needs, body)


def test_unknown_units_are_refused_where_units_need_not_cancel_too() -> None:
    with pytest.raises(UnableToMeasure, match="kgXY"):
        declare("fit", "t", (need("a", "kgXY"),), lambda a: a, dimensional=False)


def test_a_method_cites() -> None:
    with pytest.raises(UnableToDeclareMethod, match="cite where"):
        declare("silent", "t", (need("a", "t"),), lambda a: a, cites=())


def test_a_key_is_declared_once() -> None:
    catalogue = Catalogue()
    declare("same", "t", (need("a", "t"),), lambda a: a, catalogue)
    with pytest.raises(UnableToDeclareMethod, match="same: declared twice"):
        declare("same", "t", (need("a", "t"),), lambda a: a, catalogue)
    assert len(catalogue) == 1
    assert "same" in catalogue


def test_a_refused_method_is_not_in_the_catalogue() -> None:
    catalogue = Catalogue()
    with pytest.raises(UnableToDeclareMethod):
        declare("wrong", "kg", (need("a", "t"),), lambda a: a, catalogue)
    assert "wrong" not in catalogue


def test_a_citation_in_words() -> None:
    assert str(Cite("《指南》", "第一章", 2011)) == "《指南》（2011），第一章"
