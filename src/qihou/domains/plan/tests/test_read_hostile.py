"""Small files made to eat the machine, and damaged ones: a register or one sentence, soon."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest

from qihou.domains.plan.methods.errors import UnableToRead
from qihou.domains.plan.methods.read import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture(autouse=True)
def soon():
    begin = time.process_time()
    yield
    assert time.process_time() - begin < 5


def test_columns_before_a_row_without_end():
    row = f'<w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc>{paragraph("甲")}</w:tc></w:tr>'
    read_bytes(docx(f"<w:tbl>{row * 2}</w:tbl>"), "a.docx")


@pytest.mark.parametrize("value", ["x", "²", "-1", ""])
def test_a_level_that_is_no_number(value: str):
    numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    assert read_bytes(docx(paragraph("推进工作", numbered)), "a.docx").lines


def test_a_part_whose_packing_is_damaged():
    whole = bytearray(docx(paragraph("推进工作" * 200)))
    at = whole.find(b"word/document.xml") + len(b"word/document.xml")
    whole[at + 4 : at + 24] = b"\xff" * 20
    with pytest.raises(UnableToRead):
        read_bytes(bytes(whole), "a.docx")


def test_cells_merged_over_the_whole_page():
    page = (
        "<table>" + "<tr><td rowspan=2000 colspan=60>x</td><td rowspan=2000 colspan=60>y</td></tr>" * 600 + "</table>"
    )
    with pytest.raises(UnableToRead):
        read_bytes(page.encode(), "a.html")


def test_one_line_of_the_same_share():
    assert read_bytes(("12%" * 600).encode(), "a.txt").lines


def test_a_pdf_whose_streams_unpack_without_end():
    packed = zlib.compress(b"\0" * 300_000_000, 9)
    with pytest.raises(UnableToRead):
        read_bytes(b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream endobj", "a.pdf")
