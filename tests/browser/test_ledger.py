"""The ledger's pages as an auditor, a supervisor and the person of an extract see them, on screen and on paper."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

VIEWPORTS = pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"]
)


def look_at(page, name):
    keep_picture(page, name, whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)


@pytest.fixture(scope="module")
def auditing(chromium, desk):
    """The cookies of the auditor, who signed in once."""
    with chromium.new_context(base_url=desk.origin) as context:
        page = context.new_page()
        page.goto("/sign-in/")
        sign_in(page, desk.furniture["auditor"], desk.furniture["password"])
        page.get_by_role("button", name="Sign out").wait_for()
        return context.storage_state()


@VIEWPORTS
def test_pages_of_an_auditor_fit_and_please_axe(open_page, desk, auditing, viewport, scheme):
    page = open_page("/ledger/", storage_state=auditing, viewport=viewport, color_scheme=scheme)
    pages = {
        "entries": "/ledger/",
        "filtered": "/ledger/?verb=exhibit.register",
        "none": "/ledger/?until=2001-01-01T00:00",
        "entry": "/ledger/1/",
        "slip": "/ledger/slip/",
        "extract": desk.furniture["extract"],
    }
    for name, address in pages.items():
        page.goto(address)
        look_at(page, f"ledger-{name}-{viewport['width']}")


def test_without_script_entries_are_narrowed_and_all_come_back(open_page, auditing):
    page = open_page("/ledger/", storage_state=auditing, java_script_enabled=False)
    page.get_by_text("Which entries").click()
    page.get_by_label("What was done").select_option("scan.start")
    with page.expect_navigation():
        page.get_by_role("button", name="Show these").click()
    told = page.get_by_role("region", name="Entries").get_by_role("rowheader").all_inner_texts()
    assert set(told) == {"Started a scan"}
    page.get_by_role("link", name="All entries").click()
    page.get_by_role("columnheader", name="On what authority").wait_for()
    assert len(page.get_by_role("region", name="Entries").get_by_role("rowheader").all()) > len(told)


def test_what_was_said_is_told_to_a_supervisor_for_a_reason(open_signed_in, desk):
    page = open_signed_in(desk.furniture["exhibit"])
    page.get_by_role("link", name="What the ledger says of it").click()
    page.get_by_role("row", name="Registered an exhibit").get_by_role("link").first.click()
    page.get_by_label("Reason").fill("Asked for by the court")
    page.get_by_role("button", name="Tell me").click()
    page.get_by_text("That you were told is an entry of its own.").wait_for()
    look_at(page, "ledger-said")


def test_extract_that_was_taken_is_told_to_whom_it_is_about(open_page, desk):
    page = open_page("/sign-in/", viewport=PHONE)
    sign_in(page, desk.furniture["newcomer"], desk.furniture["password"])
    notice = page.get_by_role("form", name="An extract about you was taken")
    notice.wait_for()
    assert "Rahel Kurup (KP-8102) asked, Sub-Inspector Meera Pillai (KP-7033) agreed" in notice.inner_text()
    look_at(page, "ledger-notice")
    notice.get_by_role("button", name="I have read this").click()
    page.get_by_role("heading", name="Extracts of the ledger about you").wait_for()
    assert notice.count() == 0
    look_at(page, "ledger-history")


def test_extract_is_taken_once_another_has_agreed(open_page, desk, auditing, tmp_path):
    other = open_page("/sign-in/?next=/approvals/")
    sign_in(other, desk.furniture["investigator"], desk.furniture["password"])
    asked = other.locator("form.card").filter(has_text="An extract of all that")
    asked.get_by_label("Your reason").fill("The file was seen")
    look_at(other, "ledger-asked")
    asked.get_by_role("button", name="Grant").click()

    page = open_page(desk.furniture["extract"], storage_state=auditing)
    with page.expect_download() as download:
        page.get_by_role("button", name="Take the extract").click()
    download.value.save_as(tmp_path / "extract.zip")
    with zipfile.ZipFile(tmp_path / "extract.zip") as archive:
        archive.extractall(tmp_path / "extract")
    program = [sys.executable, "-I", tmp_path / "extract" / "verify_ledger.py", tmp_path / "extract"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, "are withheld: this is an extract." in done.stdout) == (3, True)
    page.reload()
    assert page.get_by_role("button", name="Take the extract").count() == 0


def test_slip_is_scanned_from_paper_and_checked_by_what_it_says(open_signed_in, desk, tmp_path):
    page = open_signed_in("/ledger/slip/", viewport={"width": 559, "height": 794})  # A5 at 96 dots to the inch
    page.emulate_media(media="print")
    keep_picture(page, "ledger-slip-a5", whole=True)
    # Beside the other checks a printer: headless Chromium writes what it would print.
    page.pdf(path=tmp_path / "slip.pdf", format="A5")
    zbar, painter = shutil.which("zbarimg"), shutil.which("pdftoppm")
    if zbar is None or painter is None:
        pytest.skip("no zbarimg or pdftoppm here to read the sheet with (Debian's zbar-tools, poppler-utils)")
    text = subprocess.run(
        ["pdftotext", "-l", "1", tmp_path / "slip.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert "Signature" in text.stdout, "the signature is not on the sheet of what is signed"
    subprocess.run(
        [painter, "-l", "1", "-r", "150", "-png", "-singlefile", tmp_path / "slip.pdf", tmp_path / "sheet"], check=True
    )
    read = subprocess.run([zbar, "--raw", "-q", tmp_path / "sheet.png"], capture_output=True, check=True).stdout
    (tmp_path / "scanned.txt").write_bytes(read)
    command = [sys.executable, "-m", "kavalan", "ledger", "verify", "--against", tmp_path / "scanned.txt"]
    command += ["--workspace", f"{desk.furniture['folder']}/workspace"]
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "KAVALAN_ANCHOR"}}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, "ALTERED" in done.stdout) == (0, False), done.stdout
