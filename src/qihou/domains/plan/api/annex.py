"""Tables as a Word file laid out as a plan's annex: A4 landscape, heads repeated on every page, merged cells.

Faces and sizes follow the habit of official documents (GB/T 9704-2012 sets 仿宋 for the text and 黑体 for first-level
heads; the size inside tables is not fixed, small five is usual). They are named, not embedded: a machine without them
shows its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BODY_FACE, HEAD_FACE, LATIN_FACE = "仿宋", "黑体", "Times New Roman"
_HALF_POINTS = "18"  # 9 pt
_TWIPS_PER_CM = 567


@dataclass(frozen=True)
class Sheet:
    """One table of the annex.

    ``widths`` are in cm; ``right`` columns hold numbers; in ``merged`` columns equal neighbours are one tall cell, as
    long as the merged columns to their left are one too; ``strong`` rows (by place) are totals.
    """

    title: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    notes: Sequence[str] = ()
    empty: str = ""


def annex(title: str, lede: Iterable[str], sheets: Iterable[Sheet], *, numbered: str) -> bytes:
    """The file's bytes. ``numbered`` is the word before a table's number, e.g. 附表."""
    document = Document()
    _set_page(document)
    _paragraph(document, title, 18, HEAD_FACE, centred=True)
    for line in lede:
        _paragraph(document, line, 9, BODY_FACE)
    for n, sheet in enumerate(sheets, 1):
        _paragraph(document, f"{numbered}{n} {sheet.title}", 14, HEAD_FACE, before=12 if n > 1 else 0)
        if sheet.rows:
            _table(document, sheet)
        elif sheet.empty:
            _paragraph(document, sheet.empty, 10, BODY_FACE)
        for note in sheet.notes:
            _paragraph(document, note, 9, BODY_FACE)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN_FACE, Pt(10)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FACE)


def _paragraph(document: Any, text: str, size: int, face: str, *, centred: bool = False, before: int = 0) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(4)
    paragraph.alignment = 1 if centred else 0
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _table(document: Any, sheet: Sheet) -> None:
    table = document.add_table(rows=0, cols=len(sheet.heads))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, sheet.widths, strict=True):
        column.width = Cm(width)
    # Rows are made as XML: python-docx's own cells cost time quadratic in the number of rows.
    table._tbl.append(_row(sheet.heads, sheet, head=True))
    above: Sequence[str] = ()
    for place, row in enumerate(sheet.rows):
        strong = place in sheet.strong
        table._tbl.append(_row(row, sheet, above=() if strong else above, strong=strong))
        above = () if strong else row


def _row(
    cells: Sequence[str], sheet: Sheet, *, head: bool = False, above: Sequence[str] = (), strong: bool = False
) -> Any:
    tr = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    tr.append(properties)
    joined = bool(above)
    for i, text in enumerate(cells):
        merge = ""
        if i in sheet.merged and not head and not strong:
            joined = joined and bool(text) and above[i] == text
            merge = "continue" if joined else "restart"
        align = "center" if head else "right" if i in sheet.right else "left"
        tr.append(_cell(text, sheet.widths[i], align=align, merge=merge, strong=head or strong, shaded=head))
    return tr


def _cell(text: str, width_cm: float, *, align: str, merge: str, strong: bool, shaded: bool) -> Any:
    tc = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", {"w:w": str(round(width_cm * _TWIPS_PER_CM)), "w:type": "dxa"}))
    if merge:
        properties.append(_element("w:vMerge", {"w:val": merge}))
    if shaded:
        properties.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EEF2F0"}))
    properties.append(_element("w:vAlign", {"w:val": "center"}))
    tc.append(properties)
    paragraph = OxmlElement("w:p")
    layout = OxmlElement("w:pPr")
    layout.append(_element("w:spacing", {"w:before": "20", "w:after": "20"}))
    layout.append(_element("w:jc", {"w:val": align}))
    paragraph.append(layout)
    if merge != "continue":
        paragraph.append(_run(text, HEAD_FACE if strong else BODY_FACE))
    tc.append(paragraph)
    return tc


def _run(text: str, face: str) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.append(_element("w:rFonts", {"w:ascii": LATIN_FACE, "w:hAnsi": LATIN_FACE, "w:eastAsia": face}))
    properties.append(_element("w:sz", {"w:val": _HALF_POINTS}))
    run.append(properties)
    part = OxmlElement("w:t")
    part.set(qn("xml:space"), "preserve")
    part.text = printable(text)
    run.append(part)
    return run


def printable(text: str) -> str:
    """Without the control characters XML cannot hold."""
    return "".join(c for c in text if (c >= " " or c in "\t\n") and c not in "\ufffe\uffff")


def _element(tag: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
