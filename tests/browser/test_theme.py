"""Light, dark, contrast, motion, keys, paper."""

from tests.browser.chromium import axe_faults, keep_picture

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(245, 247, 246)", "rgb(17, 23, 22)"


def test_a_choice_outweighs_the_machine_and_lasts_from_page_to_page(open_signed_in):
    page = open_signed_in(color_scheme="light")
    assert page.evaluate(PAPER) == LIGHT
    page.get_by_role("button", name="Dark").click()
    page.locator("html[data-theme=dark]").wait_for()
    page.goto("/keys/")
    assert page.evaluate(PAPER) == DARK
    page.get_by_role("button", name="As the machine").click()
    page.locator("html[data-theme=automatic]").wait_for()
    assert page.evaluate(PAPER) == LIGHT


def test_without_script_it_is_chosen_before_signing_in(open_page):
    page = open_page("/sign-in/", java_script_enabled=False)
    page.get_by_role("button", name="Dark").click()
    page.wait_for_url("**/sign-in/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"


def test_on_paper_a_dark_page_is_black_on_white(open_signed_in):
    page = open_signed_in(color_scheme="dark")
    page.get_by_role("button", name="Dark").click()
    page.locator("html[data-theme=dark]").wait_for()
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.get_by_role("contentinfo").get_by_role("button").first.is_visible()


def test_who_asks_for_more_contrast_gets_black_on_white(open_signed_in):
    page = open_signed_in("/gallery/", contrast="more")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    keep_picture(page, "gallery-contrast")
    assert axe_faults(page) == []


def test_in_forced_colours_what_is_current_is_still_marked(open_signed_in):
    page = open_signed_in("/gallery/", forced_colors="active")
    keep_picture(page, "gallery-forced")
    marked = page.locator(".chips a[aria-current]").evaluate("one => getComputedStyle(one).outlineStyle")
    assert marked == "solid"


def test_who_wants_no_motion_gets_none(open_signed_in):
    page = open_signed_in("/gallery/", reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].filter(one => one.getAnimations().length).length"
    assert page.evaluate(moving) == 0
    assert page.locator(".button").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"


def test_a_question_mark_opens_the_help_and_a_jump_leads_to_a_place(open_signed_in):
    page = open_signed_in("/look/")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    keep_picture(page, "keys")
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.get_by_role("heading", name="Exhibits", level=1).wait_for()


def test_keys_that_are_typed_into_a_field_do_nothing_else(open_signed_in):
    page = open_signed_in("/find/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("g e?")
    assert page.get_by_role("searchbox").input_value() == "g e?"
    assert not page.locator("dialog#keys").is_visible()


def test_single_keys_that_were_switched_off_do_nothing(open_signed_in):
    page = open_signed_in("/look/")
    page.get_by_role("group", name="Single keys").get_by_label("Off").check()
    page.get_by_role("button", name="Remember it").click()
    page.locator("html[data-keys=off]").wait_for()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("e")
    assert not page.locator("dialog#keys").is_visible()
    assert page.url.endswith("/look/")
