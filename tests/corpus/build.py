"""Makes the Word and PDF documents of the corpus from their ``content.json``, so that no binary is kept in the repository.

A content file lists blocks in reading order: ``{"h": level, "t": text}`` a heading, ``{"p": text}`` a paragraph,
``{"list": text}`` one numbered by Word itself, ``{"level": n, "t": text}`` one on level ``n`` of a list whose printed
forms stand in ``levels``, ``{"box": [text, …]}`` a text box, ``{"xml": text}`` Word's own XML, ``note`` a footnote,
``{"rows": [[cell, …], …]}`` a table, with ``merge`` (``[first row, first column, last row, last column]``) for Word
and ``repeat_head`` for PDF, whose pages carry ``running`` as their head. Run as a script to write every document beside a given folder:
``python tests/corpus/build.py OUT``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

CORPUS = Path(__file__).parent
FONT = "STSong-Light"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def documents() -> list[Path]:
    """Every folder of the corpus, in order."""
    return sorted(p.parent for p in CORPUS.glob("*/expected.json"))


def document_file(folder: Path, out: Path) -> Path:
    """The document of a folder: the text as kept, or the Word or PDF file made into ``out``."""
    content = folder / "content.json"
    if not content.exists():
        return next(p for p in sorted(folder.iterdir()) if p.name.startswith("plan."))
    spec = json.loads(content.read_text(encoding="utf-8"))
    path = out / f"{folder.name}.{spec['as']}"
    if spec["as"] == "docx":
        make_docx(spec, path)
    else:
        make_pdf(spec, path)
    return path


def _raw(xml: str) -> Any:
    """One element of Word's own XML, its name spaces added to its first tag."""
    tag, rest = xml[: xml.index(">")], xml[xml.index(">") :]
    spaces = nsdecls("w", "wp", "a") + f' xmlns:wps="{SHAPES}" xmlns:v="urn:schemas-microsoft-com:vml"'
    return parse_xml(f"{tag} {spaces}{rest}")


def _text_box(paragraphs: list[str]) -> str:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def _number_by_levels(word: Any, spec: dict[str, Any]) -> None:
    """One list of several levels (``第%1章``, ``（%2）``, …) under the number 99."""
    if "levels" not in spec:
        return
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (text, how) in enumerate(zip(spec["levels"], spec["formats"], strict=True))
    )
    numbering = word.part.numbering_part.element
    numbering.insert(0, _raw(f'<w:abstractNum w:abstractNumId="99">{levels}</w:abstractNum>'))
    numbering.append(_raw('<w:num w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))


def _footnotes(word: Any, notes: list[str]) -> None:
    """The part that holds the footnotes, numbered from 2 as Word does behind its two separators."""
    inner = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for n, text in enumerate(notes, start=2)
    )
    xml = f"<w:footnotes {nsdecls('w')}>{inner}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), f"{WORD}.footnotes+xml", xml.encode(), word.part.package)
    word.part.relate_to(part, RELATION)


def make_docx(spec: dict[str, Any], path: Path) -> None:
    word = docx.Document()
    _number_by_levels(word, spec)
    notes: list[str] = []
    for block in spec["blocks"]:
        if "h" in block:
            word.add_heading(block["t"], level=block["h"])
        elif "p" in block or "level" in block:
            paragraph = word.add_paragraph(block["p"] if "p" in block else block["t"])
            if "level" in block:
                numbered = f'<w:numPr><w:ilvl w:val="{block["level"]}"/><w:numId w:val="99"/></w:numPr>'
                paragraph._p.insert(0, _raw(f"<w:pPr>{numbered}</w:pPr>"))
            if "note" in block:
                notes.append(block["note"])
                paragraph._p.append(_raw(f'<w:r><w:footnoteReference w:id="{len(notes) + 1}"/></w:r>'))
        elif "list" in block:
            word.add_paragraph(block["list"], style="List Number")
        elif "box" in block:
            word.add_paragraph()._p.append(_raw(_text_box(block["box"])))
        elif "xml" in block:
            word.element.body.insert_element_before(_raw(block["xml"]), "w:sectPr")
        else:
            rows = block["rows"]
            table = word.add_table(len(rows), len(rows[0]), style="Table Grid")
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text
            for r1, c1, r2, c2 in block.get("merge", []):
                text = table.cell(r1, c1).text
                table.cell(r1, c1).merge(table.cell(r2, c2)).text = text
    if notes:
        _footnotes(word, notes)
    word.save(str(path))


def make_pdf(spec: dict[str, Any], path: Path) -> None:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=10, leading=16, wordWrap="CJK", firstLineIndent=20)
    head = ParagraphStyle("head", fontName=FONT, fontSize=13, leading=24, wordWrap="CJK")
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    flow: list[Flowable] = []
    for block in spec["blocks"]:
        if "h" in block:
            flow.append(Paragraph(block["t"], head))
        elif "p" in block:
            flow.append(Paragraph(block["p"], body))
        else:
            rows = [[Paragraph(text, cell) for text in row] for row in block["rows"]]
            widths = spec.get("widths", {}).get(str(len(block["rows"][0])))
            style = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
            if spec["ruled"]:
                style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
            table = Table(rows, colWidths=widths, repeatRows=1 if block.get("repeat_head") else 0)
            table.setStyle(TableStyle(style))
            flow += [Spacer(1, 6), table, Spacer(1, 8)]

    def number(canvas: Any, template: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, spec.get("running", ""))
        canvas.drawCentredString(A4[0] / 2, 30, f"- {template.page} -")

    SimpleDocTemplate(str(path), pagesize=A4).build(flow, onFirstPage=number, onLaterPages=number)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for one in documents():
        print(document_file(one, target))
