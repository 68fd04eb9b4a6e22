"""Reports that go to another desk, and units that ask each other, as officers see it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, ROOT, axe_faults, keep_picture, sign_in, too_wide

PAGES = {
    "report": "{routed}routing/",
    "unknown": "{routed}routing/?place=in-32&offence=contact&on=2018-07-01",
    "seen": "{routed}seen/",
    "sent": "{sent}",
    "offered": "{offered}",
    "transfers": "/transfers/",
    "inquiries": "/inquiries/",
    "inquiry": "{inquiry}",
    "offices": "/offices/?place=in-32-594&offence=online&on=2026-03-01",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"routing-{name}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_what_was_typed_is_looked_for_and_then_asked(open_signed_in):
    page = open_signed_in("/inquiries/ask/", viewport=PHONE, color_scheme="dark")
    page.get_by_label("What you look for").fill("call +44 7700 900123")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("heading", name="Open to you").wait_for()
    assert not page.get_by_text("ask Hill station").count()
    keep_picture(page, "routing-ask", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.get_by_label("Reason, without a name; who is asked reads it").fill("the same caller")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("ask Hill station desk, invented, R 1/").first.wait_for()


def test_report_is_handed_over_by_the_row_of_a_table(open_signed_in, desk):
    page = open_signed_in(desk.furniture["routed"])
    page.get_by_role("link", name="Whose it is, and handing it over").click()
    page.get_by_label("Cyber Crime Police Station, Kannur").check()
    page.get_by_label("Why it goes there, without a name").fill("the address lies there")
    page.get_by_role("button", name="Offer it").click()
    page.get_by_text("Not accepted yet").wait_for()
    page.get_by_role("heading", name="Take it back").locator("..").get_by_label("Reason").fill("asked again")
    page.get_by_role("button", name="Take the offer back").click()
    page.get_by_text("Taken back.").wait_for()


def test_report_that_is_offered_here_is_accepted(open_signed_in, desk):
    page = open_signed_in(desk.furniture["offered"])
    page.get_by_role("button", name="Accept the report").click()
    page.get_by_text("Accepted.").wait_for()
    page.get_by_role("link", name="The report", exact=True).click()
    page.get_by_text("came from Hill station desk, invented").wait_for()


def test_supervisor_sees_what_a_table_changes_before_it_is_taken_in(open_page, desk):
    page = open_page("/sign-in/", viewport=PHONE)
    sign_in(page, desk.furniture["investigator"], desk.furniture["password"])
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto("/offices/take-in/")
    page.get_by_label("The table, a TOML file").set_input_files(ROOT / "examples" / "offices.toml")
    page.get_by_role("button", name="Show what it changes").click()
    page.get_by_text("Cyber desk of the hills, invented").wait_for()
    keep_picture(page, "routing-take-in", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.get_by_label("What changed, and where that was read").fill("order 12/2026")
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("your unit’s own, version 1").wait_for()
