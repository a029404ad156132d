"""One filled row, from whichever form it came, held against its quantity: a ``Filled``, or findings that name the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.scheme.parts import Quantity
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.numbers import Trouble, notation_of
from qihou.figures.spread import UnableToReadSpread, spread
from qihou.measure import units

# Powers of ten that a slip of unit makes: kg for t, 万 and 亿 left out or written twice.
_SLIPS = {3: ("千", "thousand"), 4: ("万", "10⁴"), 8: ("亿", "10⁸")}
_NEAR = 2.0
# A dash or a dot is no reason.
_SAYS = re.compile(r"\w")


@dataclass(frozen=True)
class Row:
    """What stands in the cells of one quantity. ``value``: a number, trouble, or nothing; ``display``: trouble with how it is shown."""

    quantity: Quantity
    sheet: str
    cell: str
    value: Decimal | Trouble | None = None
    unit: str = ""
    notation: str = ""
    reason: str = ""
    spread: str = ""
    note: str = ""
    display: Trouble | None = None


@dataclass
class Judged:
    """What was taken and what was found, gathered row by row."""

    filled: list[Filled] = field(default_factory=list)
    findings: list[CheckFinding] = field(default_factory=list)

    def say(self, row: Row, kind: str, severity: Severity, zh: str, en: str, *values: tuple[str, float]) -> None:
        q = row.quantity
        place = f"{row.sheet}!{row.cell}"
        self.findings.append(
            CheckFinding(
                kind, severity, f"{place}（{q.zh}）{zh}。", f"{place} ({q.en}): {en}.",
                quantities=((q.key, q.labels),), cells=(place,), values=values,
            )
        )  # fmt: skip

    def take(self, row: Row, previous: Mapping[Key, Decimal]) -> None:
        """Hold one row against its quantity. A row with an error is not taken."""
        before = sum(1 for finding in self.findings if finding.severity is Severity.ERROR)
        notation = notation_of(row.notation) if row.notation else None
        empty = row.value is None and not row.notation
        if empty:
            self._leftover(row)
            return
        self._unit(row)
        if row.notation and notation is None:
            self.say(
                row,
                "unknown_notation",
                Severity.ERROR,
                f"记号“{row.notation}”不在 NO、NE、NA、IE、C 之中，请从列表中选一个",
                f"{row.notation!r} is none of NO, NE, NA, IE, C; choose one of them",
            )
        if row.value is not None and row.notation:
            self.say(
                row,
                "value_and_notation",
                Severity.ERROR,
                "既填了数值又填了记号，请只留一个",
                "has both a value and a notation key; keep one",
            )
        if row.notation and not _SAYS.search(row.reason):
            self.say(
                row,
                "no_reason",
                Severity.ERROR,
                f"填了记号 {row.notation} 但没有理由；请在“理由”一栏写明原因",
                f"has the notation key {row.notation} without a reason; say why in the column of reasons",
            )
        if isinstance(row.value, Trouble):
            self.say(row, row.value.kind, Severity.ERROR, row.value.zh, row.value.en)
        elif row.value is not None:
            if row.display is not None:
                self.say(row, row.display.kind, Severity.ERROR, row.display.zh, row.display.en)
            self._number(row, row.value, previous)
        if sum(1 for finding in self.findings if finding.severity is Severity.ERROR) == before:
            value = row.value if isinstance(row.value, Decimal) else None
            q = row.quantity
            # A reason says why there is no value; beside a value it is a remark.
            reason = row.reason if notation else ""
            note = row.note if notation else "；".join(text for text in (row.note, row.reason) if text)
            self.filled.append(
                Filled(q.key, q.labels, value, q.unit, notation, reason, row.spread, row.sheet, row.cell, note)
            )

    def join_parts(self, rows: Mapping[Key, Quantity]) -> None:
        """Several rows with one key stand where the quantity is declared parts of a sum; elsewhere none of them is taken."""
        found: dict[Key, list[Filled]] = {}
        for one in self.filled:
            found.setdefault(one.key, []).append(one)
        for key, several in found.items():
            if len(several) < 2:
                continue
            quantity = rows[key]
            places = "、".join(one.place for one in several)
            mixed = any(one.notation for one in several)
            if quantity.parts and not mixed and len({one.value for one in several}) < len(several):
                self._about(
                    key, quantity, several, "same_parts", Severity.WARNING,
                    f"{quantity.zh}有{len(several)}行（{places}），其中有数值相同的；已按分项相加，如是复制的行请删去，以免重复计算。",
                    f"{quantity.en} stands in {len(several)} rows ({places}), some with the same number; they are added as parts. Delete a row that was copied.",
                )  # fmt: skip
                continue
            if quantity.parts and not mixed:
                self._about(
                    key,
                    quantity,
                    several,
                    "parts",
                    Severity.NOTE,
                    f"{quantity.zh}有{len(several)}行（{places}），按分项相加。",
                    f"{quantity.en} stands in {len(several)} rows ({places}); they are added as parts.",
                )
                continue
            self.filled = [one for one in self.filled if one.key != key]
            self._about(
                key,
                quantity,
                several,
                "duplicate",
                Severity.ERROR,
                f"{quantity.zh}重复填报（{places}），都没有采用；请只留一行。",
                f"{quantity.en} is given more than once ({places}); none was taken, keep one.",
            )

    def _about(
        self, key: Key, quantity: Quantity, several: list[Filled], kind: str, severity: Severity, zh: str, en: str
    ) -> None:
        self.findings.append(
            CheckFinding(kind, severity, zh, en, quantities=(key,), cells=tuple(one.place for one in several))
        )

    def _leftover(self, row: Row) -> None:
        if row.reason or row.spread:
            self.say(
                row,
                "words_without_value",
                Severity.WARNING,
                "写了理由或不确定度，但既无数值也无记号，按未填报处理",
                "has a reason or an uncertainty but neither value nor notation key; it counts as not reported",
            )

    def _unit(self, row: Row) -> None:
        asked = row.quantity.unit
        if not row.unit or row.unit == asked:
            return
        try:
            fits = units.same_dimension(row.unit, asked)
        except units.UnableToMeasure:
            fits = False
        zh = f"单位被改为“{row.unit}”，应为“{asked}”；" + ("请按原单位折算后填写" if fits else "两者不是同一类单位")
        en = f"its unit was changed to {row.unit}, asked is {asked}; " + (
            "convert the value" if fits else "they measure different things"
        )
        self.say(row, "wrong_unit", Severity.ERROR, zh, en)

    def _number(self, row: Row, value: Decimal, previous: Mapping[Key, Decimal]) -> None:
        q = row.quantity
        if value < 0 and q.low is not None and q.low >= 0:
            self.say(
                row,
                "negative",
                Severity.ERROR,
                f"为负数（{value}），该指标不可能为负；请核对后填正数",
                f"is negative ({value}), which cannot be; check it",
                ("value", float(value)),
            )
        if row.spread:
            try:
                spread(row.spread, float(value))
            except UnableToReadSpread:
                self.say(
                    row,
                    "bad_spread",
                    Severity.ERROR,
                    f"不确定度“{row.spread}”无法识别，请写作 ±5%、±0.3 或 1.2..3.4",
                    f"the uncertainty {row.spread!r} cannot be read; write ±5%, ±0.3 or 1.2..3.4",
                )
        last = previous.get((q.key, q.labels))
        if last and value:
            self._slip(row, value, last)

    def _slip(self, row: Row, value: Decimal, last: Decimal) -> None:
        ratio = float(abs(value / last))
        for power, (zh, en) in _SLIPS.items():
            for times, word, word_en in ((10.0**power, "大", "larger"), (10.0**-power, "小", "smaller")):
                if times / _NEAR <= ratio <= times * _NEAR:
                    self.say(
                        row, "power_of_ten", Severity.WARNING,
                        f"为 {value}，约比上年（{last}）{word}一{zh}倍，疑似单位弄错（{row.quantity.unit}）",
                        f"is {value}, about {en} times {word_en} than last year's {last}; is the unit {row.quantity.unit} right",
                        ("value", float(value)), ("previous", float(last)),
                    )  # fmt: skip
