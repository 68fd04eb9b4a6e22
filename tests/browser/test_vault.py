"""What is kept, in front of a browser: the vault's page, an exhibit's, and a certificate on paper."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_what_is_kept(open_signed_in, desk, viewport, scheme):
    page = open_signed_in("/vault/", viewport=viewport, color_scheme=scheme)
    name = f"{scheme}-{'desktop' if viewport == DESKTOP else 'phone'}"
    faults = {}
    for title, address in {
        "vault": "/vault/",
        "kept": f"{desk.furniture['exhibit']}safekeeping/",
        "not-kept": f"{desk.furniture['waiting']}safekeeping/",
        "certificate": desk.furniture["certificate"],
        "register": "/exhibits/register/",
    }.items():
        page.goto(address)
        keep_picture(page, f"kept-{title}-{name}")
        faults[title] = (axe_faults(page), max(0, too_wide(page)))
    assert {title: fault for title, fault in faults.items() if fault != ([], 0)} == {}


def test_exhibit_says_that_its_copy_is_whole(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    assert "Copy of an exhibit" in page.get_by_role("main").inner_text()
    assert "Read and found whole:" in page.get_by_role("main").inner_text()


def test_certificate_is_printed_with_both_names(open_signed_in, desk):
    page = open_signed_in(desk.furniture["certificate"])
    page.emulate_media(media="print")
    text = page.get_by_role("main").inner_text()
    assert "Asha Varma" in text
    assert "Leela Menon" in text
    keep_picture(page, "kept-certificate-print")
