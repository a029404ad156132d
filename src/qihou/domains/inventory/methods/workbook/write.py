"""Write the year's workbook: what departments fill, with what is already known in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from qihou.domains.inventory.methods.checks.finding import Key
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.domains.inventory.methods.workbook.layout import (
    COVER,
    FORMAT_VERSION,
    MACHINE_SHEET,
    GridBlock,
    Layout,
    SheetLayout,
    layout,
)
from qihou.domains.inventory.methods.workbook.style import BOLD, BOX, CENTRE, HEAD, PLAIN, TITLE, WRAP, put_text
from qihou.domains.inventory.methods.workbook.write_grid import write_grid
from qihou.domains.inventory.methods.workbook.write_list import write_list
from qihou.measure import units

ILLUSTRATIVE = "示例数据，并非真实统计"
_EDITIONS = {
    "provincial-2011": "《省级温室气体清单编制指南（试行）》（2011）",
    "provincial-2025": "《省级温室气体清单编制指南》（2025）",
    "ipcc-2006": "《2006年IPCC国家温室气体清单指南》",
}


@dataclass(frozen=True)
class Form:
    """For whom and which year a workbook is.

    Attributes:
        sheets: keys of the sheets that go in; None is all of them.
        departments: who fills a sheet here, by its key; else the scheme's usual department is printed.
        illustrative: what is filled in is made up; every sheet says so.
    """

    scheme: Scheme
    year: int
    district_code: str
    district: str
    sheets: frozenset[str] | None = None
    departments: Mapping[str, str] = field(default_factory=dict)
    illustrative: bool = False

    @property
    def layout(self) -> Layout:
        return layout(self.scheme, self.sheets)


def write_workbook(form: Form, filled: Iterable[Filled] = (), previous: Mapping[Key, Decimal] | None = None) -> bytes:
    """The workbook as bytes of an xlsx file.

    Args:
        form: what is asked, of whom.
        filled: what is already known and stands in the input cells; several with one key are written as their sum.
        previous: last year's values in the scheme's units, shown locked and grey beside the input.
    """
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = COVER
    here = form.layout
    known = joined(as_asked(one, form.scheme) for one in filled)
    placed: dict[str, list[tuple[str, str, str]]] = {}
    for sheet in here.sheets:
        placed[sheet.title] = _sheet(book.create_sheet(sheet.title), form, sheet, known, previous or {})
    _cover(cover, form, here)
    _machine(book.create_sheet(MACHINE_SHEET), form, here, placed)
    book.security = WorkbookProtection(lockStructure=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_asked(filled: Filled, scheme: Scheme) -> Filled:
    """In the unit the form asks for; what was converted says so beside the number.

    Raises:
        qihou.measure.units.UnableToMeasure: the two units measure different things.
    """
    quantity = scheme.quantity.get(filled.key)
    if quantity is None or filled.unit == quantity.unit:
        return filled
    if filled.value is None:
        return replace(filled, unit=quantity.unit)
    value = filled.value * Decimal(repr(units.factor(filled.unit, quantity.unit)))
    note = "；".join(text for text in (filled.note, f"由 {filled.value} {filled.unit} 折算") if text)
    return replace(filled, value=value, unit=quantity.unit, note=note)


def joined(filled: Iterable[Filled]) -> dict[Key, Filled]:
    """One for each key: parts of a sum are added, and say so beside the sum."""
    found: dict[Key, list[Filled]] = {}
    for one in filled:
        found.setdefault(one.key, []).append(one)
    return {key: _sum(parts) for key, parts in found.items()}


def _sum(parts: list[Filled]) -> Filled:
    first = parts[0]
    if len(parts) == 1:
        return first
    values = [part.value for part in parts if part.value is not None]
    if not values:
        return first
    note = "；".join([f"由{len(parts)}项合计", *(part.note for part in parts if part.note)])
    return Filled(first.quantity, first.labels, sum(values, Decimal(0)), first.unit, spread=first.spread, note=note)


def _sheet(
    sheet: Worksheet, form: Form, here: SheetLayout, known: Mapping[Key, Filled], previous: Mapping[Key, Decimal]
) -> list[tuple[str, str, str]]:
    put_text(sheet.cell(1, 1), f"#sheet:{here.sheet.key}")
    put_text(sheet.cell(1, 2), f"{form.year}年{form.district} {here.sheet.zh}")
    sheet.cell(1, 2).font = TITLE
    department = form.departments.get(here.sheet.key, here.sheet.department)
    lines = [f"填报单位：{department}    填表人：            审核人：            日期："]
    lines += [here.sheet.note_zh] if here.sheet.note_zh else []
    lines += [ILLUSTRATIVE] if form.illustrative else []
    row = 2
    for line in lines:
        put_text(sheet.cell(row, 1), "#skip")
        put_text(sheet.cell(row, 2), line)
        sheet.cell(row, 2).font = BOLD if line == ILLUSTRATIVE else PLAIN
        row += 1
    placed: list[tuple[str, str, str]] = []
    for block in here.blocks:
        put = write_grid if isinstance(block, GridBlock) else write_list
        row = put(sheet, row + 1, block, known, previous, placed)  # type: ignore[arg-type]
    _print_setup(sheet, form)
    sheet.column_dimensions["A"].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.freeze_panes = "C2"
    return placed


def _print_setup(sheet: Worksheet, form: Form) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_title_rows = "1:1"
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = f"{form.year}年{form.district}温室气体清单  第 &P 页 共 &N 页"
    sheet.sheet_view.showGridLines = False


def _cover(sheet: Worksheet, form: Form, here: Layout) -> None:
    put_text(sheet["A1"], f"{form.district}{form.year}年温室气体清单数据填报表")
    sheet["A1"].font = TITLE
    facts = [
        ("年份", str(form.year)),
        ("地区", f"{form.district}（{form.district_code}）"),
        ("编制方法", _EDITIONS.get(form.scheme.options.edition, form.scheme.options.edition)),
        ("填埋计算", {"mass-balance": "质量平衡法"}.get(form.scheme.options.landfill, "一阶衰减法")),
        ("表式版本", FORMAT_VERSION),
    ]
    facts += [("注意", ILLUSTRATIVE)] if form.illustrative else []
    row = 3
    for name, text in facts:
        put_text(sheet.cell(row, 1), name)
        put_text(sheet.cell(row, 2), text)
        sheet.cell(row, 1).font, sheet.cell(row, 2).font = BOLD, PLAIN
        row += 1
    row += 1
    for text in _HELP:
        put_text(sheet.cell(row, 1), text)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = PLAIN, WRAP
        sheet.row_dimensions[row].height = 32
        row += 1
    row += 1
    for column, head in enumerate(("工作表", "填报单位", "指标数", "说明"), start=1):
        cell = sheet.cell(row, column)
        put_text(cell, head)
        cell.font, cell.fill, cell.border, cell.alignment = BOLD, HEAD, BOX, CENTRE
    for one in here.sheets:
        row += 1
        count = sum(len(block.quantities) for block in one.blocks)
        department = form.departments.get(one.sheet.key, one.sheet.department)
        for column, text in enumerate((one.title, department, str(count), one.sheet.note_zh), start=1):
            cell = sheet.cell(row, column)
            put_text(cell, text)
            cell.font, cell.border, cell.alignment = PLAIN, BOX, WRAP
        sheet.cell(row, 1).hyperlink = f"#'{one.title}'!B1"
    for letter, width in zip("ABCD", (26, 44, 10, 56), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    _print_setup(sheet, form)


_HELP = (
    "一、只在浅黄色的格子里填写；灰色的格子自动计算或仅供参考，深灰的格子不用填。",
    "二、数值只填阿拉伯数字，不带单位、不带“约”“万”等字样；单位以“单位”一栏为准，不要改动。",
    "三、没有数值时填记号并写明理由：NO 不发生；NE 未估算；NA 不适用；IE 已在别处计入（写明何处）；C 保密。空白不等于零。",
    "四、表格（行为品种、列为用途）中的空白格，可在该行“空白格记号”一栏统一填一个记号，并在“理由”中说明。",
    "五、表格中一行的理由、不确定度、数据来源适用于全行；各列不同的，写作“水泥：±3%；玻璃：±5%”。",
    "六、不确定度写作 ±5% 或 ±0.3 或 1.2..3.4（95% 区间）；不填的按此类数据的通常情况处理。",
    "七、“数据来源”写明统计报表名称、企业报告或部门文件。请不要增删列，不要改动隐藏的第一列。",
)


def _machine(sheet: Worksheet, form: Form, here: Layout, placed: Mapping[str, list[tuple[str, str, str]]]) -> None:
    options = form.scheme.options
    meta = {
        "format": FORMAT_VERSION, "year": str(form.year), "district": form.district_code, "edition": options.edition,
        "landfill": options.landfill, "illustrative": "1" if form.illustrative else "0", "checksum": here.checksum,
    }  # fmt: skip
    for row, (name, text) in enumerate(meta.items(), start=1):
        put_text(sheet.cell(row, 1), name)
        put_text(sheet.cell(row, 2), text)
    row = len(meta) + 2
    sheets = {one.title: one.sheet.key for one in here.sheets}
    for title, cells in placed.items():
        for code, unit, cell in cells:
            for column, text in enumerate(("cell", code, unit, sheets[title], title, cell), start=1):
                put_text(sheet.cell(row, column), text)
            row += 1
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


__all__ = ["ILLUSTRATIVE", "Form", "code_of", "joined", "write_workbook"]
