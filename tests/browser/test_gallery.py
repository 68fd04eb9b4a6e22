"""Every component in each of its states: axe, width, scheme, language."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_component_fits_and_pleases_axe(open_signed_in, request, viewport, scheme):
    page = open_signed_in("/gallery/", viewport=viewport, color_scheme=scheme)
    keep_picture(page, f"gallery-{request.node.callspec.id}")
    keep_picture(page, f"gallery-{request.node.callspec.id}-whole", whole=True)
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


def test_on_paper_the_gallery_prints_whole(open_signed_in):
    page = open_signed_in("/gallery/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Places").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
