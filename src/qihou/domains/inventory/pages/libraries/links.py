"""Addresses of factors and methods, written in one place."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

from qihou.facts.factors import Factor, all_factors
from qihou.figures.method import Method


def factor_key(factor: Factor) -> str:
    """What tells a factor in its address: its id without the file it happens to stand in."""
    return factor.id.partition("#")[2]


@cache
def factors_by_key() -> dict[str, Factor]:
    return {factor_key(factor): factor for factor in all_factors()}


def factor_url(district_code: str, factor: Factor) -> str:
    return reverse("inventory:factor", kwargs={"district_code": district_code, "factor": factor_key(factor)})


def method_url(district_code: str, method: Method) -> str:
    return reverse("inventory:method", kwargs={"district_code": district_code, "method": method.key})
