"""The report's words in two languages, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.graph import Step
from qihou.figures.missing import Flag, State, Status
from qihou.measure import units
from qihou.measure.gases import GASES

MINUS = "−"
NO_VALUE = "—"

_STATES = {
    State.FAILED: ("无法计算", "cannot be worked out"),
    State.ABSENT: ("未填报", "not reported"),
    State.NE: ("NE 未估算", "NE not estimated"),
    State.C: ("C 保密", "C confidential"),
    State.IE: ("IE 列于他处", "IE included elsewhere"),
    State.NA: ("NA 不适用", "NA not applicable"),
    State.NO: ("NO 不发生", "NO not occurring"),
}
_FLAGS = {
    Flag.ILLUSTRATIVE: ("示例", "illustrative"),
    Flag.UNVERIFIED: ("待核", "unverified"),
    Flag.LEFT_OUT: ("有缺项", "leaves something out"),
    Flag.ESTIMATED: ("估算", "estimated"),
    Flag.FROM_PLAN: ("取自规划", "from the plan"),
    Flag.OLDER: ("较早年份因子", "older factor"),
    Flag.WIDER: ("较大区域因子", "wider region's factor"),
    Flag.OTHER_SET: ("其他版本因子", "another edition's factor"),
    Flag.DEFAULT_SPREAD: ("缺省不确定性", "default uncertainty"),
    Flag.NO_SPREAD: ("不确定性未知", "uncertainty unknown"),
}
# In the tables only what changes how far a number may be trusted; the chapter on quality counts them all.
_MARKED = Flag.ILLUSTRATIVE | Flag.UNVERIFIED | Flag.LEFT_OUT | Flag.ESTIMATED | Flag.FROM_PLAN
_STATUSES = {
    Status.OK: ("完整", "complete"),
    Status.DEGRADED: ("可用，须说明", "usable, with remarks"),
    Status.INCOMPLETE: ("有缺项", "incomplete"),
    Status.FAILED: ("无值", "no value"),
}
EDITION_NAMES = {
    "provincial-2011": ("《省级温室气体清单编制指南（试行）》（2011）", "Provincial inventory guideline (trial), 2011"),
    "provincial-2025": ("《省级温室气体清单编制指南（2025）》", "Provincial inventory guideline, 2025"),
    "ipcc-2006": ("《2006年IPCC国家温室气体清单指南》及2019年修订", "2006 IPCC Guidelines with the 2019 Refinement"),
}
LANDFILL_NAMES = {
    "mass-balance": ("质量平衡法", "mass balance"),
    "first-order-decay": ("一阶衰减法", "first order decay"),
}


@dataclass(frozen=True)
class Words:
    """Everything that depends on the language. ``language`` is ``zh`` or ``en``."""

    language: str
    scheme: Scheme

    @property
    def english(self) -> bool:
        return self.language.startswith("en")

    def say(self, zh: str, en: str) -> str:
        return en if self.english else zh

    def pair(self, names: tuple[str, str]) -> str:
        return self.say(*names)

    def join(self, names: Iterable[str]) -> str:
        return (", " if self.english else "、").join(names)

    def name(self, code: str) -> str:
        """A category, a total or a derived figure."""
        if code == TOTAL:
            return self.say("合计（含土地利用变化和林业）", "Total with land use and forestry")
        if code == TOTAL_WITHOUT_LULUCF:
            return self.say("合计（不含土地利用变化和林业）", "Total without land use and forestry")
        if code in self.scheme.category:
            category = self.scheme.category[code]
            return self.say(category.zh, category.en)
        node = self.scheme.graph[code]
        about = node.method if isinstance(node, Step) else node
        return self.say(about.zh, about.en)

    def gas(self, gas: str) -> str:
        return gas if self.english or gas not in GASES else GASES[gas].zh

    def state(self, state: State) -> str:
        return self.pair(_STATES[state])

    def status(self, status: Status) -> str:
        return self.pair(_STATUSES[status])

    def flags(self, flags: Flag, among: Flag = _MARKED) -> str:
        """The flags in words; by default those a table must show."""
        return self.join(self.pair(words) for flag, words in _FLAGS.items() if flags & among & flag)

    def every_flag(self) -> list[tuple[Flag, str]]:
        return [(flag, self.pair(words)) for flag, words in _FLAGS.items()]

    def value(self, line: Line | None) -> str:
        """The line's number in its own unit; where there is none, the state in a word."""
        if line is None:
            return NO_VALUE
        return number(line.value) if line.value is not None else self.state(line.state)

    def short(self, line: Line | None) -> str:
        """As :meth:`value`, for narrow columns: a notation key alone."""
        if line is None:
            return NO_VALUE
        return number(line.value) if line.value is not None else self._key(line.state)

    def _key(self, state: State) -> str:
        return self.state(state).split(" ")[0] if state >= State.NE else self.state(state)

    def range(self, line: Line | None) -> str:
        if line is None or line.low is None or line.high is None:
            return NO_VALUE
        return f"{number(line.low)} … {number(line.high)}"

    def remark(self, line: Line) -> str:
        """What must be said beside a figure; of a sum that cannot be given also what is known of it."""
        said = [self.flags(line.flags)] if self.flags(line.flags) else []
        if line.value is None and line.known:
            said.insert(0, self.say(f"已知部分 {number(line.known)}", f"known part {number(line.known)}"))
        return self.say("；", "; ").join(said)

    def large(self, value: float) -> str:
        """Tonnes of CO2 equivalent as the text says them: 万吨 in Chinese, kilotonnes in English."""
        if self.english:
            return f"{signed(value / 1e3, 1)} kt CO₂e"
        return f"{signed(value / 1e4, 2)} 万吨CO₂e"

    @property
    def unit(self) -> str:
        return units.label(self.scheme.unit)


def signed(value: float, places: int) -> str:
    """Grouped by thousands, with a real minus sign; never a minus before nothing."""
    text = f"{abs(value):,.{places}f}"
    return MINUS + text if value < 0 and float(text.replace(",", "")) else text


def number(value: float) -> str:
    """Whole from a thousand on, else about four figures."""
    size = abs(value)
    places = 0 if size >= 1000 or not size else 1 if size >= 100 else 2 if size >= 10 else 4
    return signed(value, places)


def given(value: float) -> str:
    """A number from outside, with all its digits."""
    return f"{value:,.12g}".replace("-", MINUS)


def percent(value: float | None, places: int = 1) -> str:
    return NO_VALUE if value is None else f"{signed(value, places)}%"


def half(line: Line | None) -> str:
    return NO_VALUE if line is None or line.half_percent is None else f"±{percent(line.half_percent)}"
