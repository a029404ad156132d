"""The left navigation: each slice registers the jobs it offers, in its ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from qihou.record.api.access import Act, Actor

Count = Callable[[Actor, int], int | None]


@dataclass(frozen=True)
class NavItem:
    """One entry. ``url_name`` is reversed with the district's code; ``count`` says how much waits for the actor.

    ``count(actor, district_id)`` must cost a constant number of queries. ``act`` hides the entry from those who may not.
    """

    key: str
    label: str | Promise
    url_name: str
    icon: str = "document"
    group: str | Promise = ""
    order: int = 100
    act: Act = Act.VIEW_OFFICE
    count: Count | None = None


@dataclass(frozen=True)
class ShownItem:
    key: str
    label: str | Promise
    url: str
    icon: str
    count: int | None


_items: dict[str, NavItem] = {}


def register(*items: NavItem) -> None:
    for item in items:
        _items[item.key] = item


def shown(actor: Actor, *, district_id: int, district_code: str) -> list[tuple[str | Promise, list[ShownItem]]]:
    """The entries this actor sees, grouped, in order."""
    groups: dict[str, tuple[str | Promise, list[ShownItem]]] = {}
    for item in sorted(_items.values(), key=lambda i: i.order):
        if not actor.may(item.act, district_id=district_id):
            continue
        url = reverse(item.url_name, kwargs={"district_code": district_code})
        count = item.count(actor, district_id) if item.count else None
        group = groups.setdefault(str(item.group), (item.group, []))
        group[1].append(ShownItem(item.key, item.label, url, item.icon, count))
    return list(groups.values())
