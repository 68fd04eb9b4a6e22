"""Sealed names, as officers see them: sealed, asked for, granted, told once."""

import pytest
from playwright.sync_api import Error
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

NAME = "Zelphine Okwaramba"
PAGES = {
    "identities": "/identities/",
    "seal": "/identities/seal/",
    "identity": "{identity}",
    "correct": "{identity}correct/",
}


@pytest.fixture
def as_investigator(open_page, desk):
    """Opens a page as the one who may ask."""

    def open_one(address, **options):
        page = open_page("/sign-in/", **options)
        sign_in(page, desk.furniture["investigator"], desk.furniture["password"])
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
        keep_picture(page, f"sealed-{name}-{viewport['width']}-{scheme}")
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_name_is_told_to_one_person_once_and_cannot_be_come_back_to(as_investigator, open_signed_in, desk):
    page = as_investigator(desk.furniture["identity"], viewport=PHONE)
    page.get_by_label("Reason, without a name").fill("for the court")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("heading", name="You have asked").wait_for()
    grants = open_signed_in("/approvals/").locator("form.card", has_text="Open a sealed name")
    grants.get_by_label("Your reason").fill("the court asks")
    grants.get_by_role("button", name="Grant").click()
    page.goto(desk.furniture["identity"])
    keep_picture(page, "sealed-granted")
    page.get_by_role("button", name="Open it now").click()
    page.get_by_text("The ledger has this opening").wait_for()
    assert not page.get_by_text(NAME).is_visible()
    page.locator("summary").click()
    page.get_by_text(NAME).wait_for()
    keep_picture(page, "sealed-opened")
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.emulate_media(media="print")
    assert not page.get_by_text(NAME).is_visible()
    assert page.get_by_text("What is sealed is not printed.").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Leave").click()
    page.get_by_text("Who was told, the newest first").wait_for()
    keep_picture(page, "sealed-told")
    # The browser kept nothing, and does not send the form again by itself.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()


def test_it_works_without_script(open_page, session, desk):
    page = open_page("/identities/seal/", storage_state=session, java_script_enabled=False)
    page.get_by_label("Whose name it is").select_option("reporter")
    page.get_by_label("Where the pseudonym is known").select_option("Seizure of 3 March")
    page.get_by_label("Name", exact=True).fill("Orvane Tillick")
    page.get_by_role("button", name="Seal it").click()
    page.get_by_role("heading", name="Confidential reporter").wait_for()
    assert "Orvane" not in page.content()
