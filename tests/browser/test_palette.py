"""The command palette: by keys, by pointer, aloud, and without script."""

import re

from tests.browser.chromium import PHONE, axe_faults, keep_picture, too_wide

QUESTION = "Find words, numbers, a page, something to do"


def opened(page):
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name=QUESTION)
    field.wait_for()
    return field


def test_keys_alone_find_an_exhibit_and_go_there(open_signed_in, desk):
    page = open_signed_in("/look/")
    field = opened(page)
    page.keyboard.type("mo-1")
    page.get_by_role("option", name=re.compile(r"^MO-1\b")).wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk.furniture['exhibit']}")


def test_arrows_go_round_and_one_thing_is_chosen(open_signed_in):
    page = open_signed_in()
    field = opened(page)
    page.get_by_role("option").first.wait_for()
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") != first
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first
    assert page.locator("[role=option][aria-selected=true]").count() == 1


def test_how_many_were_found_is_told_aloud(open_signed_in):
    page = open_signed_in()
    opened(page).fill("mo-")
    page.locator("#palette-told", has_text=re.compile("^[1-9][0-9]* found$")).wait_for()
    page.get_by_role("combobox").fill("nothing is called so")
    page.locator("#palette-told", has_text="0 found").wait_for()
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "false"


def test_escape_closes_it_and_gives_the_focus_back(open_signed_in):
    page = open_signed_in()
    link = page.get_by_role("link", name="Find")
    link.focus()
    opened(page)
    page.keyboard.press("Escape")
    assert not page.locator("dialog#palette").is_visible()
    assert page.evaluate("document.activeElement.dataset.palette") == "open"


def test_an_answer_to_an_older_question_is_dropped(open_signed_in):
    page = open_signed_in()
    held = []
    field = opened(page)
    page.get_by_role("option").first.wait_for()
    page.route("**/find/?q=mo-1", lambda route: held.append(route))  # noqa: PLW0108 Playwright takes no built-in
    field.fill("mo-1")
    page.wait_for_timeout(300)
    field.fill("mo-2")
    page.get_by_role("option", name=re.compile(r"^MO-2\b")).wait_for()
    assert len(held) == 1
    assert page.get_by_role("option", name=re.compile(r"^MO-1\b")).count() == 0


def test_typing_fast_asks_once(open_signed_in):
    page = open_signed_in()
    opened(page)
    page.get_by_role("option").first.wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("mo-2/2026", delay=5)
    page.get_by_role("option", name=re.compile(r"^MO-2\b")).wait_for()
    assert len(asked) <= 2


def test_a_desk_that_does_not_answer_is_told(open_signed_in):
    page = open_signed_in(allowed=("Failed to load resource",))
    # The browser itself refuses: no handler of this process stands between the question and its failing.
    page.context.set_offline(True)
    with page.expect_event("requestfailed", lambda request: "/find/" in request.url):
        opened(page)
    page.locator("#palette-told", has_text="The desk does not answer.").wait_for()


def test_a_desk_that_takes_long_is_told_and_its_late_answer_is_shown(open_signed_in):
    page = open_signed_in()
    page.clock.install()
    held = []
    page.route("**/find/?q=", lambda route: held.append(route))  # noqa: PLW0108 Playwright takes no built-in
    with page.expect_request("**/find/**"):
        opened(page)
    page.clock.fast_forward(9_000)
    page.locator("#palette-told", has_text="The desk does not answer.").wait_for()
    held[0].continue_()
    page.get_by_role("option").first.wait_for()
    assert "answer" not in page.locator("#palette-told").inner_text()


def test_a_language_is_switched_from_the_palette(open_signed_in):
    page = open_signed_in()
    opened(page).fill("malayalam")
    page.get_by_role("option", name="മലയാളം").click()
    page.locator("html[lang=ml]").wait_for()


def test_it_pleases_axe_and_fits_a_phone(open_signed_in):
    for scheme in ("light", "dark"):
        page = open_signed_in(viewport=PHONE, color_scheme=scheme)
        page.get_by_role("link", name="Find").click()
        page.get_by_role("combobox").fill("e")
        page.get_by_role("option").first.wait_for()
        keep_picture(page, f"palette-{scheme}")
        assert (axe_faults(page), too_wide(page)) == ([], 0)


def test_without_script_the_same_address_is_a_page(open_signed_in, desk):
    page = open_signed_in(java_script_enabled=False)
    page.get_by_role("link", name="Find").click()
    page.get_by_role("searchbox", name=QUESTION).fill("mo-1")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.get_by_role("heading", name="Exhibits").wait_for()
    keep_picture(page, "find")
    page.get_by_role("link", name="MO-1/2026").click()
    page.wait_for_url(f"**{desk.furniture['exhibit']}")
