"""The report of a scan in a browser: it asks nothing of anybody, fits a phone, passes axe, and prints."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, Watch, axe_faults, keep_picture, too_wide
from tests.scan.results.made import (
    CLEARED,
    EXCHANGE,
    SEEN,
    SYSTEM,
    facts,
    hit,
    item,
    lay_down,
    near,
    pdq,
    picture,
    turned,
    unread,
    video,
)

from kavalan.scan.results import write_results

LONG = b"sdcard/WhatsApp/Media/WhatsApp Images/Sent/" + b"long" * 60 + b".jpg"
TRACE = {"act": "forwarded", "evidence": "msgstore.db, table message_media: " + "x" * 300, "at": 1, "count": 9}


def made_scan(out):
    rows = [
        picture(LONG, traces=[TRACE]),
        picture(b"a.zip\0/b.jpg"),
        picture(b"c.jpg"),
        picture(b"d.jpg"),
        item(b"usr/e"),
    ]
    rows += [picture(b"DCIM/Camera/%d.jpg" % n, pdq=turned(pdq(b"x"), n), modified=None) for n in range(3)]
    rows += [unread(), unread(b"f", error="folder cannot be listed: Permission denied"), video(b"v.mp4")]
    hits = [hit(1, rows[0], key="K" * 80), hit(1, rows[0], EXCHANGE, method="md5"), near(2, rows[1], rotation="flipx")]
    hits += [hit(3, rows[2], suppressed_by=["cleared"]), hit(3, rows[2], CLEARED), hit(4, rows[3], contradicted=True)]
    write_results(lay_down(out, [rows], [*hits, hit(5, rows[4], SYSTEM)]), facts(seen_before=(SEEN,), end="stopped"))


def empty_scan(out):
    write_results(lay_down(out, []), facts(lists=()))


@pytest.fixture(scope="module", params=[made_scan, empty_scan], ids=["hits", "nothing"])
def address(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    request.param(out)
    return (out / "report.html").as_uri()


@pytest.fixture
def open_report(chromium, address):
    """Opens the report, and fails the test for anything it asks for or that its own policy refuses."""
    watch = Watch("file://")
    contexts = []

    def open_one(**options):
        context = chromium.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_report_fits_its_window_and_passes_axe(open_report, request, viewport, scheme):
    page = open_report(viewport=viewport, color_scheme=scheme, java_script_enabled=True)
    keep_picture(page, f"report-{request.node.callspec.id}")
    assert too_wide(page) <= 0
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert too_wide(page) <= 0
    assert axe_faults(page) == []


def test_three_figures_stand_on_the_first_screen_of_a_phone(open_report, address):
    page = open_report(viewport=PHONE)
    figures = page.locator(".answer li")
    assert figures.count() in {0, 3}
    for number in range(figures.count()):
        box = figures.nth(number).bounding_box()
        assert box["y"] + box["height"] <= PHONE["height"]


def test_report_is_read_without_script(open_report):
    page = open_report(java_script_enabled=False)
    assert page.get_by_text("A hit is a lead: a person confirms it.").first.is_visible()
    assert page.locator("details").count() == 0 or not page.locator("details bdi").first.is_visible()


def test_report_prints_its_names_only_where_they_were_unfolded(open_report):
    page = open_report()
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Signatures").is_visible()
    assert not page.get_by_role("navigation").is_visible()
    folded = page.locator("details bdi")
    if folded.count():
        assert not folded.first.is_visible()
        page.locator("details").first.evaluate("one => one.open = true")
        assert folded.first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
