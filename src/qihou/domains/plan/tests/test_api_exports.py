from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from qihou.domains.plan.api import exports, review

from .api_world import TODAY, item, make_world, register, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def docx_of(world, version):
    content = exports.register_docx(world.actor("auditor"), world.district, version.uid, today=TODAY)
    return content, Document(BytesIO(content))


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_word_file_has_the_three_tables_of_the_annex(world):
    version = take_in(world, label="征求意见稿")
    _content, document = docx_of(world, version)
    section = document.sections[0]
    assert section.page_width > section.page_height
    indicators, projects, tasks = (texts(t) for t in document.tables)
    assert indicators[0][4:6] == ["2020年", "2025年"]
    assert indicators[1] == ["生态", "1", "森林覆盖率", "%", "40", "45.5", "约束性", "区林业局"]
    assert [row[5] for row in indicators[2:]] == ["市级下达", "待定"]
    # 1000 + 300.50; the second project's sources are undetermined and so in no column's sum.
    assert projects[1][4:] == ["2021—2025", "1,000.00", "600.00", "400.00", "—", "区生态环境局"]
    assert projects[2][5:9] == ["300.50", "待定", "待定", "—"]
    assert projects[3][2:9] == ["合计", "", "", "1,300.50", "600.00", "400.00", "—"]
    assert tasks[1][4:] == ["区生态环境局", "区财政局等"]
    words = "\n".join(p.text for p in document.paragraphs)
    assert "第1版 征求意见稿" in words
    assert version.source.sha256 in words
    assert "300.50 万元的资金来源待定" in words
    assert "上级资金：2 个项目中计入 1 个；1 个待定，没有计入。" in words
    assert "社会投资：2 个项目中计入 0 个；2 个文件未载，没有计入。" in words


def test_chapter_and_key_task_are_merged_and_heads_repeat(world):
    _content, document = docx_of(world, take_in(world))
    for table in document.tables:
        assert len(table._tbl.findall(f".//{qn('w:tblHeader')}")) == 1
    tasks = document.tables[2]._tbl
    merges = [
        [merge.get(qn("w:val")) if (merge := cell.find(f".//{qn('w:vMerge')}")) is not None else "" for cell in row]
        for row in (list(tr.findall(qn("w:tc"))) for tr in tasks.findall(qn("w:tr"))[1:])
    ]
    # One chapter over three rows; the first key task over two, then another.
    assert [m[1] for m in merges] == ["restart", "continue", "continue"]
    assert [m[2] for m in merges] == ["restart", "continue", "restart"]


def test_chinese_faces_are_named_for_east_asian_text(world):
    content, _document = docx_of(world, take_in(world))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
        assert 'w:eastAsia="仿宋"' in body
        assert 'w:eastAsia="黑体"' in body
        assert 'w:eastAsia="仿宋"' in parts.read("word/styles.xml").decode()


def test_control_characters_do_not_break_the_file(world):
    version = take_in(world)
    row = item(version, "project", 1)
    review.correct_cell(world.actor("lead"), world.district, row.uid, "content", "甲\x0b乙", "因")
    _content, document = docx_of(world, version)
    assert texts(document.tables[1])[1][3] == "甲乙"


def test_an_empty_register_says_so(world):
    empty = register()
    empty.indicators, empty.projects, empty.tasks = [], [], []
    _content, document = docx_of(world, take_in(world, empty))
    assert not document.tables
    assert "原文没有项目表。" in [p.text for p in document.paragraphs]


def test_the_workbook_has_typed_cells_and_runs_no_formula(world):
    made = register()
    made.projects[0].content = '=HYPERLINK("http://example.org")'
    version = take_in(world, made)
    content = exports.register_xlsx(world.actor("auditor"), world.district, version.uid, today=TODAY)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["指标", "项目", "任务", "问题", "说明"]
    projects = book["项目"]
    heads = [c.value for c in projects[1]]
    assert heads[6:10] == ["总投资（万元）", "上级资金（万元）", "区级财政（万元）", "社会投资（万元）"]
    assert [c.value for c in projects[3]][6:9] == [300.5, "待定", "待定"]
    assert projects["D2"].data_type == "s"
    assert book["指标"]["F2"].data_type == "n"
