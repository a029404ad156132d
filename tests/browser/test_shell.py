"""The frame in a real browser: signing in, the forced change of a one-time password, language, phone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_first_sign_in_must_change_its_password_and_reaches_the_cockpit(portal, desk):
    portal.sign_in(desk, portal.username, portal.password)
    assert desk.url.endswith("/account/password")
    desk.fill("input[name=old]", portal.password)
    desk.fill("input[name=new]", "seven-hills-one-river")
    desk.fill("input[name=again]", "seven-hills-one-river")
    desk.click("form button.primary >> nth=-1")
    desk.wait_for_url("**/account")
    desk.goto(portal.url(f"/d/{portal.district}/"))
    assert "铜梁区" in desk.locator(".where").inner_text()


def test_a_signed_out_visitor_is_asked_to_sign_in_and_lands_where_they_wanted(portal, desk):
    username, password = portal.person("auditor-one", "auditor")
    desk.goto(portal.url(f"/d/{portal.district}/audit"))
    desk.fill("input[name=username]", username)
    desk.fill("input[name=password]", password)
    desk.click("form button.primary")
    desk.wait_for_url("**/audit")
    assert desk.locator("h1").inner_text() == "操作日志"


def test_on_a_phone_the_navigation_opens_with_a_thumb(portal, phone):
    portal.sign_in(phone, *portal.person("auditor-one", "auditor"))
    toggle = phone.locator(".nav-toggle")
    box = toggle.bounding_box()
    assert box["width"] >= 44
    assert box["height"] >= 44
    toggle.click()
    assert phone.locator("nav.nav").is_visible()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_the_language_switch_stays(portal, desk):
    desk.goto(portal.url("/"))
    desk.click("button[name=language]")
    assert desk.locator("html").get_attribute("lang") == "en"
    desk.goto(portal.url("/signin"))
    assert desk.locator("html").get_attribute("lang") == "en"
