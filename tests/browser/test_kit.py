"""The kit in a real browser, under the strict policy: charts, maps, tables, the phone, the wall."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_charts_and_maps_are_drawn_and_the_policy_is_not_offended(portal, desk):
    desk.goto(portal.url("/design"))
    desk.wait_for_selector("[data-chart] canvas")
    assert desk.locator("[data-chart] canvas").count() == 2
    # The drawn map is there at once; the live one takes its place where WebGL is to be had.
    assert desk.locator(".map svg.drawn").count() == 1
    if desk.evaluate("Boolean(document.createElement('canvas').getContext('webgl2'))"):
        desk.wait_for_selector(".map .canvas.live")
        desk.hover("[data-chart] canvas >> nth=0")
        assert desk.locator(".map .place").count() == 3


def test_nothing_comes_from_another_address(portal, desk):
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto(portal.url("/design"))
    desk.wait_for_selector("[data-chart] canvas")
    desk.wait_for_timeout(800)
    assert asked
    assert [url for url in asked if not url.startswith((portal.address, "data:", "blob:"))] == []


def test_a_filter_changes_the_table_and_the_address_and_back_works(portal, desk):
    desk.goto(portal.url("/design"))
    assert desk.locator("#table-sample tbody tr").count() == 4
    desk.select_option("#filter-sample-state", "off_track")
    expect(desk.locator("#table-sample tbody tr")).to_have_count(1)
    assert "state=off_track" in desk.url
    desk.go_back()
    expect(desk.locator("#table-sample tbody tr")).to_have_count(4)
    expect(desk.locator("[data-chart] canvas")).to_have_count(2)


def test_typing_in_a_table_waits_and_keeps_the_place_of_the_hand(portal, desk):
    desk.goto(portal.url("/design"))
    desk.click("#filter-sample")
    desk.keyboard.type("光伏")
    expect(desk.locator("#table-sample tbody tr")).to_have_count(1)
    assert desk.evaluate("document.activeElement.id") == "filter-sample"


def test_a_head_sorts_both_ways(portal, desk):
    desk.goto(portal.url("/design"))
    desk.click("#table-sample thead th:nth-child(2) a")
    desk.wait_for_selector("#table-sample th[aria-sort=ascending]:nth-child(2)")
    desk.click("#table-sample thead th:nth-child(2) a")
    desk.wait_for_selector("#table-sample th[aria-sort=descending]:nth-child(2)")
    assert desk.locator("#table-sample tbody tr").first.inner_text().startswith("河岸加固")


def test_an_export_is_a_file(portal, desk):
    desk.goto(portal.url("/design"))
    with desk.expect_download() as download:
        desk.click("#table-sample a[href*='export=xlsx']")
    assert download.value.suggested_filename == "项目.xlsx"


def test_a_chart_is_saved_as_a_picture(portal, desk):
    desk.goto(portal.url("/design"))
    desk.wait_for_selector("[data-chart] canvas")
    with desk.expect_download() as download:
        desk.click("[data-chart-png] >> nth=0")
    assert download.value.suggested_filename == "sample-bars.png"


def test_what_has_consequences_asks_first_and_names_them(portal, desk):
    desk.goto(portal.url("/design"))
    desk.fill("#forms input[name=amount]", "12")
    desk.click("#forms button.primary")
    assert "不会保存" in desk.locator("dialog.confirm").inner_text()
    desk.keyboard.press("Escape")
    expect(desk.locator("dialog.confirm")).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["/", "/signin", "/design", "/d/500151/", "/d/500151/audit", "/d/500151/people", "/account"]
)
def test_no_page_is_wider_than_a_phone_and_buttons_suit_a_thumb(portal, phone, path):
    portal.sign_in(phone, *portal.person("chief-two", "administrator"))
    phone.goto(portal.url(path))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    small = phone.evaluate(
        """() => [...document.querySelectorAll('main button.primary, main a.button.primary, .nav-toggle')]
        .filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, h]) => h < 44)"""
    )
    assert small == []


def test_every_control_of_a_page_is_reached_by_keyboard_and_shows_it(portal, desk):
    desk.goto(portal.url("/"))
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"
    desk.keyboard.press("Tab")
    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_wall_fits_its_screen_and_can_be_read_from_afar(portal, desk):
    portal.sign_in(desk, *portal.person("chief-two", "administrator"))
    desk.set_viewport_size({"width": 1920, "height": 1080})
    desk.goto(portal.url("/d/500151/wall"))
    assert desk.evaluate("document.documentElement.scrollHeight") <= 1080
    assert desk.locator("html").get_attribute("data-theme") == "night"


def test_on_paper_there_is_no_navigation(portal, desk):
    portal.sign_in(desk, *portal.person("chief-two", "administrator"))
    desk.goto(portal.url("/d/500151/audit"))
    desk.emulate_media(media="print")
    assert not desk.locator("nav.nav").is_visible()
    assert not desk.locator("header.top").is_visible()
    assert desk.locator("table.data").is_visible()
