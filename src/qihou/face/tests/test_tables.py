"""One declaration, three forms: what the address asks, what the screen shows, what the files hold."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

from qihou.face.tables import Column, Filter, Table, csv_bytes, neutral, xlsx_bytes
from qihou.face.values import Cell, Link, Missing


@dataclass
class Row:
    name: str
    amount: object
    state: str = "on_track"
    start: object = None
    leads: object = ()


ROWS = [
    Row("乙 堤防", Decimal("200.50"), "off_track", date(2023, 5, 1), ["区水利局"]),
    Row("甲 植树", Decimal("100"), "achieved", date(2022, 1, 1), ["区林业局", Link("区财政局", "/o/finance")]),
    Row("丙 排水", Missing.UNDETERMINED, "not_delivered"),
    Row("丁 <b>监测</b>", None, "not_due"),
]
TABLE = Table(
    name="t",
    title="项目",
    sort="name",
    search_label="查找",
    columns=[
        Column("name", "名称", heading=True),
        Column("amount", "金额", "money", unit="万元", total=True),
        Column("state", "状态", "state"),
        Column("start", "开工", "date"),
        Column("leads", "牵头", "people", optional=True),
    ],
    filters=[Filter("state", "状态", [("achieved", "已达成"), ("off_track", "偏离")])],
)


def bound(query="", rows=ROWS, table=TABLE):
    return table.bind(rows, QueryDict(query))


def test_amounts_sort_as_numbers_and_missing_ones_stand_last_both_ways():
    up = [r.name[0] for r in bound("sort=amount").rows]
    down = [r.name[0] for r in bound("sort=-amount").rows]
    assert up[:2] == ["甲", "乙"]
    assert down[:2] == ["乙", "甲"]
    assert set(up[2:]) == set(down[2:]) == {"丙", "丁"}


def test_the_filter_and_the_text_narrow_and_an_unknown_value_is_ignored():
    assert [r.name[0] for r in bound("state=achieved").rows] == ["甲"]
    assert [r.name[0] for r in bound("q=堤防").rows] == ["乙"]
    assert len(bound("state=nonsense&sort=nonsense&page=-3").rows) == 4


def test_total_adds_what_is_there_and_counts_what_is_not():
    # 200.50 + 100 = 300.50, two amounts missing
    assert bound().totals() == {"amount": (Decimal("300.50"), 2)}
    assert "300.50" in bound().head_and_body()
    assert "另有 2 项缺" in bound().head_and_body()


def test_a_missing_value_is_words_and_never_a_zero():
    html = bound().head_and_body()
    assert "待定" in html
    assert "未填" in html
    assert ">0.00<" not in html


def test_what_a_row_holds_is_escaped():
    html = bound().head_and_body()
    assert "<b>监测" not in html
    assert "&lt;b&gt;监测" in html


def test_columns_are_chosen_in_the_address_and_optional_ones_start_hidden():
    assert [c.key for c in bound().columns] == ["name", "amount", "state", "start"]
    assert [c.key for c in bound("cols=name&cols=leads").columns] == ["name", "leads"]
    assert "区财政局" in bound("cols=name&cols=leads").head_and_body()


def test_pages_are_cut_and_a_page_too_far_is_the_last():
    table = Table(name="n", columns=[Column("n", "n", "number")], page_size=10)
    rows = [{"n": i} for i in range(25)]
    assert [r["n"] for r in bound("page=3", rows, table).rows] == [20, 21, 22, 23, 24]
    assert bound("page=99", rows, table).page == 3


def test_two_tables_on_a_page_keep_their_own_parameters():
    left = Table(name="l", prefix="l", columns=[Column("name", "名称"), Column("amount", "金额", "money")])
    assert left.query(QueryDict("l.sort=-amount&sort=name")).sort == "amount"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=cmd"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", ["区水利局", "2021—2025", "a=b", "第 3 项"])
def test_ordinary_text_is_left_alone(text):
    assert neutral(text) == text


def test_csv_opens_in_excel_with_chinese_and_without_formulas():
    content = csv_bytes(bound(rows=[Row("=cmd|' /C calc'!A0", Decimal("-5.10"))]))
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines[0] == ["名称", "金额（万元）", "状态", "开工"]
    # A negative number stays a number: only text is made harmless.
    assert lines[1] == ["'=cmd|' /C calc'!A0", "-5.10", "正常推进", "未填"]


def test_xlsx_holds_types_heads_and_no_formula():
    content = xlsx_bytes(bound(rows=[*ROWS, Row("=HYPERLINK(1)", Cell(Decimal("7.25"), note="估算"))]))
    sheet = load_workbook(io.BytesIO(content)).active
    assert [c.value for c in sheet[1]] == ["名称", "金额（万元）", "状态", "开工"]
    assert sheet.freeze_panes == "A2"
    by_name = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert by_name["乙 堤防"][1].value == 200.5
    assert by_name["乙 堤防"][1].data_type == "n"
    assert by_name["乙 堤防"][1].number_format == "#,##0.00"
    assert by_name["乙 堤防"][3].value.date() == date(2023, 5, 1)
    assert by_name["丙 排水"][1].value == "待定"
    trap = by_name["=HYPERLINK(1)"]
    assert trap[0].data_type == "s"
    assert trap[0].quotePrefix
    assert trap[1].value == 7.25


def test_the_page_answers_an_export_with_every_row_the_filters_leave():
    request = RequestFactory().get("/", {"export": "csv", "state": "achieved"})
    answer = TABLE.bind(ROWS, request.GET).export(request)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode("utf-8-sig").count("\n") == 2
    assert TABLE.bind(ROWS, QueryDict()).export(RequestFactory().get("/")) is None


def test_an_export_asks_the_api_for_all_rows_at_once():
    assert TABLE.query(QueryDict("page=3&export=xlsx")).offset == 0
    assert TABLE.query(QueryDict("page=3&export=xlsx")).page_size >= 10_000
