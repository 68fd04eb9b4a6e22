"""Things in custody, in front of a browser: seen, typed in, handed over, printed."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, press_enter, sign_in, too_wide

IMEI = "352099001761481"


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_pages_of_custody(open_signed_in, desk, viewport, scheme):
    page = open_signed_in("/devices/", viewport=viewport, color_scheme=scheme)
    faults = {}
    for title, address in {
        "devices": "/devices/",
        "device": desk.furniture["device"],
        "correction": desk.furniture["correction"],
        "hand-over": desk.furniture["hand-over"],
        "typing": desk.furniture["typing"],
        "seize": "/seizures/new/",
        "seizure": desk.furniture["seizure"],
        "enter": f"/devices/enter/?what=lab_back&device={desk.furniture['device'].split('/')[2]}",
        "offer": f"/hand-overs/new/?device={desk.furniture['device'].split('/')[2]}",
        "offer-choice": "/hand-overs/new/",
    }.items():
        page.goto(address)
        keep_picture(page, f"custody-{title}-{scheme}", whole=True)
        faults[title] = (axe_faults(page), max(0, too_wide(page)))
    assert {title: fault for title, fault in faults.items() if fault != ([], 0)} == {}


def test_telephone_is_typed_in_with_enter_alone(open_signed_in, desk):
    page = open_signed_in(desk.furniture["typing"], viewport=PHONE)
    # The row that was at fault is typed anew; the cursor stands where the seal is missing.
    page.get_by_role("button", name="Type SM 8/2026/1 anew").click()
    page.get_by_label("IMEI (*#06#").fill(IMEI)
    press_enter(page)
    page.locator("[name=seal]:focus").wait_for()
    page.keyboard.type("MLD 0077")
    press_enter(page)
    page.get_by_role("heading", name="Thing 2").wait_for()
    assert page.get_by_label("Reference on the memo").input_value() == "SM 8/2026/2"
    page.locator("[name=imei]:focus").wait_for()
    assert page.get_by_role("button", name="Register 1 thing").is_enabled()


def test_hand_over_is_printed_with_lines_to_sign(open_signed_in, desk):
    page = open_signed_in(desk.furniture["device"])
    page.emulate_media(media="print")
    assert page.get_by_role("button", name="Enter it").is_hidden()
    keep_picture(page, "custody-device-print", whole=True)
    page.goto(desk.furniture["hand-over"])
    assert page.get_by_text("Signature").is_visible()
    keep_picture(page, "custody-slip-print", whole=True)


def test_receiver_finds_the_hand_over_on_the_first_page_and_accepts(open_page, desk):
    page = open_page("/sign-in/")
    sign_in(page, desk.furniture["investigator"], desk.furniture["password"])
    page.get_by_role("link", name="from Inspector Asha Varma").click()
    page.get_by_role("button", name="I have received it").click()
    page.get_by_text("Closed.").wait_for()
