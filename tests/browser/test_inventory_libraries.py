"""The libraries in a real browser: formulas are really drawn, and the calculator answers."""

from __future__ import annotations

from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_formula_is_drawn_and_tried_on_a_desk_and_a_phone(portal: Any, desk: Any, phone: Any) -> None:
    for page in (desk, phone):
        portal.sign_in(page, *portal.person("library-reader", "auditor"))
        page.goto(portal.url(f"/d/{portal.district}/inventory/methods/energy.combustion.co2/"))
        fraction = page.locator(".formula mfrac").bounding_box()
        assert fraction["height"] > 20  # numerator over denominator, not one after the other
        page.get_by_label("热量").fill("1000")
        page.locator(".library-try input").nth(1).fill("26.1")
        page.locator(".library-try input").nth(2).fill("0.93")
        page.get_by_role("button", name="试算").click()
        # 1000 TJ x 26.1 tC/TJ x 0.93 x 44/12 = 89,001 tCO2
        expect(page.locator(".library-result output")).to_contain_text("89,001")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
