"""All methods as plain data: for the command line, the documentation and the portal."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import qihou.domains.inventory.methods as package
from qihou.domains.inventory.methods.catalogue import METHODS
from qihou.figures.method import Method


def declared() -> tuple[Method, ...]:
    """Every method of the inventory, by key; the modules that declare them are imported first."""
    for module in iter_modules(package.__path__):
        if not module.ispkg:
            import_module(f"{package.__name__}.{module.name}")
    return tuple(METHODS)


def all_methods() -> list[dict[str, Any]]:
    """Key, version, words, formula, clauses, needs and the unit of the result."""
    return [
        {
            "key": method.key,
            "version": method.version,
            "name": method.zh,
            "name_en": method.en,
            "unit": method.unit,
            "formula": method.formula,
            "series": method.series,
            "module": method.body.__module__,
            "function": method.body.__name__,
            "note": method.note,
            "cites": [
                {"document": cite.document, "clause": cite.clause, "year": cite.year, "grade": cite.grade}
                for cite in method.cites
            ],
            "needs": [
                {
                    "name": need.name,
                    "unit": need.unit,
                    "zh": need.zh,
                    "en": need.en,
                    "symbol": need.symbol,
                    "low": need.low,
                    "high": need.high,
                    "constant": need.constant,
                    "nil": need.nil,
                }
                for need in method.needs
            ],
        }
        for method in declared()
    ]
