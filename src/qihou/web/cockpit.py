"""The district at a glance: on the desk and on a wall."""

from __future__ import annotations

from typing import Any

from qihou.face.pages import PageRequest, page


@page("web/cockpit.html", nav="cockpit")
def cockpit(request: PageRequest) -> dict[str, Any]:
    return {}


@page("web/wall.html", nav="cockpit")
def wall(request: PageRequest) -> dict[str, Any]:
    return {}
