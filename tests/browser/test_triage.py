"""Triage as officers see it: what is urgent, each line of a look, what is alike, the slice, the rules, children."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

PAGES = {
    "urgent": "/intake/urgent/",
    "urgent-report": "{urgent}",
    "report": "{child_report}",
    "report-triage": "{alike}",
    "slice": "/intake/slice/",
    "drawn": "{drawn}",
    "rules": "/intake/rules/",
    "rule-set": "{rule_set}",
    "children": "/intake/children/",
    "flag": "{flag}",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"triage-{name}-{viewport['width']}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_urgent_report_is_acknowledged_by_name(open_signed_in, desk):
    page = open_signed_in(desk.furniture["urgent"])
    page.get_by_label("What you do now").fill("The station was called")
    page.get_by_role("button", name="I have seen it").click()
    page.get_by_text("The station was called").wait_for()
    page.get_by_text(desk.furniture["officer"]).first.wait_for()
    assert not page.get_by_role("button", name="I have seen it").count()


def test_report_is_taken_set_aside_and_opened_again_with_the_reasons_kept(open_signed_in, desk):
    page = open_signed_in(desk.furniture["alike"])
    page.get_by_role("button", name="Take it", exact=True).click()
    standing = page.locator("form", has=page.get_by_role("heading", name="Where it stands"))
    standing.get_by_label("Reason, without a name").fill("nothing to go on yet")
    page.get_by_role("button", name="Set it aside").click()
    standing.get_by_label("Reason, without a name").fill("the service answered")
    page.get_by_role("button", name="Open it again").click()
    page.get_by_text("the service answered").wait_for()
    page.get_by_text("nothing to go on yet").wait_for()
