"""What the frame around every page shows: the district, the navigation, who is signed in, the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from qihou.record.api.access import Act, Actor
from qihou.record.models import Feature

from . import navigation
from .words import ROLES

VersionLine = Callable[[Feature], str]
_version_lines: list[VersionLine] = []


def register_version_line(line: VersionLine) -> None:
    """A slice may say in the top bar which version of its document is in force."""
    _version_lines.append(line)


class Frame:
    """Everything is found only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def district(self) -> Feature | None:
        return getattr(self.request, "district", None)

    @property
    def actor(self) -> Actor:
        return getattr(self.request, "actor", None) or Actor.public()

    @property
    def signed_in(self) -> bool:
        return self.actor.person_id is not None

    @cached_property
    def in_office(self) -> bool:
        return self.district is not None and self.actor.may(Act.VIEW_OFFICE, district_id=self.district.pk)

    @property
    def current(self) -> str:
        return getattr(self.request, "page_nav", "")

    @cached_property
    def groups(self) -> list[Any]:
        if self.district is None or not self.in_office:
            return []
        return navigation.shown(self.actor, district_id=self.district.pk, district_code=self.district.code)

    @cached_property
    def version(self) -> str:
        if self.district is None or not self.in_office:
            return ""
        return " · ".join(text for line in _version_lines if (text := line(self.district)))

    @property
    def district_name(self) -> str:
        if self.district is None:
            return ""
        return (self.english and self.district.name_en) or self.district.name

    @property
    def english(self) -> bool:
        return (get_language() or "").startswith("en")

    @property
    def night(self) -> bool:
        return self.request.COOKIES.get(settings.THEME_COOKIE_NAME) == "night"

    @property
    def language(self) -> str:
        return "en" if self.english else "zh-Hans"

    @property
    def roles(self) -> list[Any]:
        if self.district is None:
            return []
        return [ROLES[r] for r in ROLES if r in self.actor.roles(self.district.pk)]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    made = Frame(request)
    return {"frame": made, "district": made.district, "actor": made.actor}
