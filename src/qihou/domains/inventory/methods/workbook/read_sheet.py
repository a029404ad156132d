"""One sheet of a filled workbook, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Quantity
from qihou.domains.inventory.methods.workbook.judging import Judged, Row
from qihou.domains.inventory.methods.workbook.keys import UnableToReadKey, code_of, read_code
from qihou.domains.inventory.methods.workbook.numbers import Trouble, notation_of, number_of
from qihou.domains.inventory.methods.workbook.printed import Printed
from qihou.domains.inventory.methods.workbook.row_words import for_cell
from qihou.figures.graph import Labels

# No sheet of ours is nearly as long; beyond it are formatting and slips.
_MOST_ROWS, _MOST_COLUMNS = 5000, 100
_TAKEN = ("value", "notation", "reason", "spread", "source")


@dataclass
class Seen:
    """Which sheets and quantities were met so far."""

    sheets: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    @staticmethod
    def code(quantity: Quantity) -> str:
        return code_of(quantity.key, quantity.labels)


class SheetReader:
    """Reads one sheet into ``judged``.

    Args:
        sheet: with the values of formulas.
        formulas: the same sheet with the formulas themselves.
        printed: what the form prints beside its machine names.
    """

    def __init__(
        self, sheet: Any, formulas: Any, scheme: Scheme, judged: Judged, seen: Seen, previous: Mapping[Key, Decimal],
        printed: Printed,
    ) -> None:  # fmt: skip
        self.sheet, self.formulas, self.printed = sheet, formulas, printed
        self.key = ""
        self.scheme, self.judged, self.seen, self.previous = scheme, judged, seen, previous
        self.title = str(sheet.title)
        self.merged = [found for found in sheet.merged_cells.ranges if found.size["rows"] * found.size["columns"] > 1]
        self.columns: dict[str, int] = {}
        self.heads: dict[str, str] = {}
        self.grid = False

    def read(self) -> None:
        """Walk down the sheet; a sheet that is not ours is said and left."""
        first = str(self._value(1, 1) or "")
        if not first.startswith("#sheet:"):
            if any(self._lines()):
                self._say(
                    "unknown_sheet",
                    Severity.NOTE,
                    "不是填报表中的工作表，没有读取",
                    "is no sheet of the form and was not read",
                )
            return
        key = first.removeprefix("#sheet:")
        known = {sheet.key for sheet in self.scheme.sheets}
        if key not in known:
            self._say(
                "unknown_sheet",
                Severity.WARNING,
                "不在本次清单的表式之中，没有读取",
                "is no sheet of this inventory's form and was not read",
            )
            return
        if key in self.seen.sheets:
            self._say(
                "sheet_twice",
                Severity.ERROR,
                "与另一张工作表重复，没有读取；请删去其中一张",
                "stands twice in the workbook; this one was not read",
            )
            return
        if other := self.printed.other_form(str(self._value(1, 2) or "")):
            own = f"{self.printed.year or ''}年{self.printed.district}"
            self._say("other_sheet", Severity.ERROR, f"是{other}的，本工作簿是{own}的，没有读取；请填写本工作簿原有的工作表",
                      f"is of {other}, the workbook of {own}; it was not read, fill the workbook's own sheet")  # fmt: skip
            return
        self.seen.sheets.append(key)
        self.key = key
        if self.sheet.sheet_state != "visible":
            self._say(
                "hidden_sheet", Severity.WARNING, "被隐藏，其中的数据仍然读取", "is hidden; it was read all the same"
            )
        if self.sheet.max_row > _MOST_ROWS:
            self._say(
                "too_long",
                Severity.WARNING,
                f"超过 {_MOST_ROWS} 行，其后的没有读取",
                f"has more than {_MOST_ROWS} rows; what follows was not read",
            )
        for row in self._lines():
            self._line(row)

    def _lines(self) -> range:
        return range(1, min(self.sheet.max_row, _MOST_ROWS) + 1) if self.sheet.max_row else range(0)

    def _line(self, row: int) -> None:
        mark = str(self._value(row, 1) or "").strip()
        if mark in ("#list", "#grid"):
            self.grid = mark == "#grid"
            self._heads(row)
        elif mark.startswith("#"):
            return
        elif not mark:
            self._stray(row)
        elif self.grid and mark.startswith("row:"):
            self._grid_row(row, mark.removeprefix("row:"))
        else:
            self._list_row(row, mark)

    def _heads(self, row: int) -> None:
        """The machine names above a block's heads; of two columns with one name neither is read."""
        self.columns = {}
        last = min(self.sheet.max_column, _MOST_COLUMNS)
        names = [(str(name), at) for at in range(2, last + 1) if (name := self._value(row, at)) is not None]
        for name, at in names:
            if [other for other, _ in names].count(name) == 1:
                self.heads[name] = str(self._value(row + 1, at) or "").strip()
                if not self._is_moved(name, self.heads[name], row + 1, self.sheet.cell(row + 1, at).coordinate):
                    self.columns[name] = at
            else:
                cell = self.sheet.cell(row + 1, at).coordinate
                self._say("column_twice", Severity.ERROR, f"{cell} 一列重复，两列都没有读取；请删去复制的一列", f"the column at {cell} stands twice; neither was read", row, cell)  # fmt: skip

    # -- lists -------------------------------------------------------------------------------------------------------

    def _list_row(self, row: int, mark: str) -> None:
        quantity = self._quantity(mark)
        if quantity is not None and "value" not in self.columns:
            self._say(
                "unknown_row", Severity.ERROR, f"第 {row} 行（{quantity.zh}）没有读取：表头的“数值”一列或其上的隐藏行被删除或改动，请重新下载填报表",
                f"row {row} ({quantity.en}) was not read: the column of values or the hidden line above the heads is gone; take the form anew", row,
            )  # fmt: skip
            return
        if quantity is None:
            self._say(
                "unknown_row",
                Severity.ERROR,
                f"第 {row} 行的编号“{mark}”不在表式之中，没有读取",
                f"row {row}: {mark!r} is no row of this form; it was not read",
                row,
            )
            return
        self.seen.codes.add(self.seen.code(quantity))
        if self._is_moved(mark, self._text(row, "name"), row):
            return
        at = self.columns["value"]
        self._beside(row, at, quantity)
        value, display = self._number(row, at, quantity)
        self.judged.take(
            Row(
                quantity, self.title, self.sheet.cell(row, at).coordinate, value, self._text(row, "unit"),
                self._text(row, "notation"), self._text(row, "reason"), self._text(row, "spread"), self._text(row, "source"),
                display,
            ),
            self.previous,
        )  # fmt: skip

    # -- grids -------------------------------------------------------------------------------------------------------

    def _grid_row(self, row: int, mark: str) -> None:
        try:
            _, by = read_code(mark)
        except UnableToReadKey:
            self._say(
                "unknown_row",
                Severity.ERROR,
                f"第 {row} 行的编号“{mark}”不在表式之中，没有读取",
                f"row {row}: {mark!r} is no row of this form; it was not read",
                row,
            )
            return
        if self._is_moved(f"row:{mark}", self._text(row, "name"), row):
            return
        for name, at in self.columns.items():
            if name.startswith("cell:"):
                self._grid_cell(row, at, name.removeprefix("cell:"), by)

    def _grid_cell(self, row: int, at: int, column: str, by: Labels) -> None:
        try:
            key, labels = read_code(column)
        except UnableToReadKey:
            return
        quantity = self.scheme.quantity.get((key, tuple(sorted((*labels, *by)))))
        cell = self.sheet.cell(row, at).coordinate
        if quantity is None:
            if self._value(row, at) is not None:
                self._say(
                    "not_asked",
                    Severity.ERROR,
                    f"{cell} 不需要填报，填写的内容没有采用",
                    f"{cell} is not asked for; what stands there was not taken",
                    row,
                    cell,
                )
            return
        self.seen.codes.add(self.seen.code(quantity))
        heads = [self.heads[name] for name in self.columns if name.startswith("cell:")]
        head = self.heads[f"cell:{column}"]
        spread, note, reason = (for_cell(self._text(row, name), head, heads) for name in ("spread", "source", "reason"))
        found = Row(quantity, self.title, cell, unit=self._text(row, "unit"), spread=spread, note=note)
        content, rest = self._value(row, at), self._text(row, "blank")
        if isinstance(content, str) and notation_of(content):
            self.judged.take(replace(found, notation=content.strip(), reason=reason, spread=""), self.previous)
            return
        value, display = self._number(row, at, quantity)
        if value is not None:
            # The reason of a row belongs to its notation keys, not to its numbers.
            self.judged.take(replace(found, value=value, display=display), self.previous)
        elif rest:
            self.judged.take(replace(found, notation=rest, reason=reason, spread=""), self.previous)

    # -- cells -------------------------------------------------------------------------------------------------------

    def _number(self, row: int, at: int, quantity: Quantity) -> tuple[Decimal | Trouble | None, Trouble | None]:
        cell, formula = self.sheet.cell(row, at), self.formulas.cell(row, at)
        for area in self.merged:
            if cell.coordinate in area:
                zh, en = f"位于合并单元格 {area} 之中，请取消合并", f"lies in the merged cells {area}; unmerge them"
                return Trouble("merged", zh, en), None
        content = cell.value
        if formula.data_type == "f":
            if content is None:
                return Trouble(
                    "formula_without_value",
                    "是公式但没有保存计算结果；请在表格软件中打开并保存，或直接填数字",
                    "holds a formula that was never calculated; open and save the file, or type the number",
                ), None
            self._say(
                "formula",
                Severity.NOTE,
                f"{cell.coordinate} 是公式，取其计算结果 {content}",
                f"{cell.coordinate} holds a formula; its last result {content} was taken",
                row,
                cell.coordinate,
            )
        if content is None or (isinstance(content, str) and not content.strip()):
            return None, None
        if isinstance(content, str) and notation_of(content):
            return Trouble(
                "notation_in_value",
                f"数值栏填了记号 {content.strip()}，请填到“记号”一栏",
                f"has the notation key {content.strip()} in place of a value; put it into its own column",
            ), None
        return number_of(content), _display(str(cell.number_format), content, quantity)

    def _is_moved(self, mark: str, text: str, row: int, cell: str = "") -> bool:
        """Whether a row or column prints another's name: then nobody knows whose its numbers are. Other wording is only said."""
        own = self.printed.names.get(self.key, {}).get(mark, "")
        if self.printed.belongs_elsewhere(self.key, mark, text):
            self._say(
                "other_name", Severity.ERROR,
                f"{cell or f'第 {row} 行'}写的是“{text}”，隐藏的编号却是“{own}”的，没有读取；可能只移动或排序了一部分单元格，请整行整列移动，或重新下载填报表",
                f"{cell or f'row {row}'} prints “{text}” but its hidden name is that of “{own}”; it was not read: move whole rows and columns, or take the form anew",
                row, cell,
            )  # fmt: skip
            return True
        if self.printed.is_reworded(self.key, mark, text):
            self._say(
                "other_name", Severity.WARNING, f"{cell or f'第 {row} 行'}的名称被改为“{text}”，仍按“{own}”读取；如另有所指，请填入相应的指标",
                f"{cell or f'row {row}'} was renamed “{text}” and is still read as “{own}”", row, cell,
            )  # fmt: skip
        return False

    def _beside(self, row: int, at: int, quantity: Quantity) -> None:
        """A number typed over the hint, beside an empty cell for the value, is in the wrong column."""
        hint = self.columns.get("hint")
        if not hint or self._value(row, at) is not None or self.formulas.cell(row, hint).data_type == "f":
            return
        if (typed := self._value(row, hint)) is not None and str(typed).strip():
            place = self.sheet.cell(row, hint).coordinate
            self._say(
                "wrong_column", Severity.ERROR, f"{place}（{quantity.zh}）的“{typed}”填在“折算（提示）”一栏，没有采用；请填到“数值”一栏",
                f"{place} ({quantity.en}): {typed!r} stands in the column of hints and was not taken; put it into the column of values", row, place,
            )  # fmt: skip

    def _value(self, row: int, at: int) -> Any:
        return self.sheet.cell(row, at).value

    def _text(self, row: int, name: str) -> str:
        at = self.columns.get(name)
        value = self._value(row, at) if at else None
        return "" if value is None else str(value).strip()

    def _quantity(self, mark: str) -> Quantity | None:
        try:
            return self.scheme.quantity.get(read_code(mark))
        except UnableToReadKey:
            return None

    def _stray(self, row: int) -> None:
        """A row without a machine name in which somebody wrote a value: an unknown fuel, a row added."""
        if not self.columns:
            return
        places = [at for name, at in self.columns.items() if name in _TAKEN or name.startswith("cell:")]
        if any(self._value(row, at) is not None for at in places):
            name = self._text(row, "name") or "（无名称）"
            self._say(
                "unknown_row",
                Severity.ERROR,
                f"第 {row} 行“{name}”是自行增加的，表式中没有这一指标，没有读取；请并入已有指标或联系牵头单位",
                f"row {row}, “{name}”, was added and is no row of this form; it was not read",
                row,
            )

    def _say(self, kind: str, severity: Severity, zh: str, en: str, row: int = 1, cell: str = "") -> None:
        place = f"{self.title}!{cell or f'B{row}'}"
        self.judged.findings.append(
            CheckFinding(
                kind, severity, f"工作表“{self.title}”：{zh}。", f"Sheet “{self.title}”: {en}.", cells=(place,)
            )
        )


def _display(number_format: str, content: Any, quantity: Quantity) -> Trouble | None:
    """A format that shows another number than the cell holds."""
    if isinstance(content, bool) or not isinstance(content, int | float):
        return None
    plain = re.sub(r"\\.", "", number_format)
    if "%" in plain:
        return Trouble(
            "percent_format",
            f"设为百分比格式，显示 {content * 100:g}%，实际数值为 {content:g}；请改为常规格式后按单位“{quantity.unit}”填写",
            f"is formatted as a percentage: it shows {content * 100:g}% and holds {content:g}; set the format to General and fill it in {quantity.unit}",
        )
    if re.search(r"[万亿千]", number_format) or re.search(r"[0#?],+(?![0#?])", plain):
        return Trouble(
            "scaled_format",
            f"的格式使显示的数与实际数值（{content:g}）相差若干个数量级；请改为常规格式",
            f"is formatted so that it shows another power of ten than it holds ({content:g}); set the format to General",
        )
    return None
