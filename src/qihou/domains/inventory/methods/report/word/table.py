"""Tables of a report: three lines and no boxes, heads repeated on every page, numbers to the right."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from qihou.domains.inventory.methods.report import parts
from qihou.domains.inventory.methods.report.word.style import LATIN, SMALL, element, printable

WIDTH_CM = 16.6
_TWIPS = 567
_INDENT = 160
_THICK, _THIN = "12", "4"


def add_table(document: Any, table: parts.Table) -> None:
    """Rows are made as XML: python-docx's own cells cost time quadratic in the number of rows."""
    columns = len(table.heads)
    widths = [round(_TWIPS * width) for width in (table.widths or [WIDTH_CM / columns] * columns)]
    made = document.add_table(rows=0, cols=columns)
    made.autofit = False
    properties = made._tbl.tblPr
    properties.append(_borders())
    properties.append(
        element(
            "w:tblCellMar", None, *(element(f"w:{side}", {"w:w": "60", "w:type": "dxa"}) for side in ("left", "right"))
        )
    )
    for grid, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        grid.set(qn("w:w"), str(width))
    made._tbl.append(_row(table.heads, table, widths, head=True))
    for place, row in enumerate(table.rows):
        depth = table.indent[place] if table.indent else 0
        made._tbl.append(_row(row, table, widths, strong=place in table.strong, depth=depth))


def _borders() -> Any:
    lines = {"top": _THICK, "bottom": _THICK, "insideH": _THIN}
    return element("w:tblBorders", None, *(
        element(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": "7A8782"}) for side, size in lines.items()
    ))  # fmt: skip


def _row(
    cells: tuple[str, ...],
    table: parts.Table,
    widths: list[int],
    *,
    head: bool = False,
    strong: bool = False,
    depth: int = 0,
) -> Any:
    properties = element("w:trPr", None, element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    made = element("w:tr", None, properties)
    for place, (text, width) in enumerate(zip(cells, widths, strict=True)):
        align = "center" if head else "right" if place in table.right else "left"
        made.append(_cell(text, width, align, strong=head or strong, shaded=head, depth=0 if place else depth))
    return made


def _cell(text: str, width: int, align: str, *, strong: bool, shaded: bool, depth: int) -> Any:
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if shaded:
        properties.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EEF2F0"}))
    properties.append(element("w:vAlign", {"w:val": "center"}))
    layout = element(
        "w:pPr", None, element("w:spacing", {"w:before": "20", "w:after": "20", "w:line": "240", "w:lineRule": "auto"})
    )
    if depth:
        layout.append(element("w:ind", {"w:left": str(_INDENT * depth)}))
    layout.append(element("w:jc", {"w:val": align}))
    about = element(
        "w:rPr",
        None,
        element("w:rFonts", {"w:ascii": LATIN, "w:hAnsi": LATIN, "w:eastAsia": "黑体" if strong else SMALL.east}),
    )
    if strong:
        about.append(element("w:b"))
    about.append(element("w:sz", {"w:val": str(round(2 * SMALL.size))}))
    words = element("w:t", {"xml:space": "preserve"})
    words.text = printable(text)
    return element("w:tc", None, properties, element("w:p", None, layout, element("w:r", None, about, words)))
