"""A year's inventory from opening to its report, in a real browser: hand out, fill, hand in, fix, approve, compute, publish."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from qihou.face.testing import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
BASE = "/d/500151/inventory"
YEAR = 2026  # the bundled years end before it
LEAD, LEAD_2 = ("inventory-lead", "lead_bureau", "ecology"), ("inventory-lead-2", "lead_bureau", "ecology")
TRANSPORT = ("transport-officer", "department", "transport")
SHEET, TITLE = "energy_transport", "交通运输能源消费"
# Every sheet but one is handed in by one officer of the bureau and approved by another, as nobody may do both.
THE_REST = """
import django; django.setup()
import sys
from qihou.domains.inventory.api import sheets
from qihou.record.api.access import Actor, Grant
from qihou.record.api.districts import district_by_code
from qihou.record.models import Person, Role
def actor(name):
    p = Person.objects.get(username=name)
    held = tuple(Grant(r.kind, r.district_id, r.organisation_id) for r in Role.objects.filter(person=p))
    return Actor(p.pk, p.uid, p.name, p.organisation_id, held)
one, other, district, year = actor(sys.argv[1]), actor(sys.argv[2]), district_by_code("500151"), int(sys.argv[3])
for view in sheets.sheets_of(one, district, year):
    if view.sheet.key != sys.argv[4]:
        sheets.submit_sheet(one, district, year, view.sheet.key)
        sheets.approve_sheet(other, district, year, view.sheet.key)
"""


def as_person(portal: Portal, page: Any, who: tuple[str, str, str]) -> None:
    page.context.clear_cookies()
    portal.sign_in(page, *portal.person(*who))


def downloaded(page: Any, selector: str, to: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(selector).first.click()
    waiting.value.save_as(to)
    return to


def fill_by_program(form: Path, pattern: Path, out: Path) -> tuple[str, str, float]:
    """What the pattern says goes into the unlocked cells of the form, row by row; gives sheet, cell and value of one number.

    Rows are matched by the machine names in their first column: a pattern with a line more above its blocks is no other form.
    """
    book, last = load_workbook(form), load_workbook(pattern)
    chosen = ("", "", 0.0)
    for sheet in (one for one in last.worksheets if str(one["A1"].value).startswith("#sheet:")):
        into = book[sheet.title]
        for theirs, ours in zip(named_rows(sheet), named_rows(into), strict=True):
            assert sheet.cell(theirs, 1).value == into.cell(ours, 1).value
            for cell in sheet[theirs]:
                if cell.value is None or cell.protection.locked or cell.data_type == "f":
                    continue
                into.cell(ours, cell.column).value = cell.value
                if sheet.title == TITLE and isinstance(cell.value, int | float) and not chosen[0]:
                    chosen = (sheet.title, into.cell(ours, cell.column).coordinate, float(cell.value))
    book.save(out)
    return chosen


def named_rows(sheet: Any) -> list[int]:
    return [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "#").strip()[0] != "#"]


def upload(portal: Portal, page: Any, file: Path) -> None:
    page.goto(portal.url(f"{BASE}/{YEAR}/workbook/"))
    page.set_input_files("input[type=file]", str(file))
    page.click("form[data-upload] button.primary")
    page.wait_for_url(re.compile(r"/hand-ins/"))
    expect(page.locator("#hand-in .job .state")).to_contain_text("完成", timeout=60_000)


def test_a_year_from_opening_to_its_report(portal: Portal, desk: Any, tmp_path: Path) -> None:
    portal.person(*LEAD_2)
    as_person(portal, desk, LEAD)

    # The year is opened; every sheet is with the department that usually fills it.
    desk.goto(portal.url(f"{BASE}/open/?year={YEAR}"))
    desk.check("input[name=gwp_set][value=AR5]")
    desk.locator("form:has(#f-year) button.primary").click()
    desk.wait_for_url(re.compile(rf"/inventory/{YEAR}/$"))
    expect(desk.locator(".year-steps .now")).to_contain_text("填表")
    expect(desk.locator("#sheets")).to_contain_text("区交通局")
    expect(desk.locator("main")).to_contain_text("还没有计算")

    # Hand out: the empty form of this year, and last year's with its numbers to fill it from.
    desk.goto(portal.url(f"{BASE}/{YEAR}/workbook/"))
    form = downloaded(desk, "a[href*='empty=1']", tmp_path / "form.xlsx")
    desk.goto(portal.url(f"{BASE}/{YEAR - 1}/workbook/"))
    pattern = downloaded(desk, "a.button.primary[download]", tmp_path / "pattern.xlsx")
    sheet, cell, number = fill_by_program(form, pattern, tmp_path / "filled.xlsx")

    # One number is typed as text with its unit: it is named by sheet and cell, and nothing is written.
    book = load_workbook(tmp_path / "filled.xlsx")
    book[sheet][cell] = f"{number:g}吨"
    book.save(tmp_path / "spoilt.xlsx")
    upload(portal, desk, tmp_path / "spoilt.xlsx")
    expect(desk.locator("#findings")).to_contain_text(f"{sheet}!{cell}")
    expect(desk.locator("#hand-in")).to_contain_text("没有写入任何内容")
    assert not desk.locator("button[value=commit]").count()

    # Fixed: totals before and after, then it is written; a second time nothing is left to write.
    upload(portal, desk, tmp_path / "filled.xlsx")
    expect(desk.locator(".before-after")).to_contain_text("总量")
    desk.check("input[name=illustrative]")
    desk.click("button[value=commit]")
    expect(desk.locator(".flash")).to_contain_text("写入了")
    upload(portal, desk, tmp_path / "filled.xlsx")
    expect(desk.locator("#hand-in")).to_contain_text("没有要写入的")

    # The department corrects a cell in the grid, where each row saves itself, and hands its sheet in.
    as_person(portal, desk, TRANSPORT)
    desk.goto(portal.url(f"{BASE}/{YEAR}/"))
    desk.click(f"text={TITLE}")
    row = desk.locator("table.fill tr[data-code]").first
    value = row.locator("input[name^='value:']")
    value.fill("四千")
    value.blur()
    expect(row.locator(".row-error")).to_contain_text("不是数字")
    value.fill(f"{number + 10:g}")
    value.blur()
    expect(row.locator(".saved")).to_have_text("已保存")
    submit(desk)

    # The bureau returns it with a reason, which the department sees; then it is approved.
    as_person(portal, desk, LEAD)
    address = portal.url(f"{BASE}/{YEAR}/sheets/{SHEET}/")
    desk.goto(address)
    desk.fill("#f-note", "请说明汽油为什么增加")
    desk.click("button[value=return]")
    expect(desk.locator(".flash")).to_contain_text("已退回")
    as_person(portal, desk, TRANSPORT)
    desk.goto(address)
    expect(desk.locator("main")).to_contain_text("请说明汽油为什么增加")
    first = desk.locator("table.fill tr[data-code]").first
    first.locator("input[name^='note:']").fill("公交线路新增两条")
    first.locator("input[name^='note:']").blur()
    submit(desk)
    as_person(portal, desk, LEAD)
    desk.goto(address)
    desk.click("button[value=approve]")
    expect(desk.locator(".flash")).to_contain_text("已审定")
    command = [sys.executable, "-c", THE_REST, LEAD[0], LEAD_2[0], str(YEAR), SHEET]
    done = subprocess.run(command, env=portal.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    # Compute; what is knowingly not estimated is accepted with a reason; publish.
    desk.goto(portal.url(f"{BASE}/{YEAR}/compute/"))
    desk.click("button[value=compute]")
    expect(desk.locator(".flash")).to_contain_text("第 1 次计算完成")
    while (open_gaps := desk.locator("#gaps form:has(input[name=reason][value=''])")).count():
        open_gaps.first.locator("input[name=reason]").fill("排放很小，监测代价高")
        open_gaps.first.locator("button").click()
        expect(desk.locator(".flash")).to_contain_text("已记下理由")
    desk.click("button[value=publish]")
    desk.locator("dialog.confirm button.primary").click()
    desk.wait_for_url(re.compile(rf"/inventory/{YEAR}/$"))
    expect(desk.locator("h1 ~ .lede, .lede").first).to_contain_text("已发布")
    total = desk.locator(".figures .value").first.inner_text()

    # Report and public page.
    report = downloaded(desk, "#files a[href*='/report/']", tmp_path / "report.docx")
    words = "\n".join(paragraph.text for paragraph in Document(str(report)).paragraphs)
    assert f"{YEAR}年" in words
    assert "示例" in words
    desk.context.clear_cookies()
    desk.goto(portal.url(f"/p/500151/inventory/?year={YEAR}"))
    shown = desk.locator("main").inner_text()
    assert re.match(r"[\d.,−]+", total)[0] in shown
    assert "示例" in shown
    assert "公交线路新增两条" not in shown


def submit(page: Any) -> None:
    page.locator("form#grid-form button[value=submit]").click()
    page.locator("dialog.confirm button.primary").click()
    expect(page.locator(".flash")).to_contain_text("已提交")
