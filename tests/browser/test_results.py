"""The ways to look at an exhibit's results, as officers use them."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

PAGES = ["stacks/", "timeline/", "places/", "unread/", "exports/"]
ON = pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])


@ON
def test_pages_of_results_fit_their_window_and_please_axe(open_signed_in, desk, request, viewport, scheme):
    page, faults = open_signed_in(viewport=viewport, color_scheme=scheme), {}
    for path in PAGES:
        page.goto(f"{desk.furniture['exhibit']}{path}")
        keep_picture(page, f"results-{path[:-1]}-{request.node.callspec.id}", whole=True)
        faults[path] = (max(0, too_wide(page)), axe_faults(page))
    assert {path: fault for path, fault in faults.items() if fault != (0, [])} == {}


def test_from_a_year_one_comes_down_to_the_items_of_an_hour(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['exhibit']}timeline/")
    times = page.get_by_role("region", name="Times")
    for _ in range(4):
        times.get_by_role("rowheader").first.get_by_role("link").click()
        page.wait_for_load_state()
    assert page.get_by_role("region", name="Items").locator("tbody tr").count() > 0
    assert times.count() == 0


def test_a_stack_leads_to_its_items(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['exhibit']}stacks/")
    page.get_by_role("region", name="Stacks").get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("heading", name="A stack of MO-1/2026").wait_for()
    assert page.get_by_role("region", name="Items").locator("tbody tr").count() > 0


def test_a_reason_leads_to_what_was_not_read(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['exhibit']}unread/")
    page.get_by_role("region", name="Reasons").get_by_role("link", name="Damaged").click()
    page.wait_for_url("**?reason=damaged")
    assert "VID_0001.jpg" in page.get_by_role("region", name="Items").inner_text()


def test_who_investigates_asks_for_a_file_of_the_list_and_thins_it(open_page, desk):
    page = open_page("/sign-in/")
    sign_in(page, desk.furniture["investigator"], desk.furniture["password"])
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto(f"{desk.furniture['exhibit']}?family=video")
    page.get_by_role("link", name="Take out as a file").click()
    page.wait_for_url("**/exports/?family=video")
    assert page.get_by_text("Not answered yet").is_visible()
    keep_picture(page, "results-file-asked", whole=True)
    assert axe_faults(page) == []
    page.goto(f"{desk.furniture['letters']}thin/")
    assert page.get_by_role("heading", name="Thinned now").is_visible()
    keep_picture(page, "results-thin", whole=True)
    assert axe_faults(page) == []


def test_on_paper_the_counts_stay_and_the_ways_go(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['exhibit']}unread/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Ways to look at the results").is_visible()
    assert page.get_by_role("region", name="Reasons").is_visible()
