"""Subjects and watches, as officers see them."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

PAGES = {
    "subjects": "/subjects/",
    "subject": "{subject}",
    "open": "{subject_case}subjects/new/",
    "restate": "{subject}restate/",
    "account": "{subject_account}",
    "begin": "{subject_account}watch/",
    "watches": "/watches/",
    "watch": "{watch}",
    "renew": "{watch}renew/",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
        keep_picture(page, f"subjects-{name}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_subject_is_opened_without_a_name_and_doubted(open_signed_in, desk):
    page = open_signed_in(desk.furniture["subject_case"], allowed=("409",))
    page.get_by_role("link", name="Open a subject").click()
    page.get_by_label("The hypothesis, without a name").fill("Orlan Vexby has this number.")
    page.get_by_label("Could be innocent because").fill("A borrowed telephone.")
    page.get_by_label("Account", exact=True).select_option(index=1)
    page.get_by_label("Why it is theirs, without a name").fill("two callers say so")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("alert").get_by_text("It holds a name from a report").wait_for()
    page.get_by_label("The hypothesis, without a name").fill("One person has this number.")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("heading", name="The hypothesis").wait_for()
    page.get_by_text("Say what speaks for it or against it").click()
    page.get_by_label("What, without a name").fill("Another language.")
    page.get_by_role("button", name="Enter it").click()
    page.get_by_text("Another language.").wait_for()


def test_officer_takes_note_of_what_a_watch_told(open_signed_in, desk):
    page = open_signed_in("/watches/", viewport=PHONE)
    page.get_by_role("button", name="I know").first.click()
    page.get_by_role("heading", name="You were told").wait_for(state="detached")
    page.goto(desk.furniture["watch"])
    page.get_by_text("not yet").first.wait_for()
