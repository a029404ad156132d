"""Page, faces and sizes, after the habit of official documents (GB/T 9704-2012: 仿宋 for the text, 黑体 and 楷体 for heads).

The faces are named, not embedded: a machine without them shows its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

LATIN = "Times New Roman"
# What XML cannot hold; a name typed into a return may carry it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Face:
    east: str
    size: float
    bold: bool = False


TITLE, COVER, MARK = Face("宋体", 26, bold=True), Face("楷体", 16), Face("黑体", 14, bold=True)
CHAPTER, SECTION, BODY = Face("黑体", 16), Face("楷体", 14, bold=True), Face("仿宋", 12)
CAPTION, QUIET, SMALL = Face("黑体", 10.5), Face("仿宋", 9), Face("宋体", 9)


def set_up(document: Any) -> None:
    """A4 upright with the margins of an official document, and the styles the contents are made from."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.6)
    section.left_margin, section.right_margin = Cm(2.2), Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(BODY.size)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY.east)
    # Without the language a reader may take the faces of another script's punctuation.
    normal.element.rPr.append(element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    for name, face in (("Heading 1", CHAPTER), ("Heading 2", SECTION)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = LATIN, Pt(face.size), face.bold
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), face.east)
        for colour in style.element.rPr.findall(qn("w:color")):
            colour.getparent().remove(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(6)
        style.paragraph_format.keep_with_next = True


def paragraph(
    document: Any, text: str, face: Face, *, centred: bool = False, before: float = 0, after: float = 4,
    indented: bool = False, keep: bool = False, style: str | None = None,
) -> Any:  # fmt: skip
    """A paragraph in one face. ``indented``: two characters in, as running Chinese text is."""
    made = document.add_paragraph(style=style)
    layout = made.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), keep
    layout.line_spacing = 1.5 if indented else 1.15
    if centred:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        layout.first_line_indent = Pt(2 * face.size)
    run(made, text, face)
    return made


def run(paragraph: Any, text: str, face: Face) -> Any:
    made = paragraph.add_run(printable(text))
    made.font.name, made.font.size, made.font.bold = LATIN, Pt(face.size), face.bold
    made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face.east)
    return made


def printable(text: str) -> str:
    """Without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def element(name: str, attributes: dict[str, str] | None = None, *children: Any) -> Any:
    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    for child in children:
        made.append(child)
    return made


def field(paragraph: Any, instruction: str, shown: str = "", *, dirty: bool = False) -> None:
    """A field that Word works out: a page number, the contents. ``dirty``: Word renews it when the file is opened."""
    for kind in ("begin", "instr", "separate", "shown", "end"):
        made = element("w:r")
        if kind == "instr":
            instr = element("w:instrText", {"xml:space": "preserve"})
            instr.text = instruction
            made.append(instr)
        elif kind == "shown":
            text = element("w:t", {"xml:space": "preserve"})
            text.text = shown
            made.append(text)
        else:
            marks = {"w:fldCharType": kind} | ({"w:dirty": "true"} if dirty and kind == "begin" else {})
            made.append(element("w:fldChar", marks))
        paragraph._p.append(made)
