"""Intake as officers see it: the list, a call, files, a table's columns, one report."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

PAGES = {
    "list": "/intake/",
    "take-in": "/intake/take-in/",
    "call": "/intake/call/",
    "rule-11": "/intake/rule-11/",
    "address": "/intake/address/",
    "channel": "/intake/channel/",
    "deliveries": "/intake/deliveries/",
    "delivery": "{table}",
    "columns": "{table}columns/",
    "receipt": "{table}receipt/",
    "desk": "{intake_desk}",
    "report": "{child_report}",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"intake-{name}-{viewport['width']}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_call_asks_first_whether_a_child_is_in_danger_and_shows_no_name_afterwards(open_signed_in):
    page = open_signed_in("/intake/call/")
    asked = page.locator("main form fieldset, main form .field").first
    assert "Is a child in danger now?" in asked.inner_text()
    asked.get_by_label("yes").check()
    page.get_by_label("What is told").fill("Zelphine Okwaramba is locked in")
    page.get_by_label("Name of the child").fill("Zelphine Okwaramba")
    page.get_by_role("button", name="Enter it").click()
    page.get_by_role("heading", name="Of whom it speaks").wait_for()
    assert "Zelphine" not in page.content()
    page.get_by_text("Urgent, and nobody has acknowledged it").wait_for()


def test_table_is_previewed_before_it_is_taken_in(open_signed_in, desk):
    page = open_signed_in(f"{desk.furniture['table']}columns/")
    page.get_by_label("Ack No").select_option("number")
    page.get_by_label("User id").select_option("account")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="What it would be read as").wait_for()
    page.get_by_text("persons[0].account.id").first.wait_for()
    keep_picture(page, "intake-preview", whole=True)
