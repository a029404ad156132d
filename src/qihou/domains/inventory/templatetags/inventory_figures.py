"""``{% load inventory_figures %}``: a cell of a figure outside a table."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from qihou.face.tables import BoundTable, Column, Table
from qihou.face.tables.render import cell_html
from qihou.face.values import Cell

register = template.Library()
_NUMBER = Column("value", "", "number")


@register.simple_tag(takes_context=True)
def cell(context: dict[str, Any], value: Cell) -> SafeString:
    """``{% cell value %}``: the number with its marks, its exact value one hover away and its way to the why drawer."""
    bound = BoundTable(Table("cell", [_NUMBER]), [], context["request"].GET, district_code=context["district"].code)
    return SafeString(cell_html(value, _NUMBER, None, bound))
