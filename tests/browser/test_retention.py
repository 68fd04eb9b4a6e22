"""What falls due, what holds it, and what stays of what was purged, as officers see it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

PAGES = {
    "retention": "/retention/",
    "falls-due": "{falls_due}",
    "question": "{question}",
    "purge": "{purge}",
    "held": "{held}",
    "report": "{held_report}",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"retention-{name}-{viewport['width']}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_officer_looks_through_what_would_go_and_asks(open_signed_in, desk):
    page = open_signed_in(desk.furniture["falls_due"])
    page.get_by_role("button", name="Look through what would go").click()
    page.get_by_role("heading", name="Exactly what would go").wait_for()
    keep_picture(page, "retention-preview", whole=True)
    assert axe_faults(page) == []
    page.get_by_label("Reason, without a name").fill("two years are over")
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_text("Not answered yet").first.wait_for()
