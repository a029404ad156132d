"""The inventory's figures in a real browser: the tree opens, a number leads down to what it stands on, charts are drawn."""

from __future__ import annotations

from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RESULTS = "/d/{}/inventory/results"
STEPS = 12


def signed_in(portal: Any, page: Any) -> str:
    portal.sign_in(page, *portal.person("figure-reader", "auditor"))
    return RESULTS.format(portal.district)


def test_a_number_leads_from_the_total_to_an_entered_value(portal: Any, desk: Any) -> None:
    base = signed_in(portal, desk)
    desk.goto(portal.url(base))
    expect(desk).to_have_url(portal.url(f"{base}/2025"))  # the newest year with figures
    tree = desk.locator("#tree")
    before = tree.locator("tbody tr").count()
    tree.locator("tbody tr", has_text="化石燃料燃烧").locator("a.toggle").click()
    expect(tree.locator("tbody tr", has_text="工业和建筑业")).to_be_visible()
    assert tree.locator("tbody tr").count() > before
    tree.locator("tfoot a.why-link").first.click()
    drawer = desk.locator("#why-body")
    expect(drawer.locator(".why-steps")).to_contain_text("最值得改进")
    for _step in range(STEPS):
        steps = (
            drawer.locator(".why-steps li")
            .filter(has_text="分项")
            .or_(drawer.locator(".why-steps li").filter(has_text="输入"))
        )
        links = steps.locator("a[data-why]")
        if not links.count():
            break
        title = drawer.locator("h2").inner_text()
        links.first.click()
        expect(drawer.locator("h2")).not_to_have_text(title)
    # The way ends at a value of the bundled files, marked for what it is.
    expect(drawer).to_contain_text("energy.yaml")
    expect(drawer.locator(".mark-illustrative")).to_be_visible()


@pytest.mark.parametrize("page_name", ["2025/flows", "2025/towns", "series", "compare", "indicators"])
def test_charts_are_drawn_with_their_table_behind(portal: Any, desk: Any, page_name: str) -> None:
    base = signed_in(portal, desk)
    desk.goto(portal.url(f"{base}/{page_name}"))
    expect(desk.locator("figure.chart canvas").first).to_be_visible()
    desk.locator("figure.chart details.behind summary").first.click()
    expect(desk.locator("figure.chart .behind table tbody tr").first).to_be_visible()


def test_pages_fit_a_phone(portal: Any, phone: Any) -> None:
    base = signed_in(portal, phone)
    for name in ("2025", "2025/flows", "2025/uncertainty", "2025/key-categories", "2025/quality", "2025/energy", "2025/towns", "series", "compare", "indicators"):  # fmt: skip
        phone.goto(portal.url(f"{base}/{name}"))
        expect(phone.locator("h1")).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"], name
