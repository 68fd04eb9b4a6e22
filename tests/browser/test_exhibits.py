"""The exhibits' pages, as an officer sees them."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.chromium import DESKTOP, PHONE, ROOT, axe_faults, keep_picture, sign_in, too_wide

VIEWPORTS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def rows(page):
    return page.get_by_role("region", name="Items").locator("tbody tr")


def source(desk):
    return Path(desk.furniture["folder"]) / "evidence" / "card-1"


def work_off(desk):
    """Let a worker do the jobs that wait."""
    command = [sys.executable, "-m", "tests.browser.furnish", "work", desk.furniture["folder"]]
    subprocess.run(command, cwd=ROOT, env=os.environ | desk.environment, check=True)


def test_an_officer_finds_the_exhibit_and_each_file_with_its_digest(open_signed_in, desk):
    page = open_signed_in("/exhibits/")
    page.get_by_role("link", name="MO-1/2026", exact=True).click()
    page.wait_for_url(f"**{desk.furniture['exhibit']}")
    photo = source(desk) / "IMG_0007.jpg"
    row = rows(page).filter(has_text=photo.name)
    assert hashlib.sha256(photo.read_bytes()).hexdigest() in row.inner_text()


def test_the_list_goes_on_on_a_next_page_until_every_file_was_seen(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    seen = rows(page).locator("th").all_inner_texts()
    page.get_by_role("link", name="Next items").click()
    page.get_by_role("link", name="From the beginning").wait_for()
    seen += rows(page).locator("th").all_inner_texts()
    assert sorted(seen) == sorted(path.name for path in source(desk).iterdir())
    assert page.get_by_role("link", name="Next items").count() == 0


def test_a_filter_leaves_only_what_it_names(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    page.get_by_role("link", name="Other files").click()
    page.wait_for_url("**?family=other")
    assert [Path(name).suffix for name in rows(page).locator("th").all_inner_texts()] == [".txt"]
    assert page.get_by_role("main").locator("[aria-current=true]").inner_text().startswith("Other files")


@VIEWPORTS
def test_filters_hold_together_and_an_empty_page_says_which_to_take_away(open_signed_in, desk, request, viewport):
    page = open_signed_in(f"{desk.furniture['exhibit']}?family=picture", viewport=viewport)
    page.get_by_text("By list and by place").click()
    page.get_by_role("navigation", name="What lists make of them").get_by_role("link").first.click()
    page.wait_for_url("**?family=picture&standing=*")
    chosen = page.get_by_role("main").locator("[aria-current=true]")
    assert chosen.count() == 2
    assert rows(page).count() == int(chosen.first.locator(".number").inner_text())
    keep_picture(page, f"exhibit-filters-{request.node.callspec.id}")
    page.get_by_role("link", name="Not wholly readable").click()
    page.get_by_role("heading", name="No item of this sort").scroll_into_view_if_needed()
    assert (too_wide(page) <= 0, axe_faults(page)) == (True, [])
    keep_picture(page, f"exhibit-no-item-{request.node.callspec.id}")
    page.get_by_role("link", name="Without “Not wholly readable”").click()
    page.wait_for_url("**?family=picture&standing=*")


def test_what_was_not_wholly_read_is_listed_with_the_reason(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    page.get_by_role("link", name="Not wholly readable").click()
    page.wait_for_url("**?unread=1")
    assert rows(page).locator("th").all_inner_texts() == ["VID_0001.jpg"]
    assert rows(page).locator("td").last.inner_text().strip() != ""


def test_keys_alone_reach_a_filter_and_scroll_the_list(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"], viewport={"width": 700, "height": 500})
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    while not page.evaluate("document.activeElement.textContent").startswith("Pictures"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**?family=picture")
    region = page.get_by_role("region", name="Items")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("region => region.scrollLeft > 0", arg=region.element_handle())


def test_without_script_an_officer_signs_in_filters_and_turns_the_page(open_page, desk):
    page = open_page(desk.furniture["exhibit"], java_script_enabled=False)
    sign_in(page, desk.furniture["badge"], desk.furniture["password"])
    page.get_by_role("link", name="Pictures").click()
    page.get_by_role("link", name="Next items").click()
    page.wait_for_url("**?family=picture&after=*")
    assert rows(page).count() > 0


def test_on_paper_the_filters_go_and_digests_are_whole(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Which items").is_visible()
    digest = page.locator(".digest").first
    assert digest.evaluate("code => code.scrollWidth <= code.clientWidth && code.textContent.length === 64")


def test_a_table_keeps_its_roles_on_a_phone(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"], viewport=PHONE)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert {"table", "row", "rowheader", "columnheader", "cell"} <= set(roles)


def test_another_officer_sees_neither_list_nor_exhibit(open_page, desk):
    page = open_page("/sign-in/", allowed=("status of 404",))
    sign_in(page, desk.furniture["newcomer"], desk.furniture["password"])
    page.get_by_role("link", name="Exhibits").first.click()
    page.get_by_role("heading", name="No exhibit is open to you yet").wait_for()
    page.goto(desk.furniture["exhibit"])
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing to see at this address"


@SCHEMES
@VIEWPORTS
def test_an_exhibit_fits_its_window_and_pleases_axe(open_signed_in, desk, request, viewport, scheme):
    page = open_signed_in(desk.furniture["exhibit"], viewport=viewport, color_scheme=scheme)
    keep_picture(page, f"exhibit-{request.node.callspec.id}")
    rows(page).first.scroll_into_view_if_needed()
    rows(page).nth(6).scroll_into_view_if_needed()
    keep_picture(page, f"exhibit-items-{request.node.callspec.id}")
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


@SCHEMES
@VIEWPORTS
def test_the_list_of_exhibits_fits_its_window_and_pleases_axe(open_signed_in, request, viewport, scheme):
    page = open_signed_in("/exhibits/", viewport=viewport, color_scheme=scheme)
    page.get_by_role("heading", name="Exhibits").wait_for()
    keep_picture(page, f"exhibits-{request.node.callspec.id}")
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


@SCHEMES
@VIEWPORTS
def test_an_empty_desk_fits_its_window_and_pleases_axe(open_page, desk, request, viewport, scheme):
    page = open_page("/sign-in/", viewport=viewport, color_scheme=scheme)
    sign_in(page, desk.furniture["newcomer"], desk.furniture["password"])
    page.get_by_role("heading", name="My desk").wait_for()
    page.goto("/exhibits/")
    page.get_by_role("heading", name="No exhibit is open to you yet").wait_for()
    keep_picture(page, f"empty-{request.node.callspec.id}")
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


def test_an_exhibit_that_nobody_scanned_says_what_to_do(open_signed_in, desk):
    page = open_signed_in(desk.furniture["unscanned"])
    assert page.get_by_role("heading", name="Not scanned yet").is_visible()
    keep_picture(page, "exhibit-unscanned")
    assert axe_faults(page) == []
