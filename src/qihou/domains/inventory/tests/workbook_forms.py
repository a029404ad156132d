"""A small form with a list, a grid, parts and parameters, and ways to spoil a filled workbook."""

from __future__ import annotations

import io
from collections.abc import Callable

from openpyxl import load_workbook

from qihou.domains.inventory.methods.scheme.assembly import Scheme, assemble
from qihou.domains.inventory.methods.scheme.parts import (
    Category,
    Nature,
    Options,
    Quantity,
    Sector,
    SectorScheme,
    Sheet,
)
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.read import Expected, Read, read_workbook
from qihou.domains.inventory.methods.workbook.write import Form, write_workbook
from qihou.figures.graph import labels
from qihou.measure.gases import GwpSet

FUELS = ("bituminous", "diesel", "gasoline")
USES = (("power", "发电"), ("cement", "水泥"), ("glass", "玻璃"))

SECTOR = SectorScheme(
    categories=(Category("agriculture", "3", "农业", "Agriculture", Sector.AGRICULTURE),),
    sheets=(Sheet("farm", "农业", "Farming", "农业农村委", "按年末数"), Sheet("energy", "能源/平衡", "Energy", "统计局")),
    quantities=(
        Quantity("rice.area", labels(rice="single"), "公顷", "单季稻面积", "Rice", "farm", "种植", "Crops", low=0, spread="±5%"),
        Quantity("livestock.stock", labels(livestock="pig"), "头", "生猪存栏", "Pigs", "farm", "养殖", "Animals", low=0, parts=True),
        Quantity("livestock.stock", labels(livestock="cattle"), "头", "牛存栏", "Cattle", "farm", "养殖", "Animals", low=0, parts=True),
        Quantity("stock.change", (), "万吨", "库存变化", "Stock", "farm", "其他", "Other"),
        Quantity("share", (), "%", "还田率", "Returned", "farm", "其他", "Other", Nature.PARAMETER, 0, 100),
        *(
            Quantity("fuel.burnt", labels(fuel=fuel, use=use), "吨", f"{zh}：{fuel}", f"{use}: {fuel}", "energy", zh, use, low=0)
            for use, zh in USES
            for fuel in FUELS
            if (fuel, use) != ("gasoline", "glass")
        ),
    ),
    steps=lambda options: (),
)  # fmt: skip
PIG = ("livestock.stock", labels(livestock="pig"))
RICE = ("rice.area", labels(rice="single"))


def form_scheme() -> Scheme:
    return assemble(Options(), GwpSet.AR5, [SECTOR])


FORM = Form(form_scheme(), 2020, "500151", "铜梁区")


def filled_form(*filled: Filled) -> bytes:
    return write_workbook(FORM, filled)


def spoilt(change: Callable, data: bytes | None = None) -> bytes:
    """The form after somebody had it open: ``change`` gets the workbook."""
    book = load_workbook(io.BytesIO(data or filled_form()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, **more) -> Read:
    return read_workbook(data, "表.xlsx", FORM.scheme, expected=Expected(2020, "500151"), **more)


def row_of(sheet, code: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def column_of(sheet, row: int, name: str) -> int:
    """The column by its machine name, in the nearest line of machine names above."""
    head = next(r for r in range(row, 0, -1) if str(sheet.cell(r, 1).value) in ("#list", "#grid"))
    return next(at for at in range(2, sheet.max_column + 1) if sheet.cell(head, at).value == name)


def at(book, code: str, name: str = "value", sheet: str = "农业"):
    """A cell of the form by row and column."""
    here = book[sheet]
    row = row_of(here, code)
    return here.cell(row, column_of(here, row, name))
