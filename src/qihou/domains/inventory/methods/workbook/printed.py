"""What a sheet prints beside its machine names: its year and district, names of rows, heads of columns.

A person reads the printed name, the program the hidden one. Where the two part (a part of a row was sorted or moved, a sheet of
another year pasted in), a number would silently go to another quantity.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.domains.inventory.methods.workbook.layout import ListBlock, layout

_TITLE = re.compile(r"(\d{4})年(\S*)\s")


@dataclass(frozen=True)
class Printed:
    """The form's printed names, by sheet. ``year`` and ``district``: for which the workbook as a whole is; either may be unknown."""

    scheme: Scheme
    year: int = 0
    district: str = ""

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """For each sheet the printed name of every machine name: of rows ``code`` or ``row:code``, of columns ``cell:code``."""
        found: dict[str, dict[str, str]] = {}
        for sheet in layout(self.scheme).sheets:
            here = found.setdefault(sheet.sheet.key, {})
            for block in sheet.blocks:
                if isinstance(block, ListBlock):
                    here |= {code_of(q.key, q.labels): q.zh for q in block.rows}
                else:
                    here |= {f"row:{code_of('', row.by)}": row.zh for row in block.rows}
                    here |= {f"cell:{code_of(column.key, column.by)}": column.zh for column in block.columns}
        return found

    def belongs_elsewhere(self, sheet: str, mark: str, text: str) -> bool:
        """Whether the text beside a machine name is the printed name of another one of the same sheet."""
        here = self.names.get(sheet, {})
        return (
            bool(text)
            and plain(text) != plain(here.get(mark, text))
            and plain(text) in {plain(n) for n in here.values()}
        )

    def is_reworded(self, sheet: str, mark: str, text: str) -> bool:
        """Whether the text beside a machine name is neither its own printed name nor another's."""
        own = self.names.get(sheet, {}).get(mark, text)
        return bool(text) and plain(text) != plain(own) and not self.belongs_elsewhere(sheet, mark, text)

    def other_form(self, title: str) -> str:
        """The year and district a sheet's title names, where they are not the workbook's; else nothing."""
        found = _TITLE.match(title)
        if not found:
            return ""
        other_year = bool(self.year) and int(found[1]) != self.year
        other_place = bool(self.district) and bool(found[2]) and found[2] != self.district
        return f"{found[1]}年{found[2]}" if other_year or other_place else ""


def plain(text: str) -> str:
    """Without blanks and differences of width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
