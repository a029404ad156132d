"""The exported workbook's own formulas, recalculated by another program, give what the kernel gives."""

from __future__ import annotations

import io
import math
import warnings

import numpy as np
import pytest
from openpyxl import load_workbook

from qihou.domains.inventory.methods.expressions import Operand, UnableToWriteFormula, expression, series_expression
from qihou.domains.inventory.methods.formulas import STEPS, SUMMARY, write_formulas
from qihou.domains.inventory.methods.listing import declared
from qihou.domains.inventory.methods.opening import open_files
from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.tests.small import small_entries, small_scheme
from qihou.figures.missing import Notation
from qihou.measure.periods import Period


def recalculated(worked, tmp_path):
    """Every figure of the summary as the package ``formulas`` works it out, or the words that stand in its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        path = tmp_path / "results.xlsx"
        path.write_bytes(write_formulas(worked, "铜梁区"))
        solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    sheet = load_workbook(path)[SUMMARY]
    found = {}
    for row in range(3, sheet.max_row + 1):
        key = (sheet.cell(row, 3).value, sheet.cell(row, 4).value or "")
        found[key] = solution[f"'[results.xlsx]{SUMMARY}'!E{row}"].value[0, 0]
    return found


def agree(worked, found):
    assert set(found) == set(worked.lines)
    for key, line in worked.lines.items():
        if line.value is None:
            assert isinstance(found[key], str), key
        else:
            assert float(found[key]) == pytest.approx(line.value, rel=1e-9), key


def small(**changed):
    scheme = small_scheme()
    leaves = InventoryLeaves(scheme, small_entries(**changed), region="CN-500151")
    return Worked(scheme, leaves, [Period.year(2020)])


@pytest.mark.parametrize(
    "changed",
    [{}, {"industry_diesel": Notation.NOT_OCCURRING}, {"industry_diesel": None}, {"pig": Notation.NOT_ESTIMATED}],
)
def test_a_small_inventory(changed, tmp_path):
    worked = small(**changed)
    agree(worked, recalculated(worked, tmp_path))


def test_the_whole_inventory_to_a_billionth(tmp_path):
    worked = open_files([], landfill="mass-balance", year=2020).worked
    found = recalculated(worked, tmp_path)
    agree(worked, found)
    assert float(found["total", ""]) == pytest.approx(worked.lines["total", ""].value, rel=1e-9)


def test_every_number_of_the_summary_is_a_formula():
    book = load_workbook(io.BytesIO(write_formulas(small(), "铜梁区", illustrative=True)))
    results = [cell.value for cell in book[SUMMARY]["E"][2:]] + [cell.value for cell in book[STEPS]["E"][2:]]
    assert all(str(value).startswith("=") or value in ("NO", "NE", "缺") for value in results)
    assert "示例" in book[SUMMARY]["A1"].value


@pytest.mark.parametrize("method", [m for m in declared() if not m.series], ids=lambda m: m.key)
def test_a_bodys_formula_is_its_body(method):
    """Python reads the formula as a spreadsheet would once ``^`` is written ``**``; the numbers are odd on purpose."""
    values = {need.name: 0.3 + 0.07 * place for place, need in enumerate(method.inputs)}
    text = expression(method, {name: name for name in values})
    constants = {need.name: need.constant for need in method.needs if need.constant is not None}
    found = eval(text.replace("^", "**"), {"EXP": math.exp}, values)
    assert found == pytest.approx(method(**values, **constants), rel=1e-12)


@pytest.mark.parametrize("method", [m for m in declared() if m.series], ids=lambda m: m.key)
def test_a_series_formula_is_its_body(method):
    values = {
        need.name: [0.3 + 0.07 * place + 0.01 * year for year in range(5)] for place, need in enumerate(method.inputs)
    }
    terms = {name: [f"{name}_{year}" for year in range(5)] for name in values}
    constants = {need.name: need.constant for need in method.needs if need.constant is not None}
    named = {term: values[name][year] for name, row in terms.items() for year, term in enumerate(row)}
    found = eval(series_expression(method, terms), {"EXP": math.exp}, named)
    whole = method(**{name: np.array(row) for name, row in values.items()}, **constants)
    assert found == pytest.approx(whole[-1], rel=1e-12)


def test_what_no_formula_can_say_is_refused():
    with pytest.raises(UnableToWriteFormula, match="str"):
        Operand("A1", atom=True) + "1"


def test_powers_and_signs_are_bracketed():
    one, two = Operand("A1", atom=True), Operand("B1", atom=True)
    # A spreadsheet takes -A1^2 for (-A1)^2; so the sign is a factor.
    assert str(-(one**2)) == "(-1*(A1^2))"
    assert ((one - 2) * two / 1).text == "(A1-2)*B1"
    assert (one + 0).text == "A1"
    assert one * 0 == 0
