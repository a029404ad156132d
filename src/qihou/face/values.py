"""What a screen shows that is more than a bare value: a missing value's reason, a link, a number's way to its why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Missing(StrEnum):
    """Why there is no value. Shown in words wherever a value would stand; never a zero, never a blank."""

    NOT_FILLED = "not_filled"
    ASSIGNED_LATER = "assigned_later"
    UNDETERMINED = "undetermined"
    AWAITING = "awaiting"
    NOT_DELIVERED = "not_delivered"
    NOT_DUE = "not_due"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"

    @property
    def label(self) -> Promise:
        return _WORDS[self]


_WORDS: dict[Missing, Promise] = {
    Missing.NOT_FILLED: _("未填"),
    Missing.ASSIGNED_LATER: _("市级下达，待到"),
    Missing.UNDETERMINED: _("待定"),
    Missing.AWAITING: _("待接收"),
    Missing.NOT_DELIVERED: _("未报送"),
    Missing.NOT_DUE: _("未到期"),
    Missing.ABSENT: _("文件未载"),
    Missing.NOT_APPLICABLE: _("不适用"),
    Missing.CONFIDENTIAL: _("不公开"),
}


@dataclass(frozen=True)
class Link:
    """Text that leads somewhere of our own."""

    text: str
    url: str


@dataclass(frozen=True)
class Why:
    """What the why drawer is asked for: a kind registered with :mod:`qihou.face.why` and the key of the thing."""

    kind: str
    key: str


@dataclass(frozen=True)
class Cell:
    """A value with what must be said about it. ``value`` may be anything a column of its kind takes.

    ``title`` is one hover away: the exact number behind a rounded one.
    """

    value: Any
    why: Why | None = None
    illustrative: bool = False
    unverified: bool = False
    lines: Sequence[int] = ()
    note: str = ""
    unit: str = ""
    title: str = ""
