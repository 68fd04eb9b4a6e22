"""An operation, its board, its sites and its closing report, as officers see them."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide
from tests.browser.operations_furniture import table_of

PAGES = {
    "list": "/operations/",
    "operation": "{operation}",
    "board": "{operation}board/",
    "sites": "{operation}sites/",
    "report": "{operation}report/",
    "site": "{site}",
    "correct": "{entry}",
    "change": "{site}change/",
    "grant": "{grant}",
    "warrant": "{site_warrant}",
    "empty": "{empty_operation}board/",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"operations-{name}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_table_is_shown_with_its_faulty_lines_then_taken_in_and_told_from_a_telephone(open_signed_in, desk):
    address = desk.furniture["empty_operation"]
    page = open_signed_in(f"{address}sites/", allowed=("status of 422",), viewport=PHONE, color_scheme="dark")
    page.get_by_role("link", name="Take sites in from a table").first.click()
    table = table_of(desk.furniture["badge"], "KP-0001")
    bring(page, table.replace("Kannur", "Atlantis", 1))
    page.get_by_text("No such district: Atlantis.").wait_for()
    keep_picture(page, "operations-faulty", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    bring(page, table)
    page.get_by_role("button", name="Take 60 sites in").click()
    page.get_by_role("heading", name="Your sites, to be searched").wait_for()
    page.get_by_role("link", name="MLD-01").click()
    page.get_by_role("button", name="Things seized").click()
    page.get_by_label("Persons arrested").fill("2")
    page.get_by_role("button", name="Arrested").click()
    page.get_by_text("(2 persons)").first.wait_for()


def test_board_asks_for_itself_anew(open_signed_in, desk):
    page = open_signed_in()
    page.clock.install()
    page.goto(desk.furniture["operation"] + "board/")
    page.get_by_role("heading", name="Told last").wait_for()
    with page.expect_response("**/board/now/"):
        page.clock.fast_forward("00:16")
    page.get_by_role("heading", name="Told last").wait_for()


def test_supervisor_opens_an_operation(open_page, desk):
    page = open_page("/sign-in/", viewport=PHONE)
    sign_in(page, desk.furniture["investigator"], desk.furniture["password"])
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto("/operations/new/")
    page.get_by_label("What it is about, in words that name nobody").fill("A third day, invented")
    keep_picture(page, "operations-open", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.get_by_role("button", name="Open the operation").click()
    page.get_by_text("Teams come with the table of sites.").wait_for()


def bring(page, table):
    file = {"name": "sites.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")}
    page.get_by_label("The table, a CSV file").set_input_files(file)
    page.get_by_role("button", name="Show what would be taken in").click()
