"""Large files, sent by tus's own two clients to a desk as it is deployed; and the page of long work."""

import random
from urllib.parse import urljoin

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, press_enter, sign_in, too_wide
from tests.browser.upload_furniture import BEGUN, BY_PROGRAM, NEW, SENDER

ADDRESS = "/exhibits/upload/"
ON_BOTH = pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)


@pytest.fixture(scope="module")
def sender_session(chromium, desk):
    """The cookies of the officer who sends."""
    with chromium.new_context(base_url=desk.origin) as context:
        page = context.new_page()
        page.goto("/sign-in/")
        sign_in(page, SENDER, desk.furniture["password"])
        page.get_by_role("button", name="Sign out").wait_for()
        return context.storage_state()


@pytest.fixture
def open_as_sender(open_page, sender_session):
    def open_one(address=ADDRESS, **options):
        return open_page(address, storage_state=sender_session, **options)

    return open_one


@ON_BOTH
def test_pages_of_uploads_and_jobs(open_as_sender, desk, viewport, scheme):
    page = open_as_sender(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in {"send": ADDRESS, "one": desk.furniture["upload"], "jobs": "/jobs/"}.items():
        page.goto(address)
        keep_picture(page, f"upload-{name}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), max(0, too_wide(page)))
    assert {name: fault for name, fault in faults.items() if fault != ([], 0)} == {}


def test_without_script_the_page_says_where_to_put_the_file(open_as_sender):
    page = open_as_sender(java_script_enabled=False)
    text = page.get_by_role("main").inner_text()
    assert "a form without script cannot" in text
    assert "register it there" in text
    assert not page.get_by_role("button", name="Send it").is_visible()
    keep_picture(page, "upload-no-script")


def test_another_file_is_not_gone_on_with(open_as_sender, tmp_path):
    other = tmp_path / "telephone.zip"
    other.write_bytes(b"another")
    page = open_as_sender()
    page.get_by_label("Choose the same file again to go on").set_input_files(other)
    page.get_by_text("This is another file than the one that was begun").wait_for()
    assert axe_faults(page) == []


def test_file_is_sent_paused_by_key_gone_on_with_after_a_reload_and_becomes_an_exhibit(open_as_sender, tmp_path):
    file = tmp_path / "ferry.img"
    file.write_bytes(random.Random(5).randbytes(1 << 20) * 33)  # noqa: S311 no secret
    page = open_as_sender()
    sent = []

    def first_alone(route):
        # The second piece never arrives: so it can be paused while it is on its way.
        sent.append(route)
        if route.request.method != "PATCH" or len([one for one in sent if one.request.method == "PATCH"]) == 1:
            route.continue_()

    page.route("**/uploads/**", first_alone)
    page.get_by_label("Authority, and the exhibit that it names").select_option(
        label=f"{NEW}: warrant W 31/2026, Kadavu"
    )
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Send it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("(96 %)").or_(page.get_by_text("(97 %)")).first.wait_for()
    page.get_by_role("button", name="Pause").focus()
    page.keyboard.press("Enter")
    page.get_by_text("It rests. Nothing that was sent is lost.").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Go on"
    keep_picture(page, "upload-paused")
    assert axe_faults(page) == []
    page.unroute("**/uploads/**")
    page.reload()
    line = page.get_by_role("listitem").filter(has_text=NEW)
    assert "32.0\xa0MB of 33.0\xa0MB" in line.inner_text()
    line.get_by_label("Choose the same file again to go on").set_input_files(file)
    page.get_by_text("All of it has come.").wait_for()
    keep_picture(page, "upload-done")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("heading", name=f"Exhibit {NEW}").wait_for()
    page.goto("/jobs/")
    page.get_by_role("row", name="Taking an exhibit into the vault").first.wait_for()


def test_job_is_paused_ordered_and_let_go_on_by_keys(open_as_sender):
    page = open_as_sender("/jobs/")
    row = page.get_by_role("row").filter(has_text=NEW).first
    row.get_by_role("button", name="Pause").focus()
    press_enter(page)
    row.get_by_text("paused").wait_for()
    row.get_by_label("Its turn").select_option("when nothing else waits")
    row.get_by_label("Worked on").select_option("by night and at weekends")
    row.get_by_role("button", name="Order it so").focus()
    press_enter(page)
    keep_picture(page, "jobs-paused", whole=True)
    assert axe_faults(page) == []
    assert row.get_by_label("Worked on").input_value() == "nights_and_weekends"
    row.get_by_role("button", name="Go on").click()
    row.get_by_role("button", name="Pause").wait_for()


def test_program_sends_in_pieces_is_cut_off_and_goes_on(chromium, desk, sender_session, open_as_sender, tmp_path):
    """By tuspy, with the cookies and the token of the page."""
    client = pytest.importorskip("tusclient.client", reason="the package tuspy is not installed")
    data = random.Random(6).randbytes(700_001)  # noqa: S311 no secret
    file = tmp_path / "telephone.bin"
    file.write_bytes(data)
    with chromium.new_context(base_url=desk.origin, storage_state=sender_session) as context:
        page = context.new_page()
        page.goto(ADDRESS)
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
    speaks = client.TusClient(urljoin(desk.origin, "/uploads/"), headers={"X-CSRFToken": token, "Cookie": cookies})
    said = {
        "covered": f"{desk.furniture['warrant_of_uploads']} {BY_PROGRAM}",
        "compartment": desk.furniture["room_of_uploads"],
        "filename": "telephone.bin",
    }
    first = speaks.uploader(str(file), chunk_size=100_000, metadata=said, upload_checksum=True)
    first.upload(stop_at=300_000)
    again = speaks.uploader(str(file), chunk_size=100_000, url=first.url)
    assert again.offset == 300_000
    again.upload()
    assert again.get_offset() == len(data)
    page = open_as_sender(first.url)
    page.get_by_role("heading", name=f"Exhibit {BY_PROGRAM}").wait_for()


def test_begun_upload_is_given_up(open_as_sender, desk):
    page = open_as_sender(desk.furniture["upload"])
    page.get_by_role("heading", name=f"Upload of {BEGUN}").wait_for()
    page.get_by_role("button", name="Give it up").click()
    page.wait_for_url(f"**{ADDRESS}")
    assert page.get_by_role("listitem").filter(has_text=BEGUN).count() == 0
