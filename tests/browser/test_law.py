"""What the law asks, as officers see it: papers, time limits, what is privileged."""

from io import BytesIO

import pikepdf
import pytest
from icalendar import Calendar
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

PAGES = {
    "clocks": "/clocks/",
    "clocks-ended": "/clocks/?ended=1",
    "clocks-provision": "/clocks/?limit=pocso-19-6",
    "clocks-wall": "/clocks/wall/",
    "report-clocks": "{report_clocks}",
    "clock": "{clock}",
    "exhibit-clocks": "{exhibit}clocks/",
    "papers": "{exhibit}papers/",
    "privilege": "{exhibit}privilege/",
    "authority": "{authority}",
}


@pytest.fixture
def as_officer(open_page, desk):
    """Opens a page as an officer of that place in the furniture."""

    def open_one(who, address, **options):
        page = open_page("/sign-in/", **options)
        sign_in(page, desk.furniture[who], desk.furniture["password"])
        page.get_by_role("button", name="Sign out").wait_for()
        page.goto(address)
        return page

    return open_one


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        page.goto(address.format(**desk.furniture))
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"law-{name}-{viewport['width']}-{scheme}")
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_duty_list_is_printed_with_words_for_what_is_too_late(open_signed_in):
    page = open_signed_in("/clocks/")
    page.emulate_media(media="print")
    keep_picture(page, "law-clocks-print")
    page.get_by_text("Too late, for").first.wait_for()
    assert not page.get_by_role("navigation", name="Places").is_visible()


def test_duty_list_fits_one_sheet_and_names_no_act(open_signed_in):
    page = open_signed_in("/clocks/wall/")
    keep_picture(page, "law-wall-screen")
    sheet = page.pdf(format="A4")
    with pikepdf.open(BytesIO(sheet)) as printed:
        assert len(printed.pages) == 1
    assert "POCSO" not in page.locator("main").inner_text()


def test_duty_list_is_saved_as_a_calendar(open_signed_in):
    page = open_signed_in("/clocks/")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a calendar").click()
    assert saved.value.suggested_filename == "duty-list.ics"
    assert Calendar.from_ical(saved.value.path().read_bytes()).walk("VEVENT")


def test_paper_is_saved_as_a_file_and_never_shown(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"] + "papers/")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the file").first.click()
    assert saved.value.suggested_filename.startswith("printed-paper-")
    assert saved.value.path().read_bytes().startswith(b"%PDF-1.7")


def test_filter_officer_asks_and_opens_what_a_supervisor_granted(as_officer, desk):
    address = desk.furniture["letters"] + "privilege/"
    page = as_officer("filter", address, viewport=PHONE)
    page.get_by_role("link", name="Look at what is sealed").click()
    page.get_by_role("heading", name="Sealed in MO-5/2026").wait_for()
    keep_picture(page, "law-sealed")
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Why what is ticked is not privileged").fill("a bill, no advice")
    page.get_by_role("button", name="Ask a supervisor").click()
    page.get_by_text("Not answered yet").wait_for()
    grants = as_officer("investigator", "/approvals/")
    grants.get_by_text("Open 1 item of exhibit MO-5/2026").wait_for()
    keep_picture(grants, "law-question")
    question = grants.locator("form.card", has_text="MO-5/2026")
    question.get_by_label("Your reason").fill("the bill was seen")
    question.get_by_role("button", name="Grant").click()
    page.goto(address)
    keep_picture(page, "law-granted")
    page.get_by_role("button", name="Open them now").click()
    page.get_by_text("items opened by a filter officer").wait_for()
    assert not page.get_by_role("button", name="Open them now").count()
