"""The pages of authorities, overrides and approvals, as an officer sees them."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

ADDRESSES = {
    "authorities": "/authorities/",
    "record": "/authorities/record/",
    "approvals": "/approvals/",
    "overrides": "{exhibit}overrides/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_fits_its_window_and_pleases_axe(open_signed_in, desk, name, viewport, scheme):
    page = open_signed_in(ADDRESSES[name].format(**desk.furniture), viewport=viewport, color_scheme=scheme)
    page.get_by_role("heading", level=1).wait_for()
    keep_picture(page, f"{name}-{viewport['width']}-{scheme}")
    assert (axe_faults(page), too_wide(page)) == ([], 0)


def test_an_authority_is_found_and_shown(open_signed_in):
    page = open_signed_in("/authorities/")
    page.get_by_role("link", name="W 118/2026").click()
    page.get_by_role("heading", name="W 118/2026").wait_for()
    keep_picture(page, "authority")
    assert axe_faults(page) == []
