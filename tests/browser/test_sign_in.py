"""Signing in."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, next_code, press_enter, sign_in, too_wide


def test_whoever_has_not_signed_in_is_led_to_it_and_then_where_they_wanted(open_page, desk):
    page = open_page(desk.furniture["exhibit"])
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    sign_in(page, desk.furniture["badge"], desk.furniture["password"])
    page.wait_for_url(f"**{desk.furniture['exhibit']}")


def test_keys_alone_sign_in(open_page, desk):
    page = open_page("/sign-in/")
    page.get_by_label("Badge").focus()
    page.keyboard.type(desk.furniture["badge"])
    page.keyboard.press("Tab")
    page.keyboard.type(desk.furniture["password"])
    press_enter(page)
    page.locator("[name=code]:focus").wait_for()
    page.keyboard.type(next_code(desk.furniture["badge"]))
    press_enter(page)
    page.get_by_role("button", name="Sign out").wait_for()


def test_signing_out_closes_the_desk(open_page, desk):
    page = open_page("/sign-in/")
    sign_in(page, desk.furniture["badge"], desk.furniture["password"])
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.goto(desk.furniture["exhibit"])
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"


def test_a_wrong_password_is_told_aloud_and_the_badge_kept(open_page, desk):
    page = open_page("/sign-in/")
    sign_in(page, desk.furniture["badge"], "not the password")
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Badge").input_value() == desk.furniture["badge"]
    assert page.get_by_label("Password").input_value() == ""
    assert axe_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_failed_sign_in_fits_its_window(open_page, request, viewport, scheme):
    page = open_page("/sign-in/", viewport=viewport, color_scheme=scheme)
    assert axe_faults(page) == []
    sign_in(page, "nobody", "not the password")
    page.get_by_role("alert").wait_for()
    keep_picture(page, f"sign-in-failed-{request.node.callspec.id}")
    assert too_wide(page) <= 0
