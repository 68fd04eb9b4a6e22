"""Three languages, switched by a form, with letters of our own."""

import pytest
from tests.browser.chromium import keep_picture


def test_whoever_signs_in_chooses_the_language_first(open_page):
    page = open_page("/sign-in/")
    page.get_by_role("button", name="മലയാളം").click()
    page.get_by_role("heading", level=1, name="പ്രവേശിക്കുക").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", level=1, name="Sign in").wait_for()


@pytest.mark.parametrize(("language", "heading"), [("ml", "എന്റെ ഡെസ്ക്"), ("hi", "मेरा डेस्क")])
def test_the_browsers_language_is_taken_where_nothing_was_chosen(open_signed_in, language, heading):
    page = open_signed_in(locale=f"{language}-IN")
    assert page.get_by_role("heading", level=1).inner_text() == heading


@pytest.mark.parametrize(("language", "font"), [("ml", "Kavalan Malayalam"), ("hi", "Kavalan Devanagari")])
def test_letters_come_from_the_desk_itself(open_signed_in, language, font):
    page = open_signed_in(locale=language)
    page.evaluate("document.fonts.ready")
    loaded = "family => [...document.fonts].some(one => one.family.includes(family) && one.status === 'loaded')"
    assert page.evaluate(loaded, font)


def test_an_english_page_asks_for_no_letters(open_page):
    page = open_page("/keys/")
    fetched = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert [name for name in fetched if "Bold" in name] == []


@pytest.mark.parametrize("language", ["ml", "hi"])
def test_a_page_says_that_its_translation_was_not_reviewed(open_signed_in, desk, language):
    page = open_signed_in(f"{desk.furniture['exhibit']}hits/", locale=language)
    assert page.get_by_role("contentinfo").locator(".unread").is_visible()
    english = page.locator("caption .original[lang=en]")
    assert english.inner_text().startswith("A near hit is a likeness")
    keep_picture(page, f"hits-beside-{language}")
