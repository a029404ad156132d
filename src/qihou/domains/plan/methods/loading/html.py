"""Web pages: visible text in blocks, tables with their spans; scripts, styles and hidden parts left out."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from ..document import Document
from ..errors import UnableToRead
from .linear import Builder
from .text import decode

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
        "br",
        "caption",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "button",
        "textarea",
        "input",
        "video",
        "audio",
        "canvas",
    ]
)
_MOST_DEPTH = 200
_MOST_SPAN = 60
_MOST_PLACES = 200_000
_FEWEST_ROWS = 2
_FEWEST_CELLS = 3
_LONGEST_GROUP = 60  # letters in a row that only names the rows under it


def looks_like_html(head: bytes) -> bool:
    return bool(
        re.match(rb"(?is)^<(!doctype\s+html|html|head|body|\?xml|table|div|meta|p\b)", head.replace(b"\x00", b""))
    )


def load_html(data: bytes, name: str) -> Document:
    """Raises:
    UnableToRead: no page can be made out.
    """
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _declared(data, name))
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as problem:
        raise UnableToRead(f"网页“{name}”无法解析。", f"The page “{name}” cannot be parsed.", line=1) from problem
    builder = Builder(name, "html")
    body = root.find("body")
    _Walk(builder).block(body if body is not None else root, 0)
    return builder.document


def _declared(data: bytes, name: str) -> str:
    found = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", data[:4096])
    if found and found[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        text = data.decode("gb18030", errors="replace")
        if text.count("\ufffd") < 0.02 * len(text):
            return text
    return decode(data, name)


def _hidden(element: Any) -> bool:
    style = re.sub(r"\s", "", element.get("style", "")).lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


class _Walk:
    """Depth-first through the page, gathering inline text into lines."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.current = ""

    def flush(self) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", self.current).replace("\u200b", "").strip(" ")
        self.current = ""
        if text:
            self.builder.add(text)

    def block(self, element: Any, depth: int) -> None:
        self.flush()
        self._inside(element, depth)
        self.flush()

    def _inside(self, element: Any, depth: int) -> None:
        self.current += element.text or ""
        for child in element:
            self._child(child, depth)
            self.current += child.tail or ""

    def _child(self, child: Any, depth: int) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or tag in _SKIPPED or _hidden(child):
            return
        if depth > _MOST_DEPTH:
            self.current += " ".join(child.itertext())
        elif tag == "table" and not _is_layout(child):
            self.flush()
            self._table(child)
        elif tag == "br":
            self.flush()
        elif tag in _BLOCKS and (rows := _block_rows(child)) is not None:
            self.flush()
            self.builder.add_table(places_of(rows))
        elif tag in _BLOCKS:
            self.block(child, depth + 1)
            if re.fullmatch(r"h[2-6]", tag) and (lines := self.builder.document.lines):
                self.builder.document.marked[lines[-1].number] = int(tag[1])
        else:
            self._inside(child, depth + 1)

    def _table(self, table: Any) -> None:
        caption = table.find("caption")
        if caption is not None:
            self.builder.add(cell_text(caption))
        self.builder.add_table(places_of(_rows(table)))


def _is_layout(table: Any) -> bool:
    """A table that only arranges the page: it holds other tables, or one big cell."""
    if table.xpath(".//table"):
        return True
    rows = _rows(table)
    if len(rows) == 1 and len(rows[0]) == 1 and _span(rows[0][0], "colspan") > 1:
        return len(rows[0][0].text_content().strip()) > _LONGEST_GROUP
    return max((len(r) for r in rows), default=0) <= 1


def _block_rows(element: Any) -> list[list[Any]] | None:
    """Rows of cells made of plain blocks: every child holds the same number of blocks, three at least, and no text."""
    children = [c for c in element if isinstance(c.tag, str)]
    if len(children) < _FEWEST_ROWS or element.xpath(".//table") or not _textless(element, children):
        return None
    rows = [[c for c in child if isinstance(c.tag, str)] for child in children]
    width = len(rows[0])
    alike = width >= _FEWEST_CELLS and all(
        len(row) == width and _textless(child, row) and all(c.tag in _BLOCKS for c in row)
        for child, row in zip(children, rows, strict=True)
    )
    return rows if alike and not any(_hidden(c) for row in [children, *rows] for c in row) else None


def _textless(element: Any, children: list[Any]) -> bool:
    return not (element.text or "").strip() and not any((c.tail or "").strip() for c in children)


def _rows(table: Any) -> list[list[Any]]:
    return [[c for c in tr if c.tag in ("td", "th")] for tr in table.iter("tr")]


def _span(cell: Any, name: str) -> int:
    try:
        return max(1, min(_MOST_SPAN if name == "colspan" else 2000, int(cell.get(name, "1").strip() or 1)))
    except ValueError:
        return 1


def places_of(rows: list[list[Any]]) -> list[list[tuple[int, str] | None]]:
    """Each cell in every place its rowspan and colspan cover."""
    grid: list[dict[int, tuple[int, str]]] = [{} for _ in rows]
    places = 0
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while c in grid[r]:
                c += 1
            value = (id(cell), cell_text(cell))
            wide = _span(cell, "colspan")
            deep = min(_span(cell, "rowspan"), len(rows) - r)
            places += wide * deep
            if places > _MOST_PLACES:
                raise UnableToRead(
                    "网页里有一张表合并的单元格过多，无法展开；请另存为 Word 再导入。",
                    "A table of the page merges too many cells to be laid out; save it as Word and import that.",
                )
            for down in range(deep):
                for right in range(wide):
                    grid[r + down].setdefault(c + right, value)
            c += wide
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(c) for c in range(width)] for row in grid]


def cell_text(cell: Any) -> str:
    """The text of a cell, one line per block inside it."""
    builder = Builder("", "cell")
    walk = _Walk(builder)
    walk.block(cell, _MOST_DEPTH - 40)
    return "\n".join(line.text for line in builder.document.lines if line.text.strip())
