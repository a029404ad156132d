"""The words of figures: states, flags, gases, grades and units, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qihou.figures.missing import Flag, State
from qihou.measure.gases import GASES

STATES = {
    State.FAILED: _("算不出（超出公式适用范围）"),
    State.ABSENT: _("未填报"),
    State.NE: _("NE 未估算"),
    State.C: _("C 保密"),
    State.IE: _("IE 列于他处"),
    State.NA: _("NA 不适用"),
    State.NO: _("NO 不发生"),
}
FLAGS = {
    Flag.ILLUSTRATIVE: _("示例数据"),
    Flag.UNVERIFIED: _("依据待核"),
    Flag.ESTIMATED: _("推算"),
    Flag.OLDER: _("取其他年份的因子"),
    Flag.WIDER: _("取较大区域的因子"),
    Flag.OTHER_SET: _("取其他版本的因子"),
    Flag.FROM_PLAN: _("取自规划文本"),
    Flag.DEFAULT_SPREAD: _("不确定度为缺省值"),
    Flag.NO_SPREAD: _("不确定度未知"),
    Flag.LEFT_OUT: _("有未计入项"),
}
F_GASES = "F"


class Named(Protocol):
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def name(thing: Named) -> str:
    """A category, quantity, method or need in the reader's language."""
    return thing.en or thing.zh if is_english() else thing.zh


def listed(words: Sequence[str]) -> str:
    return (", " if is_english() else "、").join(words)


def in_brackets(words: Sequence[str]) -> str:
    """What tells one thing apart from its like, after its name; nothing where there is nothing."""
    if not words:
        return ""
    return f" ({', '.join(words)})" if is_english() else f"（{'，'.join(words)}）"


def total_name(*, lulucf: bool) -> str:
    return gettext("总量（含土地利用变化和林业）") if lulucf else gettext("总量（不含土地利用变化和林业）")


def flag_words(flags: Flag) -> list[str]:
    return [str(word) for flag, word in FLAGS.items() if flag in flags]


def gas_name(gas: str) -> str:
    """CO₂ and its like as formulas, in both languages."""
    if gas == F_GASES:
        return gettext("含氟气体")
    listed = GASES[gas].listed_as if gas in GASES else gas
    if gas.startswith("HFC"):
        return listed.replace("HFC", "HFC-", 1)
    return "".join(chr(0x2080 + int(c)) if c.isdigit() else c for c in listed)
