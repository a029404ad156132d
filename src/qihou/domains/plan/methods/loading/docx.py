"""Word files: paragraphs and tables in reading order, read from the parts themselves without following anything outside."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ..document import Document
from ..errors import UnableToRead
from .guards import checked_zip, read_part
from .linear import Builder

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"


def load_docx(data: bytes, name: str) -> Document:
    """Raises:
    UnableToRead: damaged, a bomb, or no Word document.
    """
    archive = checked_zip(data, name)
    if _BODY not in archive.namelist():
        raise UnableToRead(
            f"“{name}”不是 Word 文档(.docx)。可以导入 txt、html、docx 和带文字的 pdf。",
            f"“{name}” is no Word document. Text, HTML, DOCX and PDF with text can be read.",
        )
    content = read_part(archive, _BODY, name)
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise UnableToRead(
            f"文件“{name}”含有外部实体，已拒绝。", f"The file “{name}” declares entities and was refused."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise UnableToRead(
            f"文件“{name}”的正文已损坏。", f"The body of “{name}” is damaged.", line=problem.lineno
        ) from problem
    builder = Builder(name, "docx")
    body = root.find(f"{_W}body")
    _blocks(body if body is not None else root, builder, Numbering(archive, name), Styles(archive, name))
    return builder.document


class Styles:
    """Which paragraph styles are headings, and of what level (1 the outermost)."""

    def __init__(self, archive: Any, name: str) -> None:
        self._levels: dict[str, int] = {}
        if "word/styles.xml" not in archive.namelist():
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(read_part(archive, "word/styles.xml", name), parser)
        except etree.XMLSyntaxError:
            return
        for style in root.iter(f"{_W}style"):
            label = style.find(f"{_W}name")
            named = re.fullmatch(r"heading (\d)", (label.get(f"{_W}val", "") if label is not None else "").lower())
            depth = _value(style.find(f"{_W}pPr/{_W}outlineLvl"), 9)
            if named or depth < 9:
                self._levels[style.get(f"{_W}styleId", "")] = int(named[1]) if named else depth + 1

    def level(self, paragraph: Any) -> int | None:
        depth = _value(paragraph.find(f"{_W}pPr/{_W}outlineLvl"), 9)
        if depth < 9:
            return depth + 1
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._levels.get(style.get(f"{_W}val", "")) if style is not None else None


class Numbering:
    """Automatic numbers of paragraphs are part of what a reader sees; only 第X章-like and 一、-like ones are rebuilt."""

    def __init__(self, archive: Any, name: str) -> None:
        self._formats: dict[tuple[str, int], tuple[str, str]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if "word/numbering.xml" not in archive.namelist():
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(read_part(archive, "word/numbering.xml", name), parser)
        except etree.XMLSyntaxError:
            return
        abstract = {a.get(f"{_W}abstractNumId"): a for a in root.iter(f"{_W}abstractNum")}
        for num in root.iter(f"{_W}num"):
            link = num.find(f"{_W}abstractNumId")
            source = abstract.get(link.get(f"{_W}val")) if link is not None else None
            for level in source.iter(f"{_W}lvl") if source is not None else ():
                fmt, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
                if fmt is not None and text is not None:
                    key = (num.get(f"{_W}numId", ""), _depth(level))
                    self._formats[key] = (fmt.get(f"{_W}val", ""), text.get(f"{_W}val", ""))

    def label(self, paragraph: Any) -> str:
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        if found is None:
            return ""
        num, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
        identity = num.get(f"{_W}val", "") if num is not None else ""
        depth_text = level.get(f"{_W}val", "0") if level is not None else "0"
        depth = int(depth_text) if re.fullmatch(r"[0-9]{1,2}", depth_text) else 0
        fmt = self._formats.get((identity, depth))
        if fmt is None or fmt[0] in ("bullet", "none"):
            return ""
        count = self._counts.get((identity, depth), 0) + 1
        self._counts[identity, depth] = count
        for key in [k for k in self._counts if k[0] == identity and k[1] > depth]:
            del self._counts[key]
        return fmt[1].replace(f"%{depth + 1}", _number(count, fmt[0])) if fmt[1].count("%") == 1 else ""


def _number(value: int, fmt: str) -> str:
    if "chinese" in fmt.lower() or "japanese" in fmt.lower() or fmt == "ideographTraditional":
        digits = "零一二三四五六七八九"
        if value < 10:
            return digits[value]
        if value < 100:
            tens, ones = divmod(value, 10)
            return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
    return str(value)


def _blocks(parent: Any, builder: Builder, numbering: Numbering, styles: Styles) -> None:
    for element in parent:
        tag = element.tag
        if tag == f"{_W}p":
            added = builder.add(numbering.label(element) + _text(element))
            level = styles.level(element)
            if added and level is not None:
                builder.document.marked[added[0]] = level
            for box in element.iter(f"{_W}txbxContent"):
                if not _is_copy(box) and next(box.iterancestors(f"{_W}p")) is element:
                    _blocks(box, builder, numbering, styles)
        elif tag == f"{_W}tbl" and (box := _only_cell(element)) is not None:
            _blocks(box, builder, numbering, styles)
        elif tag == f"{_W}tbl":
            builder.add_table(_places(element, numbering))
        elif tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            _blocks(element, builder, numbering, styles)


def _is_copy(element: Any) -> bool:
    """Word writes a text box twice, the second time for older programs."""
    return any(etree.QName(a).localname == "Fallback" for a in element.iterancestors())


def _only_cell(table: Any) -> Any:
    """The cell of a table that only draws a frame around other content."""
    cells = [c for row in table.findall(f"{_W}tr") for c in row.findall(f"{_W}tc")]
    return cells[0] if len(cells) == 1 and len(list(cells[0])) > 1 else None


def _text(paragraph: Any) -> str:
    """The paragraph's own text as it stands; what tracked changes deleted and what text boxes hold is left out."""
    out = []
    for node in paragraph.iter():
        if node is not paragraph and next(node.iterancestors(f"{_W}p")) is not paragraph:
            continue
        if node.tag == f"{_W}t":
            if not any(a.tag == f"{_W}del" for a in node.iterancestors(f"{_W}del")):
                out.append(node.text or "")
        elif node.tag == f"{_W}tab":
            out.append("\t" if node.getparent().tag == f"{_W}r" else "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            out.append("\n")
    return "".join(out)


def _cell_text(cell: Any, numbering: Numbering) -> str:
    parts = []
    for paragraph in cell.iter(f"{_W}p"):
        if _is_copy(paragraph):
            continue
        parts.append(numbering.label(paragraph) + _text(paragraph))
    return "\n".join(p.strip() for p in parts if p.strip())


def _places(table: Any, numbering: Numbering) -> list[list[tuple[int, str] | None]]:
    rows: list[list[tuple[int, str] | None]] = []
    above: dict[int, tuple[int, str]] = {}
    identity = 0
    for tr in table.iter(f"{_W}tr"):
        if next(tr.iterancestors(f"{_W}tbl")) is not table:
            continue
        row: list[tuple[int, str] | None] = [None] * min(60, _value(tr.find(f"{_W}trPr/{_W}gridBefore"), 0))
        now: dict[int, tuple[int, str]] = {}
        for tc in _cells(tr):
            span = max(1, min(60, _value(tc.find(f"{_W}tcPr/{_W}gridSpan"), 1)))
            merge = tc.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            value = above.get(len(row)) if goes_on else None
            if value is None:
                identity += 1
                value = (identity, _cell_text(tc, numbering))
            for _ in range(span):
                if merge is not None:
                    now[len(row)] = value
                row.append(value)
        above = now
        rows.append(row)
    return rows


def _cells(tr: Any) -> list[Any]:
    cells = []
    for child in tr:
        if child.tag == f"{_W}tc":
            cells.append(child)
        elif child.tag in (f"{_W}sdt", f"{_W}customXml"):
            cells += list(child.iter(f"{_W}tc"))
    return cells


def _depth(level: Any) -> int:
    text = level.get(f"{_W}ilvl", "0")
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0


def _value(element: Any, default: int) -> int:
    text = element.get(f"{_W}val", "") if element is not None else ""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else default
