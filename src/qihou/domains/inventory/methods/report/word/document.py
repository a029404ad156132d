"""A report written as a Word file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn

from qihou.domains.inventory.methods.report.parts import Bars, Chapter, Heading, Paragraph, Part, Report, Table
from qihou.domains.inventory.methods.report.word.chart import add_chart
from qihou.domains.inventory.methods.report.word.style import (
    BODY,
    CAPTION,
    CHAPTER,
    COVER,
    MARK,
    QUIET,
    SECTION,
    TITLE,
    element,
    field,
    paragraph,
    printable,
    run,
    set_up,
)
from qihou.domains.inventory.methods.report.word.table import add_table

_NUMERALS = "一二三四五六七八九十"


def written(report: Report) -> bytes:
    """The file's bytes."""
    document = Document()
    set_up(document)
    about = document.core_properties
    about.title, about.author, about.subject = printable(f"{report.district} {report.year} {report.title}"), "", ""
    _cover(document, report)
    _contents(document, report)
    _head_and_foot(document, report)
    numbers = {"figure": 0, "table": 0}
    for place, chapter in enumerate(report.chapters):
        _chapter(document, report, place, chapter, numbers)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def chapter_name(report: Report, place: int) -> str:
    """The chapter's number and title: 一、总论; 1 Overview."""
    title = report.chapters[place].title
    return f"{place + 1} {title}" if report.language.startswith("en") else f"{_NUMERALS[place]}、{title}"


def _section_name(report: Report, chapter: int, place: int, title: str) -> str:
    if report.language.startswith("en"):
        return f"{chapter + 1}.{place} {title}"
    return f"（{_NUMERALS[place - 1] if place <= len(_NUMERALS) else place}）{title}"


def _cover(document: Any, report: Report) -> None:
    paragraph(document, "", COVER, before=110)
    paragraph(document, report.district, COVER, centred=True, after=10)
    paragraph(document, report.year, TITLE, centred=True, after=6)
    paragraph(document, report.title, TITLE, centred=True, after=40)
    for mark in report.marks:
        paragraph(document, mark, MARK, centred=True, after=8)
    paragraph(document, "", COVER, before=120)
    for line in report.cover:
        paragraph(document, line, COVER, centred=True, after=6)
    _new_page(document)


def _contents(document: Any, report: Report) -> None:
    """The chapters as links, inside a field that Word fills with page numbers when it opens the file."""
    paragraph(document, report.contents_word, CHAPTER, centred=True, after=12)
    for place in range(len(report.chapters)):
        line = paragraph(document, "", BODY, after=6)
        if place == 0:
            _field_mark(line, "begin")
            _instruction(line)
            _field_mark(line, "separate")
        link = element("w:hyperlink", {"w:anchor": f"chapter{place + 1}"})
        link.append(run(line, chapter_name(report, place), BODY)._r)
        line._p.append(link)
        if place == len(report.chapters) - 1:
            _field_mark(line, "end")
    _new_page(document)


def _field_mark(line: Any, kind: str) -> None:
    marks = {"w:fldCharType": kind} | ({"w:dirty": "true"} if kind == "begin" else {})
    line._p.append(element("w:r", None, element("w:fldChar", marks)))


def _instruction(line: Any) -> None:
    text = element("w:instrText", {"xml:space": "preserve"})
    text.text = ' TOC \\o "1-2" \\h \\z '
    line._p.append(element("w:r", None, text))


def _head_and_foot(document: Any, report: Report) -> None:
    """The marks on every page but the cover, which has them larger; page numbers as official documents write them."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = 1
    space = " " if report.language.startswith("en") else ""
    run(head, "　".join((space.join((report.district, report.year, report.title)), *report.marks)), QUIET)
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    run(foot, "— ", QUIET)
    field(foot, " PAGE ", "1")
    run(foot, " —", QUIET)


def _chapter(document: Any, report: Report, place: int, chapter: Chapter, numbers: dict[str, int]) -> None:
    head = paragraph(document, chapter_name(report, place), CHAPTER, style="Heading 1", before=16, after=8, keep=True)
    start = element("w:bookmarkStart", {"w:id": str(place + 1), "w:name": f"chapter{place + 1}"})
    head._p.insert(1 if head._p.find(qn("w:pPr")) is not None else 0, start)
    head._p.append(element("w:bookmarkEnd", {"w:id": str(place + 1)}))
    sections = 0
    for part in chapter.parts:
        if isinstance(part, Heading):
            sections += 1
            name = _section_name(report, place, sections, part.text)
            paragraph(document, name, SECTION, style="Heading 2", before=10, after=4, keep=True)
        else:
            _part(document, report, part, numbers)


def _part(document: Any, report: Report, part: Part, numbers: dict[str, int]) -> None:
    match part:
        case Paragraph():
            face = QUIET if part.quiet else BODY
            paragraph(document, part.text, face, indented=not part.quiet)
        case Table():
            numbers["table"] += 1
            title = f"{report.table_word}{numbers['table']}　{part.title}"
            paragraph(document, title, CAPTION, centred=True, before=8, keep=True)
            add_table(document, part)
            for note in part.notes:
                paragraph(document, note, QUIET, before=2)
            paragraph(document, "", QUIET, after=2)
        case Bars():
            numbers["figure"] += 1
            add_chart(document, part, numbers["figure"])
            title = f"{report.figure_word}{numbers['figure']}　{part.title}"
            paragraph(document, title, CAPTION, centred=True, after=10)
        case Heading():
            raise AssertionError("sections are numbered with their chapter")


def _new_page(document: Any) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
