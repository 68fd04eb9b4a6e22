"""Registering an exhibit and starting its scan, as an officer does it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

ADDRESS = "/exhibits/register/"
VIEWPORTS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@VIEWPORTS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible_and_fits(open_signed_in, viewport, scheme, request):
    page = open_signed_in(ADDRESS, viewport=viewport, color_scheme=scheme)
    page.get_by_role("button", name="Register it").wait_for()
    keep_picture(page, f"register-{request.node.callspec.id}")
    assert (axe_faults(page), too_wide(page)) == ([], 0)


def test_a_form_that_is_not_filled_says_what_is_missing(open_signed_in):
    page = open_signed_in(ADDRESS, allowed=("422",))
    # Past the browser's own check, as a script or an old browser would send it.
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Register it").click()
    page.get_by_role("alert").first.wait_for()
    keep_picture(page, "register-refused")
    assert axe_faults(page) == []


def test_an_exhibit_is_registered_its_scan_started_and_stopped(open_signed_in):
    page = open_signed_in("/exhibits/")
    page.get_by_role("link", name="Register an exhibit").click()
    chosen = page.locator("option", has_text="MO-4/2026").inner_text()
    page.get_by_label("Authority, and the exhibit that it names").select_option(label=chosen)
    page.get_by_label("Where it lies").select_option(label=page.locator("option", has_text="card-4").inner_text())
    page.get_by_label("Compartment in which it is kept").select_option("Seizure of 3 March")
    page.get_by_label("Description").fill("A card that lay in a drawer")
    page.get_by_role("button", name="Register it").click()
    page.get_by_role("heading", name="Exhibit MO-4/2026").wait_for()
    page.get_by_role("button", name="Start the scan").click()
    page.get_by_role("button", name="Stop the scan").wait_for()
    keep_picture(page, "scan-started")
    assert axe_faults(page) == []
    page.get_by_role("button", name="Stop the scan").click()
    page.get_by_role("button", name="Go on with the scan").wait_for()


def test_who_has_nothing_to_register_is_told_what_is_missing(open_page, desk):
    page = open_page(ADDRESS)
    sign_in(page, desk.furniture["newcomer"], desk.furniture["password"])
    page.get_by_role("heading", name="Nothing can be registered yet").wait_for()
    keep_picture(page, "register-nothing")
    assert axe_faults(page) == []
