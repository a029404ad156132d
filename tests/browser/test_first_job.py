"""The first job, end to end in a real browser: from the published text to a reported, accepted, public figure.

The published text stands beside the checkout, never in it; where it is absent these tests are skipped by name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from qihou.face.testing import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PLAN = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "tongliang-climate-plan.txt"
needs_plan = pytest.mark.skipif(not PLAN.exists(), reason=f"the published plan is not at {PLAN}")
BASE = "/d/500151/plan"
LEAD, WATER = ("lead-officer", "lead_bureau", "ecology"), ("water-officer", "department", "water")


def as_person(portal: Portal, page: Any, who: tuple[str, str, str]) -> None:
    """Sign in as somebody, whoever was signed in on this page before."""
    page.context.clear_cookies()
    portal.sign_in(page, *portal.person(*who))


def no_wider_than_the_screen(page: Any) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} px wide"


def take_in(portal: Portal, page: Any, folder: Path) -> int:
    """Upload the plan (with blank lines added, so that no other test's file is the same) and give its version's number."""
    as_person(portal, page, LEAD)
    file = folder / "规划.txt"
    file.write_bytes(PLAN.read_bytes() + b"\n" * (1 + int.from_bytes(folder.name.encode()[-2:], "big") % 97))
    page.goto(portal.url(f"{BASE}/versions/"))
    page.click("main a.button.primary")
    page.set_input_files("input[type=file]", str(file))
    page.fill("input[name=label]", "征求意见稿")
    page.click("form[data-upload] button.primary")
    page.wait_for_url(re.compile(r"/jobs/"))
    for _second in range(60):
        if page.locator("text=读取完成").count():
            address = page.locator("#job a.primary").get_attribute("href")
            return int(re.search(r"/versions/(\d+)/review/", address)[1])
        page.wait_for_timeout(1000)
        page.reload()  # without scripts the page does not ask by itself; with them this does no harm
    raise AssertionError(page.locator("main").inner_text())


def adopt(portal: Portal, page: Any, number: int) -> None:
    page.goto(portal.url(f"{BASE}/versions/{number}/adopt/"))
    page.fill("#f-note", "资金来源与财政核对后补齐")
    page.locator("form:has(#f-note) button.primary").click()
    page.wait_for_url(re.compile(rf"/plan/\?version={number}"))


@needs_plan
def test_an_officer_takes_the_plan_in_and_departments_report(portal: Portal, desk: Any, tmp_path: Path) -> None:
    # The lead bureau's officer uploads the text and sees it being read.
    number = take_in(portal, desk, tmp_path)
    said = desk.locator("#job").inner_text()
    for count in ("12", "45", "140"):
        assert count in said, f"the register of this plan has 12 indicators, 45 projects and 140 tasks: {said}"

    # Review: what the document leaves open comes first; a cell is corrected and the change can be undone.
    desk.click("text=开始复核")
    desk.locator(".open-mark").first.wait_for()
    assert desk.locator(".source-lines .cited").count() > 0, "the document's lines stand beside the row"
    desk.goto(portal.url(f"{BASE}/versions/{number}/review/?show=all&kind=indicator"))
    cell = desk.locator("#cell-name")
    cell.locator("summary").click()
    cell.locator("textarea[name=value]").fill("单位地区生产总值二氧化碳排放降低率")
    cell.locator("button.primary").click()
    assert desk.locator(".cell .error").count() or desk.locator("#trouble").count(), "a correction needs its reason"
    cell = desk.locator("#cell-name")
    assert cell.locator("textarea[name=value]").input_value() == "单位地区生产总值二氧化碳排放降低率"
    cell.locator("input[name=reason]").fill("与市里印发的名称一致")
    cell.locator("button.primary").click()
    desk.locator("text=改动记录").wait_for()
    desk.click("text=撤销这次更正")
    desk.locator(".flash").wait_for()

    # A row is confirmed with one key, and the next one opens.
    first = desk.locator("#row-title").inner_text()
    desk.keyboard.press("c")
    desk.wait_for_function("was => document.querySelector('#row-title')?.innerText !== was", arg=first)

    # Adoption names its consequence and, with open cells, wants a reason.
    desk.goto(portal.url(f"{BASE}/versions/{number}/adopt/"))
    assert "采用之后" in desk.locator("main").inner_text()
    desk.locator("form:has(#f-note) button.primary").click()
    assert "待定" in desk.locator("#trouble").inner_text()
    adopt(portal, desk, number)
    assert "已采用" in desk.locator("main").inner_text()
    desk.goto(portal.url(f"{BASE}/projects/"))
    assert "45" in desk.locator("main").inner_text()

    # A department's officer reports on a project, with evidence.
    as_person(portal, desk, WATER)
    desk.goto(portal.url(f"{BASE}/progress/"))
    due = desk.locator(".dues li").first
    due.locator(".title").click()
    desk.wait_for_url(re.compile(r"/report/"))
    title = desk.locator("h1").inner_text()
    desk.fill("#f-percent", "六成")
    desk.fill("#f-text", "主体工程完成，正在安装设备。")
    desk.click("button[value=save]")
    assert "不是数字" in desk.locator("#trouble").inner_text()
    assert desk.input_value("#f-text") == "主体工程完成，正在安装设备。", "what was typed is kept"
    proof = tmp_path / "支付凭证.txt"
    proof.write_text("凭证", encoding="utf-8")
    desk.fill("#f-percent", "60")
    desk.set_input_files("#f-evidence", str(proof))
    submit(desk)

    # The bureau returns it with a reason; the department answers; the bureau accepts.
    as_person(portal, desk, LEAD)
    open_waiting(portal, desk)
    assert "支付凭证.txt" in desk.locator("main").inner_text()
    desk.fill("#f-note", "请写明本季度支付的金额")
    desk.click("text=退回修改")
    desk.locator(".flash").wait_for()
    as_person(portal, desk, WATER)
    desk.goto(portal.url(f"{BASE}/progress/"))
    assert "请写明本季度支付的金额" in desk.locator("main").inner_text()
    desk.click("text=看意见并修改")
    desk.click("text=按意见修改")
    assert desk.input_value("#f-percent") == "60"
    desk.fill("#f-percent", "62")
    submit(desk)
    as_person(portal, desk, LEAD)
    open_waiting(portal, desk)
    desk.click("button.primary:has-text('接收')")
    desk.locator(".flash").wait_for()

    # Anybody sees the accepted figure, and no word of the report.
    desk.context.clear_cookies()
    desk.goto(portal.url("/p/500151/plan/progress/"))
    public = desk.locator("main").inner_text()
    assert "62%" in public
    assert "主体工程完成" not in public
    assert title.split("…")[0][:8] in public


def submit(page: Any) -> None:
    page.click("button[value=submit]")
    page.locator("dialog.confirm button.primary").click()
    page.wait_for_url(re.compile(r"/reports/"))
    assert "已提交" in page.locator("main").inner_text()


def open_waiting(portal: Portal, page: Any) -> None:
    page.goto(portal.url(f"{BASE}/progress/"))
    page.locator("#table-waiting tbody a").first.click()
    page.wait_for_url(re.compile(r"/reports/"))


@needs_plan
def test_an_officer_with_a_phone_in_the_rain(portal: Portal, phone: Any, tmp_path: Path) -> None:
    """One column, thumbs, what was typed outlives a reload and a lost sign-in."""
    number = take_in(portal, phone, tmp_path)
    adopt(portal, phone, number)
    as_person(portal, phone, WATER)
    phone.goto(portal.url(f"{BASE}/progress/"))
    no_wider_than_the_screen(phone)
    phone.locator(".dues .go .button").last.click()
    phone.wait_for_load_state()
    while "/values/" in phone.url:  # an indicator's value: go back to a report
        phone.goto(portal.url(f"{BASE}/progress/"))
        phone.locator(".dues li:has-text('任务') .go .button").last.click()
        phone.wait_for_load_state()
    no_wider_than_the_screen(phone)
    for selector in ("#f-percent", "button[value=save]", "button[value=submit]"):
        assert phone.locator(selector).bounding_box()["height"] >= 44, f"{selector} is too small for a thumb"

    # The line drops: the page is loaded again and the words are still there.
    phone.fill("#f-text", "巡查河道三次，清理垃圾两吨。")
    phone.reload()
    assert phone.input_value("#f-text") == "巡查河道三次，清理垃圾两吨。"
    assert phone.locator("[data-kept-note]").is_visible()

    # The sign-in ran out while writing: after signing in the form is as it was.
    phone.fill("#f-percent", "30")
    address = phone.url
    phone.context.clear_cookies(name="sessionid")
    phone.click("button[value=save]")
    phone.wait_for_url(re.compile(r"/signin"))
    name, password = portal.person(*WATER)
    phone.fill("input[name=username]", name)
    phone.fill("input[name=password]", password)
    phone.click("form button.primary")
    phone.wait_for_url(re.compile(r"/report/"))
    assert phone.url.split("?")[0] == address.split("?")[0]
    assert phone.input_value("#f-text") == "巡查河道三次，清理垃圾两吨。"
    assert phone.input_value("#f-percent") == "30"
    phone.click("button[value=save]")
    phone.locator(".flash").wait_for()
    assert "草稿已保存" in phone.locator(".flash").inner_text()

    for path in (f"{BASE}/versions/", f"{BASE}/versions/{number}/review/", "/p/500151/plan/progress/"):
        phone.goto(portal.url(path))
        no_wider_than_the_screen(phone)


def test_a_refused_upload_keeps_the_form_and_says_why(portal: Portal, desk: Any, tmp_path: Path) -> None:
    as_person(portal, desk, LEAD)
    desk.goto(portal.url(f"{BASE}/import/"))
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    desk.set_input_files("input[type=file]", str(empty))
    desk.fill("input[name=label]", "第二稿")
    desk.click("form[data-upload] button.primary")
    desk.locator("#trouble").wait_for()
    assert "空.txt" in desk.locator("#trouble").inner_text()
    assert desk.input_value("input[name=label]") == "第二稿"
    rubbish = tmp_path / "扫描.pdf"
    rubbish.write_bytes(b"%PDF-1.7 torn off")
    desk.goto(portal.url(f"{BASE}/import/"))
    desk.set_input_files("input[type=file]", str(rubbish))
    desk.click("form[data-upload] button.primary")
    desk.wait_for_url(re.compile(r"/jobs/"))
    desk.locator("text=这份文件没有读进来").wait_for(timeout=30_000)
    assert "登记表没有任何改动" in desk.locator("main").inner_text()


@needs_plan
def test_everything_works_without_scripts(portal: Portal, browser: Any, tmp_path: Path) -> None:
    """An old browser, or scripts switched off: the same forms, sent the ordinary way."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, java_script_enabled=False)
    page = context.new_page()
    try:
        number = take_in(portal, page, tmp_path)
        page.goto(portal.url(f"{BASE}/versions/{number}/review/?show=all&kind=task"))
        page.locator("#cell-text summary").click()
        page.locator("#cell-text input[name=reason]").fill("与原件核对")
        page.locator("#cell-text textarea").fill("更正后的任务内容")
        page.locator("#cell-text button.primary").click()
        assert "更正后的任务内容" in page.locator("#cell-text").inner_text()
        adopt(portal, page, number)
        as_person(portal, page, WATER)
        page.goto(portal.url(f"{BASE}/progress/"))
        page.locator(".dues li:has-text('项目') .go .button").last.click()
        page.fill("#f-percent", "10")
        page.fill("#f-text", "已完成招标。")
        page.click("button[value=save]")
        assert "草稿已保存" in page.locator(".flash").inner_text()
        page.click("button[value=submit]")
        assert "已提交" in page.locator("main").inner_text()
    finally:
        context.close()
