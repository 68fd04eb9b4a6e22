"""Choosing how pages look: the browser remembers it, in cookies that say nothing of the officer."""

import pytest


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice)
    return client


def test_what_was_chosen_is_remembered_and_shown_without_script(alice):
    answer = alice.post("/look/", {"theme": "dark", "language": "hi", "keys": "off"})
    assert answer.status_code == 302
    page = alice.get("/look/").text
    assert '<html lang="hi" data-theme="dark" data-keys="off">' in page
    assert '<meta name="color-scheme" content="dark">' in page


def test_cookies_hold_the_choice_and_nothing_else(alice):
    answer = alice.post("/look/", {"theme": "dark", "language": "ml", "keys": "on"})
    assert {name: cookie.value for name, cookie in answer.cookies.items()} == {
        "kavalan-theme": "dark",
        "kavalan-language": "ml",
        "kavalan-keys": "on",
    }
    for cookie in answer.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_what_is_no_choice_is_passed_over(alice):
    assert alice.post("/look/", {"theme": "pink", "language": "xx", "name": "x"}).cookies == {}


def test_a_cookie_that_somebody_wrote_into_is_passed_over(alice):
    alice.cookies["kavalan-theme"] = '"><script>'
    assert 'data-theme="automatic"' in alice.get("/look/").text


def test_one_comes_back_to_the_page_on_which_one_chose(alice):
    answer = alice.post("/look/", {"theme": "dark"}, headers={"referer": "http://testserver/find/?q=x"})
    assert answer["Location"] == "http://testserver/find/?q=x"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(alice, elsewhere):
    assert alice.post("/look/", {"next": elsewhere, "theme": "dark"})["Location"] == "/look/"


def test_the_browsers_own_language_comes_first(client, people):
    assert '<html lang="ml"' in client.get("/sign-in/", headers={"accept-language": "ml-IN,en;q=0.5"}).text
    assert '<html lang="en"' in client.get("/sign-in/", headers={"accept-language": "de"}).text


def test_a_page_in_another_language_says_that_nobody_reviewed_it(alice):
    assert 'href="/look/#review"' not in alice.get("/").text
    assert 'href="/look/#review"' in alice.get("/", headers={"accept-language": "hi"}).text


def test_a_legal_text_is_shown_in_english_too_until_it_was_reviewed(alice):
    english = "A near hit is a likeness between two pictures, never proof: a person compares."
    assert (
        f'<span class="original" lang="en">{english}</span>'
        in alice.get("/gallery/", headers={"accept-language": "ml"}).text
    )
    assert 'class="original"' not in alice.get("/gallery/").text


def test_counts_are_grouped_as_india_counts_and_times_follow_the_language(alice):
    assert "12,04,318" in alice.get("/gallery/").text
    assert "3 Mar 2026, 14:05" in alice.get("/gallery/").text
    assert "3 मार्च 2026, 14:05" in alice.get("/gallery/", headers={"accept-language": "hi"}).text


def test_the_header_names_the_place_to_which_a_page_belongs(alice):
    pages = ("/subjects/", "/watches/", "/operations/")
    assert all('href="/cases/" data-jump="s" aria-current="true"' in alice.get(page).text for page in pages)
