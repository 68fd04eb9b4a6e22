"""Every page there is, by the desk's own list of routes: nothing from elsewhere or against the policy, none too wide.

A new route is walked as soon as it is there. One that takes an id is tried with each id that other pages link to;
where none fits, `furniture.furnish` must make one.
"""

import re

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

# Rooms walk their own pages in English; here each is seen in the languages whose words are longer, by day and by night.
IN_OTHER_LANGUAGES = pytest.mark.parametrize(
    ("language", "schemes"), [("ml", ("dark", "light")), ("hi", ("light", "dark"))]
)
# Pages that the desk's officer may not open, or not by their address alone; their own tests walk them.
OF_OTHERS = {
    "open-operation",
    "unit",
    "insight-table",
    "closing-paper",
    "withdraw-safeguarded",
    "adopt-table",
    "correct-custody",
    "officer",
    "sealed-items",
    "ledger-extract",
    "upload",
}
# What has the focus and no outline that shows it; nothing else.
UNSEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return one === document.body || one.id === "main" || seen ? "" : one.outerHTML.slice(0, 90);
}"""


def routes(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from routes(pattern.url_patterns)


def ids_in(text):
    """The public ids of what a page links to, each with what stands before it in the address."""
    return re.findall(r"/((?:[a-z0-9-]+/)+)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", text)


def tries(route, known):
    """What a route is tried with: nothing, the first number there is, or each id; those of like addresses first."""
    taken = route.pattern.converters.values()
    if any(isinstance(one, IntConverter) for one in taken):
        return [[1]]
    before = str(route.pattern).partition("<")[0]
    found = sorted(known, key=lambda one: one[0] != before)
    return [[one] for one in dict.fromkeys(number for _, number in found)] if taken else [[]]


def answer_of(context, addresses):
    """The first address that answers a plain GET, its text, and whether the route is there at all."""
    for address in addresses:
        answer = context.request.get(address)
        if answer.status == 405:
            return None, "", True
        if answer.ok:
            return address, answer.text(), True
    return None, "", False


@pytest.fixture(scope="session")
def pages(chromium, desk, session):
    """Route and address of every page that the desk's officer comes to; a fragment has no head and is no page."""
    found, missing, known = {}, [], dict.fromkeys(ids_in(str(desk.furniture)))
    with chromium.new_context(base_url=desk.origin, storage_state=session) as context:
        for route in sorted(routes(), key=lambda route: len(route.pattern.converters)):
            if route.name in OF_OTHERS:
                continue
            address, text, there = answer_of(context, [reverse(route.name, args=args) for args in tries(route, known)])
            if text.lstrip().startswith("<!doctype html>"):
                found[route.name] = address
                known |= dict.fromkeys(ids_in(text))
            if not there:
                missing.append(route.name)
    assert missing == [], "no furniture for these routes"
    return found


def settle(page):
    """Letters are fetched when a frame first needs them, and drawn in the one after they have come."""
    page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          await frame();
          await document.fonts.ready;
          await frame();
          await frame();
        }"""
    )


@IN_OTHER_LANGUAGES
def test_every_page_fits_a_phone_and_a_desktop_and_pleases_axe(open_signed_in, pages, language, schemes):
    page = open_signed_in(locale=language)
    faults = {}
    for name, address in pages.items():
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme=schemes[0])
        page.goto(address)
        settle(page)
        keep_picture(page, f"{name}-{language}", whole=True)
        faults[name] = [axe_faults(page), max(0, too_wide(page))]
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme=schemes[1])
        settle(page)
        keep_picture(page, f"{name}-{language}-desktop", whole=True)
        faults[name].append(max(0, too_wide(page)))
    assert {name: fault for name, fault in faults.items() if fault != [[], 0, 0]} == {}


def test_no_page_asks_elsewhere_or_breaks_the_policy_and_focus_is_seen_on_all_that_takes_it(open_signed_in, pages):
    """What `open_signed_in` watches over while every page is there in English, it says at the end."""
    page = open_signed_in()
    unseen = []
    for name, address in pages.items():
        page.goto(address)
        for _ in range(25):
            page.keyboard.press("Tab")
            if one := page.evaluate(UNSEEN):
                unseen.append((name, one))
    assert (unseen, len(pages) >= 8) == ([], True)
