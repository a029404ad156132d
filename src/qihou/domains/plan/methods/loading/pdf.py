"""PDF files with a text layer: lines of each page from top to bottom, ruled tables as grids."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFException

from ..document import Document
from ..errors import UnableToRead
from .guards import check_streams
from .linear import Builder

_MOST_PAGES = 600


def width(text: str) -> int:
    """Display columns: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def load_pdf(data: bytes, name: str) -> Document:
    """Raises:
    UnableToRead: damaged, protected, or scanned without text.
    """
    check_streams(data, name)
    builder = Builder(name, "pdf")
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise UnableToRead(
                    f"“{name}”超过 {_MOST_PAGES} 页的上限。", f"“{name}” has more than {_MOST_PAGES} pages."
                )
            for page in pdf.pages:
                builder.page = page.page_number
                _page(page, builder)
                page.close()
            scanned = bool(pdf.pages) and not any(line.text.strip() for line in builder.document.lines)
    except UnableToRead:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as problem:
        raise UnableToRead(f"文件“{name}”有密码保护。", f"The file “{name}” is protected by a password.") from problem
    except _DAMAGE as problem:
        raise UnableToRead(
            f"PDF 文件“{name}”已损坏，打不开。", f"The PDF “{name}” is damaged and cannot be opened."
        ) from problem
    if scanned:
        raise UnableToRead(
            f"PDF 文件“{name}”是扫描图像，没有文字层；请先做文字识别再导入。",
            f"The PDF “{name}” is a scanned image without a text layer; run text recognition first.",
            line=1,
        )
    return builder.document


_DAMAGE = (
    PDFException,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    ArithmeticError,
    OSError,
    NotImplementedError,
    pdfplumber.utils.exceptions.PdfminerException,
    pdfplumber.utils.exceptions.MalformedPDFException,
)


def _page(page: Any, builder: Builder) -> None:
    tables = [t for t in page.find_tables() if t.rows and max(len(r.cells) for r in t.rows) > 2]
    tables.sort(key=lambda t: t.bbox[1])
    top = 0.0
    for table in tables:
        _text_between(page, top, table.bbox[1], builder)
        _table(table, builder)
        top = max(top, table.bbox[3])
    _text_between(page, top, float(page.height), builder)


def _text_between(page: Any, top: float, bottom: float, builder: Builder) -> None:
    x0, y0, x1, y1 = page.bbox
    top, bottom = max(top, y0), min(bottom, y1)
    if bottom - top < 2:
        return
    for line in _lines(page.crop((x0, top, x1, bottom))):
        builder.add(line)


def _lines(area: Any) -> list[str]:
    """Words on one height make a line; a wide gap between them becomes blanks, so that columns without rules stay apart."""
    words = area.extract_words(x_tolerance=2, y_tolerance=3, keep_blank_chars=False, use_text_flow=False)
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda w: (round(w["bottom"]), w["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= 3:
            rows[-1].append(word)
        else:
            rows.append([word])
    margin = min((w["x0"] for w in words), default=0.0)
    return [_line(sorted(row, key=lambda w: float(w["x0"])), margin) for row in rows]


def _line(row: list[Any], margin: float) -> str:
    text = ""
    for word in row:
        if not text:
            text = " " * round((word["x0"] - margin) / (_size(word) / 2)) + word["text"]
            last = word
            continue
        gap = word["x0"] - last["x1"]
        if gap > 0.9 * _size(last):
            place = round((word["x0"] - margin) / (_size(word) / 2))
            text += " " * max(2, place - width(text))
        elif gap > 0.15 * _size(last) and text[-1].isascii() and word["text"][0].isascii():
            text += " "
        text += word["text"]
        last = word
    return text


def _size(word: Any) -> float:
    return max(4.0, float(word["bottom"]) - float(word["top"]))


def _table(table: Any, builder: Builder) -> None:
    """pdfplumber gives None in places a merged cell covers: to the right inside a row, below in a column."""
    texts = table.extract(x_tolerance=2, y_tolerance=3)
    rows = table.rows
    boxes = [list(row.cells) for row in rows]
    places: list[list[tuple[int, str] | None]] = []
    identity = 0
    for r, row in enumerate(texts):
        out: list[tuple[int, str] | None] = []
        for c, text in enumerate(row):
            if text is not None:
                identity += 1
                out.append((identity, _cell(text)))
                continue
            out.append(_covering(boxes, places, out, r, c))
        places.append(out)
    builder.add_table(places)


def _covering(
    boxes: list[list[Any]],
    places: list[list[tuple[int, str] | None]],
    row: list[tuple[int, str] | None],
    r: int,
    c: int,
) -> tuple[int, str] | None:
    """The merged cell over a place: from above when its box reaches down here, else from the left."""
    middle = _middle(boxes, r)
    for up in range(r - 1, -1, -1):
        box = boxes[up][c] if c < len(boxes[up]) else None
        if box is not None:
            if middle is not None and box[1] <= middle <= box[3]:
                return places[up][c]
            break
    left = next((k for k in range(c - 1, -1, -1) if k < len(boxes[r]) and boxes[r][k] is not None), None)
    return row[left] if left is not None else None


def _middle(boxes: list[list[Any]], r: int) -> float | None:
    heights = [(b[1], b[3]) for b in boxes[r] if b is not None]
    return min(((top + bottom) / 2 for top, bottom in heights), default=None)


def _cell(text: str) -> str:
    """Lines of one cell; a Latin word or number keeps its blank."""
    return "\n".join(part.strip() for part in text.split("\n") if part.strip())
