"""Figures and a unit's open work, as an auditor and a supervisor see them."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

SEEN = pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def session_of(chromium, desk):
    """The cookies of an officer, who signs in once."""
    found = {}

    def do(who):
        if who not in found:
            with chromium.new_context(base_url=desk.origin) as context:
                page = context.new_page()
                page.goto("/sign-in/")
                sign_in(page, desk.furniture[who], desk.furniture["password"])
                page.get_by_role("button", name="Sign out").wait_for()
                found[who] = context.storage_state()
        return found[who]

    return do


@SEEN
def test_figures_fit_their_window_and_please_axe(open_page, session_of, viewport, scheme):
    page = open_page("/insight/?of=all", storage_state=session_of("auditor"), viewport=viewport, color_scheme=scheme)
    page.get_by_role("heading", name="Insight", level=1).wait_for()
    keep_picture(page, f"insight-{scheme}", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)


@SEEN
def test_the_units_work_fits_its_window_and_pleases_axe(open_page, session_of, viewport, scheme):
    page = open_page("/unit/", storage_state=session_of("investigator"), viewport=viewport, color_scheme=scheme)
    page.get_by_role("heading", name="Your unit's work", level=1).wait_for()
    keep_picture(page, f"unit-{scheme}", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)


def test_a_tile_is_reached_by_keys_and_leads_to_its_line(open_page, session_of):
    page = open_page("/insight/?show=reports", storage_state=session_of("auditor"))
    tile = page.get_by_role("link", name="WYD 24: Wayanad, many reports, few cases")
    tile.focus()
    assert tile.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**#d-in-32-590")
    row = page.locator("tr:target")
    assert "many reports, few cases" in row.inner_text()


def test_who_sees_no_figures_is_told_who_does(open_signed_in):
    page = open_signed_in("/insight/")
    assert page.get_by_role("heading", name="No figures are open to you").is_visible()
    keep_picture(page, "insight-closed")
    assert axe_faults(page) == []


def test_children_of_a_case_are_recorded_on_a_page_that_pleases_axe(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['case']}safeguarded/", viewport=PHONE)
    page.get_by_role("heading", name="Nobody yet").wait_for()
    keep_picture(page, "safeguarded", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)


def test_on_paper_figures_keep_their_mark_and_definitions_and_lose_what_is_pressed(open_page, session_of):
    page = open_page("/insight/", storage_state=session_of("auditor"))
    page.emulate_media(media="print")
    assert page.get_by_text("TLP:AMBER+STRICT").is_visible()
    assert page.get_by_role("heading", name="What each figure means").is_visible()
    assert page.locator("main a.button:visible, main .chips:visible").count() == 0
    keep_picture(page, "insight-paper", whole=True)
