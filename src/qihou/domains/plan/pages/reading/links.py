"""Addresses of the register's things, written in one place."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

from qihou.domains.plan.api.views import VersionView

_UID = "00000000-0000-0000-0000-000000000000"
_CODE = "0code0"


@lru_cache(maxsize=256)
def _pattern(name: str, district_code: str, key: str, stand_in: str) -> tuple[str, str]:
    """An address cut where its last part goes: a table of thousands of links resolves its pattern once."""
    before, _cut, after = reverse(f"plan:{name}", kwargs={"district_code": district_code, key: stand_in}).partition(
        stand_in
    )
    return before, after


def item_url(district_code: str, uid: UUID) -> str:
    before, after = _pattern("item", district_code, "uid", _UID)
    return f"{before}{uid}{after}"


def organisation_url(district_code: str, code: str, version: VersionView) -> str:
    before, after = _pattern("organisation", district_code, "code", _CODE)
    return f"{before}{code}{after}?{version.query}"


def page_url(name: str, district_code: str) -> str:
    return reverse(f"plan:{name}", kwargs={"district_code": district_code})
