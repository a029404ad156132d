"""What states, statuses and flags are called in printed sheets and on the command line."""

from __future__ import annotations

from qihou.figures.missing import Flag, State, Status

_STATES = {State.FAILED: "算不出（超出公式适用范围）", State.ABSENT: "缺"}
STATUSES = {
    Status.OK: "正常",
    Status.DEGRADED: "可用，有标注",
    Status.INCOMPLETE: "不完整",
    Status.FAILED: "缺数据或算不出",
}
_FLAGS = {
    Flag.UNVERIFIED: "待核",
    Flag.OLDER: "取较早年份",
    Flag.WIDER: "取较大区域",
    Flag.OTHER_SET: "取自其他版本",
    Flag.ILLUSTRATIVE: "示例",
    Flag.ESTIMATED: "推算",
    Flag.LEFT_OUT: "有未计入项",
    Flag.FROM_PLAN: "取自规划",
    Flag.NO_SPREAD: "不确定度未知",
}


def state_word(state: State) -> str:
    """A notation key stands for itself."""
    return _STATES.get(state, state.name)


def flag_words(flags: Flag) -> list[str]:
    """All that must be said beside a number; that its uncertainty is a usual one goes without saying here."""
    return [word for flag, word in _FLAGS.items() if flag in flags]
