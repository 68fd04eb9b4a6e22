"""The page of hits, as an officer sees it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

VIEWPORTS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def rows(page):
    return page.get_by_role("region", name="Hits").locator("tbody tr")


def address(desk):
    return f"{desk.furniture['exhibit']}hits/"


def test_from_the_list_of_exhibits_a_figure_leads_to_its_hits(open_signed_in, desk):
    page = open_signed_in("/exhibits/")
    page.get_by_role("row").filter(has_text="MO-1/2026").get_by_role("link", name="1 identical").click()
    page.wait_for_url(f"**{address(desk)}?standing=identical")
    assert rows(page).locator("th").all_inner_texts() == ["IMG_0003.jpg"]
    text = rows(page).inner_text()
    for words in ("identical by SHA-256", "sample-exchange", "2026-02", "entry SX-1", "demo/1 A", "victim identified"):
        assert words in text


def test_from_an_item_one_comes_to_its_hits(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['exhibit']}?known=1")
    item = page.get_by_role("region", name="Items").locator("tbody tr").filter(has_text="IMG_0005.jpg")
    item.get_by_role("link", name="MD5 only").click()
    page.get_by_role("heading", name="Known material in MO-1/2026").wait_for()
    assert rows(page).locator("th").first.inner_text() == "IMG_0005.jpg"


def test_withdrawn_and_suppressed_hits_are_there_with_the_reason(open_signed_in, desk):
    page = open_signed_in(f"{address(desk)}?standing=withdrawn")
    assert rows(page).locator("s").first.inner_text() == "identical by SHA-256"
    assert "withdrawn by the list" in rows(page).inner_text()
    page.get_by_role("link", name="Suppressed by a negative list").click()
    page.wait_for_url("**?standing=suppressed")
    assert "suppressed by the negative list cleared-here" in rows(page).first.inner_text()


def test_list_that_could_not_be_asked_is_named(open_signed_in, desk):
    page = open_signed_in(address(desk))
    assert page.get_by_text("Not matched: partner-2024.").is_visible()
    assert "The agreement P 9/2024 ended on" in page.get_by_role("main").inner_text()


def test_without_script_the_hits_are_filtered(open_page, desk):
    page = open_page(address(desk), java_script_enabled=False)
    sign_in(page, desk.furniture["badge"], desk.furniture["password"])
    page.get_by_role("navigation", name="Which hits").get_by_role("link", name="Near").click()
    page.wait_for_url("**?standing=near")
    assert "near" in rows(page).first.inner_text()


def test_on_paper_the_filters_go_and_the_hits_stay(open_signed_in, desk):
    page = open_signed_in(address(desk))
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Which hits").is_visible()
    assert rows(page).first.is_visible()


def test_another_officer_does_not_see_them(open_page, desk):
    page = open_page("/sign-in/", allowed=("status of 404",))
    sign_in(page, desk.furniture["newcomer"], desk.furniture["password"])
    page.get_by_role("heading", name="My desk").wait_for()
    page.goto(address(desk))
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing to see at this address"


@SCHEMES
@VIEWPORTS
def test_the_hits_fit_their_window_and_please_axe(open_signed_in, desk, request, viewport, scheme):
    page = open_signed_in(address(desk), viewport=viewport, color_scheme=scheme)
    keep_picture(page, f"hits-{request.node.callspec.id}")
    rows(page).last.scroll_into_view_if_needed()
    keep_picture(page, f"hits-end-{request.node.callspec.id}")
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


def test_an_exhibit_that_was_not_matched_says_so(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['unscanned']}hits/")
    assert page.get_by_role("heading", name="Not matched yet").is_visible()
    keep_picture(page, "hits-none")
    assert axe_faults(page) == []
