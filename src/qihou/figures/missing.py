"""Missing is a state with a reason, never a number.

The five keys are the notation keys of the UNFCCC reporting guidelines (decision 18/CMA.1, annex, para. 31).
"""

from enum import StrEnum


class Notation(StrEnum):
    """Why a value is absent. Every use carries a written reason beside it."""

    NOT_OCCURRING = "NO"
    NOT_ESTIMATED = "NE"
    NOT_APPLICABLE = "NA"
    INCLUDED_ELSEWHERE = "IE"
    CONFIDENTIAL = "C"
