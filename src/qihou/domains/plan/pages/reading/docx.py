"""The register as a Word file laid out as a plan's annex: indicator table, project list, division of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "仿宋"
HEAD_FONT = "黑体"


@dataclass(frozen=True)
class Sheet:
    """One table of the annex. ``widths`` are in cm; ``numeric`` columns are right-aligned; columns in ``merged``
    print equal neighbours once, in one tall cell, as a plan's annex does."""

    title: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    notes: Sequence[str] = field(default_factory=tuple)


def annex(title: str, lede: str, sheets: Iterable[Sheet]) -> bytes:
    """The file's bytes: A4 landscape, table heads repeated on every page."""
    document = Document()
    _page_setup(document)
    _paragraph(document, title, size=18, bold=True, centred=True)
    _paragraph(document, lede, size=9)
    for n, sheet in enumerate(sheets, 1):
        _paragraph(document, f"{_('附表')}{n} {sheet.title}", size=14, bold=True, before=12 if n > 1 else 0)
        _table(document, sheet)
        for note in sheet.notes:
            _paragraph(document, note, size=9)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page_setup(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.6)
    section.top_margin = section.bottom_margin = Cm(1.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


def _paragraph(
    document: Any, text: str, *, size: int, bold: bool = False, centred: bool = False, before: int = 0
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(4)
    paragraph.alignment = 1 if centred else 0
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if bold:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEAD_FONT)


def _table(document: Any, sheet: Sheet) -> None:
    table = document.add_table(rows=0, cols=len(sheet.heads))
    table.style = "Table Grid"
    table.autofit = False
    body = table._tbl
    body.append(_row(sheet.heads, sheet, head=True))
    above: Sequence[str] = ()
    for row in sheet.rows:
        body.append(_row(row, sheet, above=above))
        above = row


def _row(cells: Sequence[str], sheet: Sheet, *, head: bool = False, above: Sequence[str] = ()) -> Any:
    """Rows are made as XML: python-docx's own cells cost time quadratic in the number of rows."""
    tr = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    tr.append(properties)
    same = True  # a cell is merged upwards only while every merged column left of it is merged too
    for i, text in enumerate(cells):
        merge = ""
        if not head and i in sheet.merged and text:
            same = same and bool(above) and above[i] == text
            merge = "continue" if same else "restart"
        tr.append(_cell(text, sheet.widths[i], head=head, right=i in sheet.numeric, merge=merge))
    return tr


def _cell(text: str, width_cm: float, *, head: bool, right: bool, merge: str) -> Any:
    tc = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", {"w:w": str(round(width_cm * 567)), "w:type": "dxa"}))
    if merge:
        properties.append(_element("w:vMerge", {"w:val": merge}))
    if head:
        properties.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EEF2F0"}))
    properties.append(_element("w:vAlign", {"w:val": "center"}))
    tc.append(properties)
    paragraph = OxmlElement("w:p")
    layout = OxmlElement("w:pPr")
    layout.append(_element("w:spacing", {"w:before": "20", "w:after": "20"}))
    layout.append(_element("w:jc", {"w:val": "center" if head else "right" if right else "left"}))
    paragraph.append(layout)
    if merge != "continue":
        paragraph.append(_run(text, bold=head))
    tc.append(paragraph)
    return tc


def _run(text: str, *, bold: bool) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if bold:
        properties.append(OxmlElement("w:b"))
    properties.append(_element("w:sz", {"w:val": "18"}))
    run.append(properties)
    part = OxmlElement("w:t")
    part.set(qn("xml:space"), "preserve")
    part.text = "".join(c for c in text if c >= " " or c in "\t\n")
    run.append(part)
    return run


def _element(tag: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
