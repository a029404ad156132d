"""The register in a real browser: from a table to the line a number stands on, and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PLAN = Path(__file__).parents[1] / "corpus/55-lost-funding-without-totals/plan.txt"
CODE = "read-in-a-browser"


@pytest.fixture(scope="module")
def base(portal: Any) -> str:
    """Where the pages of an invented plan stand: a draft version, imported once for this file."""
    portal.qihou("plan", "import", str(PLAN), "--district", portal.district, "--plan", CODE, "--label", "草稿")
    return f"/d/{portal.district}/plan/"


def opened(portal: Any, page: Any, path: str) -> None:
    joint = "&" if "?" in path else "?"
    here, _hash, line = path.partition("#")
    page.goto(portal.url(f"{here}{joint}plan={CODE}&version=1" + (f"#{line}" if line else "")))


def reader(portal: Any, page: Any) -> None:
    portal.sign_in(page, *portal.person("reader-one", "auditor"))


def test_a_number_opens_into_the_line_it_stands_on(portal: Any, base: str, desk: Any) -> None:
    reader(portal, desk)
    opened(portal, desk, f"{base}projects/")
    cell = desk.locator("td.num a.why-link").first
    shown = cell.inner_text()
    cell.click()
    drawer = desk.locator("#why")
    drawer.locator(".why-steps").wait_for()
    assert shown in drawer.inner_text()
    assert "why=plan.cell/" in desk.url.replace("%2F", "/")
    desk.reload()
    drawer.locator(".why-steps").wait_for()  # the drawer lives in the address
    line = drawer.locator("a[href*='document']").first
    number = re.search(r"#L(\d+)$", line.get_attribute("href"))[1]
    quote = drawer.locator("blockquote").first.inner_text()
    line.click()
    desk.wait_for_url(f"**#L{number}")
    assert quote in desk.locator(f"#L{number}").inner_text()


def test_the_document_and_its_rows_light_up_together(portal: Any, base: str, desk: Any) -> None:
    reader(portal, desk)
    opened(portal, desk, f"{base}projects/")
    uid = desk.locator("tbody tr[id^='row-']").first.get_attribute("id").removeprefix("row-")
    desk.goto(portal.url(f"{base}items/{uid}/"))
    desk.locator(".source-lines a.n").first.click()
    row = desk.locator(f"#R{uid}")
    row.hover()
    lit = desk.locator(".line.lit")
    assert lit.count() > 0
    assert all(uid in rows for rows in lit.evaluate_all("ls => ls.map(l => l.dataset.rows)"))
    row.locator("a:not(.lines-ref)").click()
    assert f"/items/{uid}/" in desk.url


def test_filters_keep_their_place_in_the_address_and_work_from_the_keyboard(portal: Any, base: str, desk: Any) -> None:
    reader(portal, desk)
    opened(portal, desk, f"{base}projects/")
    rows = desk.locator("tbody tr[id^='row-']")
    before = rows.count()
    assert before > 1
    wanted = rows.first.locator("th").inner_text()[:12]
    desk.locator("input.filter-text").focus()
    desk.keyboard.type(wanted)  # a pause in typing is enough, no button
    expect(rows).to_have_count(1)
    assert "q=" in desk.url
    assert CODE in desk.url, "the filter keeps the plan and version it was chosen on"
    desk.go_back()
    expect(rows).to_have_count(before)
    desk.keyboard.press("Escape")
    desk.locator("h1").click()
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.name") == "q"


def test_what_is_undetermined_has_a_word_in_every_view(portal: Any, base: str, desk: Any) -> None:
    reader(portal, desk)
    opened(portal, desk, f"{base}projects/?open=1")
    assert desk.locator("td .missing.undetermined").count() > 0
    opened(portal, desk, f"{base}projects/?view=money")
    assert "来源待定" in desk.locator(".money-legend").first.inner_text()
    assert desk.locator("svg.year-chart rect").count() > 0
    opened(portal, desk, f"{base}projects/?view=gantt")
    bars = desk.locator("svg.bar-row rect.g-plan")
    assert bars.count() > 0
    assert bars.first.bounding_box()["width"] > 10


def test_every_page_fits_a_phone(portal: Any, base: str, phone: Any) -> None:
    reader(portal, phone)
    for path in (
        "", "indicators/", "projects/", "projects/?view=money", "projects/?view=gantt", "tasks/", "organisations/",
        "mine/", "findings/", "document/", "compare/", "search/?q=工程",
    ):  # fmt: skip
        opened(portal, phone, base + path)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path
