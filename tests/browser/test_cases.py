"""Cases as officers see them: the list, a case from top to bottom, on paper, and the work on it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

PAGES = {
    "list": "/cases/",
    "open": "/cases/new/",
    "series": "/cases/series/",
    "case": "{case}",
    "print": "{case}print/",
    "parts": "{case}parts/",
    "stage": "{case}stage/",
    "charges": "{case}charges/",
    "numbers": "{case}numbers/",
    "papers": "{case}papers/",
    "people": "{case}people/",
    "marking": "{case}marking/",
    "joining": "{case_report}cases/",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"cases-{name}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_case_prints_with_its_mark_and_without_a_form(open_signed_in, desk):
    page = open_signed_in(desk.furniture["case"] + "print/", viewport=PHONE)
    # It is for named persons only: first it is asked for whom it is.
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.get_by_label("For whom it is printed, without a name").fill("the prosecutor, by hand")
    page.get_by_role("button", name="Show it for paper").click()
    page.get_by_role("heading", name="Where it stands").wait_for()
    page.emulate_media(media="print")
    keep_picture(page, "cases-on-paper", whole=True)
    # Nothing on paper leads to where something is done.
    for words in ("Tasks: add one, or plan by a template", "Notes: write one", "Merge, split, relate", "Undo"):
        assert not page.get_by_role("link", name=words).filter(visible=True).count(), words
    assert page.get_by_text("TLP:RED").first.is_visible()
    assert page.get_by_role("rowheader", name="First information report, copy").is_visible()
    assert not page.locator("main button:visible, main .button:visible").count()


def test_section_of_the_it_act_is_refused_while_the_lead_has_no_rank(open_signed_in, desk):
    page = open_signed_in(desk.furniture["case"], allowed=("status of 422",), viewport=PHONE)
    page.get_by_role("link", name="Sections of law").last.click()
    page.get_by_label("Act", exact=True).select_option("IT Act, 2000")
    page.get_by_label("Section", exact=True).fill("67B")
    page.get_by_role("button", name="Put it on the case").click()
    page.get_by_role("alert").filter(has_text="IT Act, 2000, s. 78").wait_for()
    keep_picture(page, "cases-refused", whole=True)
    page.get_by_label("Act", exact=True).select_option("BNS, 2023")
    page.get_by_label("Section", exact=True).fill("294")
    page.get_by_role("button", name="Put it on the case").click()
    page.get_by_text("BNS, 2023", exact=True).wait_for()
