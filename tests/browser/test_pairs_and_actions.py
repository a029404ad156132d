"""In a real browser: rows of two versions put together and taken apart, and a finding handed out, done and confirmed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from qihou.face.testing import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PLAN = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "tongliang-climate-plan.txt"
needs_plan = pytest.mark.skipif(not PLAN.exists(), reason=f"the published plan is not at {PLAN}")
SHORE = ".pair:has(h2:has-text('指标 10'))"
BASE, CODE = "/d/500151/plan", "two-versions"
LEAD, WATER = ("lead-officer", "lead_bureau", "ecology"), ("water-officer", "department", "water")


def as_person(portal: Portal, page: Any, who: tuple[str, str, str]) -> None:
    page.context.clear_cookies()
    portal.sign_in(page, *portal.person(*who))


def no_wider_than_the_screen(page: Any) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    size = page.viewport_size["width"]
    assert width <= size, f"{page.url} is {width} px wide"


@pytest.fixture(scope="module")
def two_versions(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The plan, and a second version in which two indicators are called otherwise."""
    if not PLAN.exists():
        return
    folder = tmp_path_factory.mktemp("versions")
    text = PLAN.read_text(encoding="utf-8")
    changed = text.replace("河库自然岸线保有率", "江河湖库生态岸线占比").replace(
        "水土流失治理面积", "水土保持综合治理面积"
    )
    assert changed != text
    for name, words in (("第一稿", text), ("第二稿", changed)):
        file = folder / f"{name}.txt"
        file.write_text(words, encoding="utf-8")
        portal.qihou("plan", "import", str(file), "--district", "500151", "--plan", CODE, "--label", name)


@needs_plan
def test_rows_are_put_together_and_taken_apart_without_leaving_the_page(
    portal: Portal, desk: Any, phone: Any, two_versions: None
) -> None:
    as_person(portal, desk, LEAD)
    desk.goto(portal.url(f"{BASE}/compare/?plan={CODE}&a=1&b=2"))
    no_wider_than_the_screen(desk)
    desk.get_by_role("link", name="逐行核对").click()
    shore = desk.locator(SHORE)
    expect(shore.locator("table.sides").first).to_contain_text("河库自然岸线保有率")
    no_wider_than_the_screen(desk)

    # Without a reason the program's own pairing is not changed; with one it is, and the list shows it at once.
    shore.get_by_role("button", name="是同一项").first.click()
    expect(shore.locator("[role=alert]")).to_contain_text("理由")
    shore.locator("input[name=reason]").fill("与印发稿核对，改了名称")
    address = desk.url
    shore.get_by_role("button", name="是同一项").first.click()
    expect(desk.locator("#pairs .kept-apart")).to_contain_text("是同一项")
    assert desk.url == address
    expect(desk.locator(SHORE)).to_have_count(0)
    no_wider_than_the_screen(desk)

    desk.locator("#pairs .kept-apart button").click()
    expect(desk.locator(SHORE)).to_have_count(1)

    as_person(portal, phone, LEAD)
    phone.goto(portal.url(f"{BASE}/versions/2/pairs/?plan={CODE}"))
    no_wider_than_the_screen(phone)
    phone.goto(portal.url(f"{BASE}/compare/?plan={CODE}&a=1&b=2"))
    no_wider_than_the_screen(phone)


@needs_plan
def test_a_finding_is_handed_out_done_and_confirmed(portal: Portal, desk: Any, phone: Any, two_versions: None) -> None:
    as_person(portal, desk, LEAD)
    desk.goto(portal.url(f"{BASE}/findings/?plan={CODE}&version=2"))
    desk.get_by_role("link", name="交办", exact=True).first.click()
    desk.get_by_label("交给哪个单位").select_option(label="区水利局")
    desk.get_by_label("要办的事").fill("请核对这几行的数字，报更正后的数")
    no_wider_than_the_screen(desk)
    desk.locator("main button.primary").click()
    expect(desk.locator("h1")).to_contain_text("请核对这几行的数字")
    no_wider_than_the_screen(desk)
    action = desk.url

    # The department finds it on its own page, on a phone, and reports it done.
    as_person(portal, phone, WATER)
    phone.goto(portal.url(f"{BASE}/mine/?plan={CODE}&version=2"))
    no_wider_than_the_screen(phone)
    phone.locator(".todo a", has_text="请核对这几行的数字").click()
    no_wider_than_the_screen(phone)
    phone.get_by_label("办了什么").fill("已与水利普查公报核对，数字无误，单位补为公里")
    phone.get_by_role("button", name="报告已办").click()
    expect(phone.locator(".history")).to_contain_text("单位补为公里")

    desk.goto(portal.url(f"{BASE}/actions/"))
    no_wider_than_the_screen(desk)
    desk.goto(action)
    no_wider_than_the_screen(desk)
    desk.get_by_role("button", name="确认办结").click()
    expect(desk.locator(".history")).to_contain_text("确认办结")
    desk.goto(portal.url(f"{BASE}/findings/?plan={CODE}&version=2"))
    expect(desk.locator(".handed").first).to_contain_text("区水利局")
    no_wider_than_the_screen(desk)
    phone.goto(portal.url(f"{BASE}/actions/?show=all"))
    no_wider_than_the_screen(phone)
    phone.goto(re.sub(r"/actions/.*", "/findings/?version=2&plan=" + CODE, action))
    no_wider_than_the_screen(phone)
