"""My desk, as an officer sees it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

VIEWPORTS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
@VIEWPORTS
def test_my_desk_fits_its_window_and_pleases_axe(open_signed_in, request, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    page.get_by_role("heading", name="My desk").wait_for()
    keep_picture(page, f"mydesk-{request.node.callspec.id}", whole=True)
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


def test_what_waits_leads_to_where_it_is_done(open_signed_in, desk):
    page = open_signed_in()
    page.get_by_role("region", name="What waits for you").get_by_role("link").first.click()
    assert page.url.rstrip("/") != desk.origin
