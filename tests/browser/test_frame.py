"""What every page stands in: header, skip link, policy, paper, and the pages that refuse."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, Watch, axe_faults, keep_picture, sign_in, too_wide

NOT_FOUND = {"address": "/nothing-here/", "allowed": ("status of 404",)}


def focused_text(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_first_tab_offers_to_skip_to_the_page(open_signed_in):
    page = open_signed_in()
    page.keyboard.press("Tab")
    assert focused_text(page) == "Skip to the page"
    assert page.get_by_text("Skip to the page").bounding_box()["height"] > 24


def test_skipping_takes_the_focus_past_the_header(open_signed_in):
    page = open_signed_in()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_header_names_the_officer_and_the_unit(open_signed_in, desk):
    header = open_signed_in().get_by_role("banner").inner_text()
    assert desk.furniture["officer"] in header
    assert desk.furniture["unit"] in header


def test_a_page_leaves_nothing_in_the_browsers_storage(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    page.reload()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_on_paper_the_way_about_is_left_out(open_signed_in):
    page = open_signed_in()
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Places").is_visible()
    assert not page.get_by_role("button", name="Sign out").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_the_policy_refuses_an_inline_script_and_the_watch_tells(chromium, desk):
    watch = Watch(desk.origin)
    with chromium.new_context(base_url=desk.origin) as context:
        watch.over(context)
        page = context.new_page()
        page.goto("/sign-in/")
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))"
        )
        assert page.evaluate("window.ran") is None
    assert any(fault.startswith("console: policy: script-src-elem refused inline") for fault in watch.faults)


def test_the_watch_tells_of_a_request_to_another_origin(chromium, desk):
    watch = Watch(desk.origin)
    elsewhere = desk.origin.replace("127.0.0.1", "localhost")
    with chromium.new_context() as context:
        watch.over(context)
        context.new_page().goto(f"{elsewhere}/sign-in/")
    assert f"request to another origin: {elsewhere}/sign-in/" in watch.faults


def test_a_form_from_another_session_is_refused_in_the_house_style(open_page):
    page = open_page("/sign-in/", allowed=("status of 403",))
    page.context.clear_cookies()
    sign_in(page, "nobody", "not the password")
    page.get_by_role("heading", name="This form is too old").wait_for()
    keep_picture(page, "form-too-old")


def test_an_address_that_is_not_there_is_answered_in_the_house_style(open_signed_in):
    page = open_signed_in(**NOT_FOUND)
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing to see at this address"
    assert axe_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_refusal_fits_its_window(open_signed_in, request, viewport, scheme):
    page = open_signed_in(**NOT_FOUND, viewport=viewport, color_scheme=scheme)
    keep_picture(page, f"refused-{request.node.callspec.id}")
    assert too_wide(page) <= 0
