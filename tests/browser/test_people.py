"""A first sign-in, one's account, the lock, and the desk's people, as they look. The tests stand in their order."""

import base64
import time

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, sign_in, too_wide

VIEWPORTS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def look_at(page, name):
    keep_picture(page, name)
    assert (axe_faults(page), too_wide(page)) == ([], 0)


@SCHEMES
@VIEWPORTS
def test_enrolment_fits_and_pleases_axe(open_page, desk, request, viewport, scheme):
    page = open_page("/sign-in/", viewport=viewport, color_scheme=scheme)
    sign_in_as_recruit(page, desk)
    page.get_by_role("img", name="QR code").wait_for()
    look_at(page, f"enrol-{request.node.callspec.id}")


def sign_in_as_recruit(page, desk):
    page.get_by_label("Badge").fill(desk.furniture["recruit"])
    page.get_by_label("Password").fill(desk.furniture["password"])
    page.get_by_role("button", name="Sign in").click()


def test_without_script_an_app_is_enrolled_and_the_code_of_conduct_accepted(open_page, desk):
    page = open_page("/sign-in/", java_script_enabled=False)
    sign_in_as_recruit(page, desk)
    secret = base64.b32decode(page.locator("code.key").inner_text().replace(" ", ""))
    app = TOTP(secret, 6, SHA1(), 30)  # noqa: S303 what apps use
    page.get_by_role("textbox", name="Code").fill(app.generate(int(time.time())).decode())
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert page.get_by_role("list", name="Recovery codes").get_by_role("listitem").count() == 10
    keep_picture(page, "recovery-codes")
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("heading", name="Code of conduct").wait_for()
    page.goto("/exhibits/register/")
    assert page.get_by_role("heading", level=1).inner_text() == "Code of conduct"
    keep_picture(page, "conduct")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**/exhibits/register/")


@SCHEMES
@VIEWPORTS
def test_account_and_people_fit_and_please_axe(open_signed_in, request, viewport, scheme):
    page = open_signed_in("/account/", viewport=viewport, color_scheme=scheme)
    look_at(page, f"account-{request.node.callspec.id}")
    for address in ("/people/", "/people/enrol/", "/conduct/", "/account/password/", "/account/recovery-codes/"):
        page.goto(address)
        look_at(page, f"{address.strip('/').replace('/', '-')}-{request.node.callspec.id}")
    page.goto("/people/")
    page.get_by_role("link", name="Joy Mathew").click()
    page.get_by_role("heading", name="Joy Mathew").wait_for()
    look_at(page, f"officer-{request.node.callspec.id}")


def test_locked_desk_shows_nothing_and_the_password_leads_back(open_page, desk):
    page = open_page("/sign-in/?next=/account/")
    sign_in(page, desk.furniture["newcomer"], desk.furniture["password"])
    page.wait_for_url("**/account/")
    page.get_by_role("button", name="Lock").click()
    page.goto("/exhibits/register/")
    page.get_by_role("heading", name="The desk is locked").wait_for()
    assert page.get_by_role("navigation", name="Places").count() == 0
    look_at(page, "locked")
    page.get_by_label("Password, or").fill(desk.furniture["password"])
    page.get_by_role("button", name="Unlock").click()
    page.wait_for_url("**/exhibits/register/")
