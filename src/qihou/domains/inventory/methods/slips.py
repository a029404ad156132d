"""Slips that turn a right calculation into a wrong printed number, told by the ratio they leave behind."""

from __future__ import annotations

from dataclasses import dataclass

_CARBON, _NITROGEN = 12 / 44, 28 / 44
# Chinese, English, printed over computed
_KNOWN = (
    ("以碳计而未乘以 44/12", "given as carbon, not multiplied by 44/12", _CARBON),
    ("以氮计而未乘以 44/28", "given as nitrogen, not multiplied by 44/28", _NITROGEN),
    ("以氮计的氧化亚氮未乘以 44/28，且又按 12/44 折成了碳", "nitrogen taken for N2O, and the result turned into carbon", _CARBON * _NITROGEN),
    ("碳乘以 2 而不是 44/12", "carbon multiplied by 2, not by 44/12", 2 * _CARBON),
    ("小了一千倍", "a thousand times too small", 1e-3),
    ("大了一千倍", "a thousand times too large", 1e3),
)  # fmt: skip


@dataclass(frozen=True)
class Slip:
    """What a printed number seems to be instead of the computed one."""

    printed: float
    computed: float
    zh: str
    en: str


def likely_slip(printed: float, computed: float, *, tolerance: float = 0.002) -> Slip | None:
    """The known slip that explains a printed number, or None where it agrees or nothing known explains it.

    Args:
        printed, computed: the same quantity in the same unit; ``computed`` not 0.
        tolerance: how far printed over computed may lie from a slip's ratio, as a share of it (rounding in print).
    """
    ratio = printed / computed
    for zh, en, expected in _KNOWN:
        if abs(ratio / expected - 1) <= tolerance:
            return Slip(printed, computed, zh, en)
    return None
