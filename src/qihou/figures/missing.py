"""Missing is a state with a reason, never a number.

The five keys are the notation keys of the UNFCCC reporting guidelines (decision 18/CMA.1, annex, para. 31).
"""

from enum import IntEnum, IntFlag, StrEnum


class Notation(StrEnum):
    """Why a value is absent. Every use carries a written reason beside it."""

    NOT_OCCURRING = "NO"
    NOT_ESTIMATED = "NE"
    NOT_APPLICABLE = "NA"
    INCLUDED_ELSEWHERE = "IE"
    CONFIDENTIAL = "C"


class State(IntEnum):
    """What a cell is. Of several inputs the largest decides: what does not occur emits nothing, whatever else is unknown."""

    VALUE = 0
    FAILED = 1  # outside the range in which the formula holds
    ABSENT = 2  # nobody has said anything yet
    NE = 3
    C = 4
    IE = 5
    NA = 6
    NO = 7

    @property
    def is_nil(self) -> bool:
        """There is nothing to count here, and that is known."""
        return self >= State.IE

    @property
    def leaves_out(self) -> bool:
        """There is something, and it is knowingly left out of a sum."""
        return self in (State.NE, State.C)


def state_of(notation: Notation | None) -> State:
    """The state of a cell that carries a notation key, or nothing at all."""
    return State.ABSENT if notation is None else State[notation.value]


class Flag(IntFlag):
    """What must be said beside a number. Flags of inputs are flags of what stands on them."""

    NONE = 0
    UNVERIFIED = 1  # rests on a fact of grade M
    OLDER = 2  # a factor of an earlier year
    WIDER = 4  # a factor of a wider region
    ILLUSTRATIVE = 8
    ESTIMATED = 16  # filled in or extrapolated, not reported
    DEFAULT_SPREAD = 32  # its uncertainty is a default for its kind, not its own
    LEFT_OUT = 64  # a sum that leaves something out
    FROM_PLAN = 128  # taken from the published plan, not from a statistical return
    NO_SPREAD = 256  # nothing is known of its uncertainty: it is drawn as exact, and said
    OTHER_SET = 512  # a factor of a set that is not the chosen edition's own


class Status(StrEnum):
    """Of a figure as a whole; only OK and degraded ones may be published, the second with its flags in words."""

    OK = "ok"
    DEGRADED = "degraded"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


_DEGRADING = Flag.OLDER | Flag.WIDER | Flag.OTHER_SET | Flag.UNVERIFIED | Flag.ESTIMATED | Flag.ILLUSTRATIVE


def status_of(state: State, flags: Flag) -> Status:
    """One word for a cell: what is known not to occur is as good as a value."""
    if state in (State.FAILED, State.ABSENT):
        return Status.FAILED
    if state.leaves_out or flags & Flag.LEFT_OUT:
        return Status.INCOMPLETE
    return Status.DEGRADED if flags & _DEGRADING else Status.OK
