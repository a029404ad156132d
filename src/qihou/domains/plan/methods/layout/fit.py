"""How well a printed cell suits a column, and what it costs to leave a column empty."""

from __future__ import annotations

import re
from decimal import Decimal

from ..reading.numbers import is_nothing, looks_like_unit, plain_number, read_amount, read_value, squeeze
from ..reading.organisations import organisation_score
from ..reading.years import is_period
from .roles import MONEY, ORGANISATIONS, VALUES, Role

_NATURE = re.compile(r"^(约束性?|预期性?|指导性?|引导性?|约束性指标|预期性指标|参考性?)$")
_WORDS_FOR_VALUE = re.compile(
    r"持续|稳定|达到|下降|提升|完成|优于|保持|不低于|高于|改善|降低|上升|消除|基本|优良|类$|力争|待|国家|省|市"
)
_ONE = Decimal(1)


class Fitting:
    """Scores with memory: the same text is judged once per role."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, Role], float] = {}
        self._organisation: dict[str, float] = {}

    def organisation(self, text: str) -> float:
        if text not in self._organisation:
            self._organisation[text] = organisation_score(text)
        return self._organisation[text]

    def fit(self, role: Role, text: str) -> float:
        key = (text, role)
        if key not in self._seen:
            self._seen[key] = self._judge(role, text)
        return self._seen[key]

    def _judge(self, role: Role, text: str) -> float:
        nothing = is_nothing(text)
        if role in (Role.PERIOD, Role.START, Role.END):
            return (
                4.0
                if is_period(text)
                else (1.0 if nothing else (-2.0 if 2 <= len(text) <= 8 and "年" in text else -4.0))
            )
        if role is Role.NATURE:
            return 5.0 if _NATURE.match(squeeze(text)) else (1.0 if nothing else -5.0)
        if role is Role.UNIT:
            return self._unit(text, nothing)
        if role in MONEY:
            return 4.0 if read_amount(text, _ONE) is not None else (2.5 if nothing else -6.0)
        if role in VALUES:
            return self._value(text)
        if role in ORGANISATIONS:
            score = self.organisation(text)
            return 4.0 * score if score >= 0.55 else (1.0 if nothing else -3.0)
        return self._text(role, text, nothing)

    def _unit(self, text: str, nothing: bool) -> float:
        if nothing:
            return 1.5
        if plain_number(text) is not None or _NATURE.match(squeeze(text)):
            return -5.0
        return 4.5 if looks_like_unit(text) else (-0.5 if len(text) <= 8 else -4.0)

    def _value(self, text: str) -> float:
        if re.fullmatch(r"[√✓✔●○■▲★☆*]", text):
            return 3.0
        if _NATURE.match(squeeze(text)):
            return -5.0
        state = read_value(text).state
        if state == "text":
            return 1.5 if len(text) <= 20 and _WORDS_FOR_VALUE.search(text) and self.organisation(text) < 0.6 else -3.0
        return {"assigned": 4.0, "value": 3.0, "none": 3.0}[state]

    def _text(self, role: Role, text: str, nothing: bool) -> float:
        if plain_number(text) is not None:
            return -4.0
        if nothing:
            return 0.5 if role is Role.OTHER else -1.0
        if _NATURE.match(squeeze(text)):
            return -5.0
        score = -3.0 if is_period(text) else 1.0
        length = len(text)
        if self.organisation(text) >= 0.8:
            score -= 2.5 if re.search(r"(局|委|办|镇|街道|政府|公司|管委会|厅|部门)$", text) else 1.0
        if role is Role.OTHER:
            return 0.2 if length <= 12 else -0.5
        if role is Role.GROUPING:
            score += 0.5 if length <= 20 else (-3.0 if length > 34 else -1.0)
            score -= 1.0 if re.search(r"[。，,；;]", text) else 0.0
        elif role is Role.NAME:
            score += 0.6 if length <= 40 else -0.6
        else:
            score += 0.3 if length < 12 else 0.9
            score += 0.6 if re.search(r"[。；;]$", text) else 0.0
        return score


EMPTY_COST = {
    Role.NO: -6.0,
    Role.GROUPING: -0.3,
    Role.NAME: -4.0,
    Role.TEXT: -4.0,
    Role.CONTENT: -1.5,
    Role.UNIT: -1.5,
    Role.NATURE: -1.5,
    Role.YEAR_VALUE: -1.0,
    Role.BASE: -1.0,
    Role.TARGET: -1.0,
    Role.PERIOD: -1.5,
    Role.START: -1.0,
    Role.END: -1.0,
    Role.INVESTMENT: -2.0,
    Role.UPPER: -0.3,
    Role.DISTRICT: -0.31,
    Role.PRIVATE: -0.32,
    Role.LEAD: -1.5,
    Role.DUTY: -1.0,
    Role.BUILDER: -1.0,
    Role.SUPPORT: -0.5,
    Role.OTHER: -0.2,
    Role.MONEY_OTHER: -0.4,
    Role.GROUP: 0.0,
}


def continuation(role: Role, before: str, text: str, fitting: Fitting) -> float:
    """Score of a cell that goes on from the line before in the same column."""
    unfinished = before.endswith(("、", "（", "(", "，", ",", "“", "《", "和", "及", "—", "-"))
    if role in ORGANISATIONS:
        last = re.split(r"[、，,；;]", before)[-1]
        if not unfinished and last and not last.endswith("。") and fitting.organisation(last) < 0.6 and len(text) <= 12:
            return 0.8  # a name cut at the end of a line
        return fitting.fit(role, text) * 0.5 + (0.5 if unfinished else -2.0)
    if role in (Role.TEXT, Role.CONTENT, Role.NAME, Role.GROUPING, Role.OTHER):
        if plain_number(text) is not None or fitting.organisation(text) >= 0.8 or is_period(text):
            return -5.0
        if unfinished or text.startswith(("）", ")", "”", "、", ",", "，", "。", "》")):
            return 0.2
        ended = re.search(r"[。；;！!？?]$", before)
        if role in (Role.TEXT, Role.CONTENT):
            if not ended:
                return -2.5 if len(before) < 12 else -0.4
            return -0.8 if re.search(r"[。；;]$", text) else -1.6
        return -1.5 if not ended else -3.0
    if role in VALUES or role is Role.UNIT:
        return -1.0 if text.startswith(("（", "(")) and len(text) <= 10 else -8.0
    return -8.0
