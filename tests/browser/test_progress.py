"""Long work, watched from its page. The tests stand in the order in which the work goes on."""

from tests.browser.chromium import axe_faults, keep_picture
from tests.browser.test_exhibits import work_off

NOT_ANSWERED = ("Failed to load resource", "htmx:sendError", "htmx:afterRequest")


def test_work_that_waits_says_so_and_is_asked_about_again(open_signed_in, desk):
    page = open_signed_in(desk.furniture["waiting"])
    with page.expect_response("**/progress/") as answer:
        assert page.get_by_role("progressbar").is_visible()
    assert answer.value.ok
    keep_picture(page, "exhibit-waiting")
    assert axe_faults(page) == []


def test_a_desk_that_stops_answering_is_told_until_it_answers_again(open_signed_in, desk):
    page = open_signed_in(desk.furniture["waiting"], allowed=NOT_ANSWERED)
    page.route("**/progress/", lambda route: route.abort())
    notice = page.get_by_text("The desk does not answer")
    notice.wait_for()
    keep_picture(page, "desk-does-not-answer")
    page.unroute("**/progress/")
    notice.wait_for(state="hidden")


def test_a_session_that_ended_leads_to_the_sign_in_page(open_signed_in, desk):
    page = open_signed_in(desk.furniture["waiting"])
    page.context.clear_cookies()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.get_by_role("heading", level=1).count() == 1


def test_work_that_ends_is_seen_without_loading_the_page_again(open_signed_in, desk):
    page = open_signed_in(desk.furniture["waiting"])
    work_off(desk)
    page.locator(".progress", has_text="done").wait_for()
    assert page.get_by_role("progressbar").count() == 0
    page.get_by_role("link", name="Load the list").click()
    page.get_by_role("region", name="Items").wait_for()
