"""Files that are wrong in every way we could think of: a register or one clear sentence, never anything else."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qihou.domains.plan.methods.errors import UnableToRead
from qihou.domains.plan.methods.loading import MOST_BYTES, load
from qihou.domains.plan.methods.read import read_path, read_register

PLAN = (
    "某县应对气候变化规划\n序号\n项目名称\n总投资(万元)\n责任单位\n1\n林网\n5160\n县林业局\n2\n清障\n1340\n县水利局\n"
)


def projects(data: bytes, name: str = "plan.txt"):
    return [(p.no, p.name, p.investment, p.leads) for p in read_register(load(data, name)).projects]


TWO = [(1, "林网", 5160, ["县林业局"]), (2, "清障", 1340, ["县水利局"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding, end):
    assert projects(PLAN.replace("\n", end).encode(encoding)) == TWO


def test_mixed_line_ends_keep_line_numbers():
    register = read_register(load(PLAN.replace("\n", "\r\n", 4).encode(), "p.txt"))
    assert register.projects[0].cells["name"].lines == (7,)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.txt"),
        (b"  \n\t\r\n ", "blank.txt"),
        (bytes(range(256)) * 40, "bytes.txt"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 30, "picture.png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old.doc"),
        (b"%PDF-1.7\ngarbage", "broken.pdf"),
        (b"PK\x03\x04 no archive", "broken.docx"),
        (b"<html><body><script>var x = 'only script';</script></body></html>", "script.html"),
    ],
)
def test_no_text_is_said_in_one_sentence(data, name):
    with pytest.raises(UnableToRead) as caught:
        load(data, name)
    assert caught.value.message_zh.endswith("。")
    assert caught.value.message_en.endswith(".")
    assert "\n" not in caught.value.message_zh


def test_too_large_is_refused_before_anything_is_parsed(tmp_path):
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(MOST_BYTES * 4)  # a hole: 200 MB on paper
    with pytest.raises(UnableToRead, match="limit is 50 MB"):
        read_path(file)


def test_missing_file(tmp_path):
    with pytest.raises(UnableToRead, match="cannot be opened"):
        read_path(tmp_path / "none.txt")


def word(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def test_zip_bomb_is_refused():
    with pytest.raises(UnableToRead, match="unpacks to too much"):
        load(word(word__document_xml=b"<a>" + b" " * (210 * 1024 * 1024) + b"</a>"), "bomb.docx")


def test_entities_in_word_are_refused():
    body = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    with pytest.raises(UnableToRead, match="entities"):
        load(word(word__document_xml=body), "entity.docx")


def test_an_archive_that_is_no_word_document():
    with pytest.raises(UnableToRead, match="no Word document"):
        load(word(xl__workbook_xml=b"<workbook/>"), "book.xlsx")


def test_damaged_word_body():
    with pytest.raises(UnableToRead, match="damaged"):
        load(word(word__document_xml=b"<w:document><w:body>"), "cut.docx")


def test_deeply_nested_page():
    page = "<div>" * 200 + "县林业局" + "</div>" * 200
    register = read_register(load(f"<html><body>{page}</body></html>".encode(), "deep.html"))
    assert [n.text for n in register.lines] == ["县林业局"]


def test_absurdly_nested_page_is_refused_or_read():
    page = "<div>" * 20000 + "县林业局" + "</div>" * 20000
    with pytest.raises(UnableToRead, match="no text"):  # the parser gives up on what stands deeper than it allows
        load(f"<html><body>{page}</body></html>".encode(), "deep.html")


def test_spans_that_lie_do_not_blow_up():
    row = '<tr><td rowspan="999999" colspan="999999">序号</td><td colspan="x">项目名称</td><td>责任单位</td></tr>'
    register = read_register(load(f"<table>{row * 40}</table>".encode(), "spans.html"))
    assert len(register.projects) <= 40  # never one row for each of the million places claimed


def test_scripts_and_hidden_parts_are_not_read():
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><script>1234567</script>"
        "<p style='display: none'>7654321</p><p>某县规划</p></body></html>"
    )
    text = " ".join(n.text for n in load(page.encode(), "p.html").lines)
    assert text.split() == ["某县规划"]


def test_a_scanned_pdf_says_so():
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.rect(100, 100, 200, 200, fill=1)
    page.showPage()
    page.save()
    with pytest.raises(UnableToRead, match="scanned"):
        load(stream.getvalue(), "scan.pdf")


def test_tracked_deletions_are_not_read():
    document = docx.Document()
    paragraph = document.add_paragraph("保留")
    from docx.oxml import parse_xml

    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:del {ns}><w:r><w:t>删去</w:t></w:r></w:del>"))
    stream = io.BytesIO()
    document.save(stream)
    assert [n.text for n in load(stream.getvalue(), "t.docx").lines if n.text] == ["保留"]


def test_text_without_any_plan():
    register = read_register(load("今天天气很好。\n".encode(), "note.txt"))
    assert register.lacks == ["indicators", "projects", "tasks", "tables"]
    assert (register.title, register.first_year) == (None, None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=3000), st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a"]))
def test_any_bytes(data, name):
    try:
        register = read_register(load(data, name))
    except UnableToRead:
        return
    assert register.lines


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "序号", "<td rowspan=3>", "项目名称", "投资", "<p>", "12", "</div>", "<br>"]), max_size=60))  # fmt: skip
def test_any_tag_soup(parts):
    with contextlib.suppress(UnableToRead):
        read_register(load(("<html>" + "".join(parts)).encode(), "soup.html"))
