"""Bar charts as Office draws them itself (DrawingML): sharp at any size, in the reader's fonts, with the numbers behind them.

ECMA-376 part 1, clause 21.2. The numbers are kept twice, as the format wants it: in the chart for showing, and in a small
workbook inside the file that opens when somebody edits the chart.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from qihou.domains.inventory.methods.report import parts
from qihou.domains.inventory.methods.report.word.style import LATIN, printable

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The last year in the hills' green; one before it paler.
_COLOURS = {1: ("1F6B52",), 2: ("A9C4B8", "1F6B52")}
_WIDTH_CM, _ROW_CM, _REST_CM = 15.6, 0.85, 2.2
_FACE = f'<a:latin typeface="{LATIN}"/><a:ea typeface="宋体"/>'


def add_chart(document: Any, bars: parts.Bars, number: int) -> None:
    """The chart as a paragraph of its own, as high as its bars need."""
    package = document.part.package
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", package)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET, _workbook(bars), package)
    chart._blob = _xml(bars, chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)).encode()
    relation = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    height = Cm(_REST_CM + _ROW_CM * len(bars.names) * (1.4 if len(bars.series) > 1 else 1))
    paragraph = document.add_paragraph()
    paragraph.alignment = 1
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run()._r.append(parse_xml(_inline(relation, bars.title, number, Cm(_WIDTH_CM), height)))


def _workbook(bars: parts.Bars) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append([bars.unit, *(name for name, _ in bars.series)])
    for place, name in enumerate(bars.names):
        sheet.append([printable(name), *(values[place] for _, values in bars.series)])
    for row in sheet.iter_rows(max_col=1):
        row[0].data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _xml(bars: parts.Bars, workbook: str) -> str:
    colours = _COLOURS.get(len(bars.series), ("1F6B52",) * len(bars.series))
    series = "".join(_series(bars, place, colours[place]) for place in range(len(bars.series)))
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(bars.series) > 1 else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_line("7A8782")}{_text()}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        f'<c:majorGridlines>{_line("DFE5E3")}</c:majorGridlines>{_title(bars.unit)}<c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_text()}'
        '<c:crossAx val="1"/><c:crosses val="max"/></c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(bars: parts.Bars, place: int, colour: str) -> str:
    name, values = bars.series[place]
    letter, last = get_column_letter(place + 2), len(bars.names) + 1
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    names = "".join(f'<c:pt idx="{n}"><c:v>{_safe(one)}</c:v></c:pt>' for n, one in enumerate(bars.names))
    count = f'<c:ptCount val="{len(bars.names)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{_safe(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_text()}<c:dLblPos val="outEnd"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache><c:formatCode>General</c:formatCode>'
        f'{count}{points}</c:numCache></c:numRef></c:val></c:ser>'
    )  # fmt: skip


def _line(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'


def _text() -> str:
    return f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{_FACE}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _title(text: str) -> str:
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="0">{_FACE}</a:defRPr></a:pPr>'
        f'<a:r><a:rPr lang="zh-CN" sz="900" b="0">{_FACE}</a:rPr><a:t>{_safe(text)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def _inline(relation: str, title: str, number: int, width: int, height: int) -> str:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    return (
        f'<w:drawing xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{_A}" xmlns:r="{_R}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}" descr="{escape(printable(title), {chr(34): "&quot;"})}"/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _safe(text: str) -> str:
    return escape(printable(text))
