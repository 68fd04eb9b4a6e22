"""The work on a case as officers see it: tasks, notes, what happened, and the cases beside it."""

import pytest
from tests.browser.chromium import DESKTOP, PHONE, axe_faults, keep_picture, too_wide

PAGES = {
    "tasks": "{case}tasks/",
    "task": "{task}",
    "notes": "{case}notes/",
    "note": "{note}",
    "timeline": "{case}timeline/",
    "beside": "{case}beside/",
    "merge": "{case}merge/",
    "split": "{case}split/",
    "undo": "{rearranged}",
}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_pages_fit_their_window_and_please_axe(open_signed_in, desk, viewport, scheme):
    page = open_signed_in(viewport=viewport, color_scheme=scheme)
    faults = {}
    for name, address in PAGES.items():
        assert page.goto(address.format(**desk.furniture)).ok
        page.get_by_role("heading", level=1).wait_for()
        keep_picture(page, f"casework-{name}-{scheme}", whole=True)
        faults[name] = (axe_faults(page), too_wide(page))
    assert faults == dict.fromkeys(PAGES, ([], 0))


def test_parts_are_split_off_merged_back_and_the_merge_undone(open_signed_in, desk):
    page = open_signed_in(desk.furniture["case"] + "split/", viewport=PHONE)
    page.get_by_role("checkbox", name="report").first.check()
    page.get_by_label("What the new case is about").fill("A boat of another harbour")
    page.get_by_label("Reason, without a name").fill("another account")
    page.get_by_role("button", name="Split them off").click()
    page.get_by_text("A boat of another harbour").first.wait_for()
    page.goto(desk.furniture["case"] + "beside/")
    page.get_by_label("A boat of another harbour").first.check()
    page.get_by_role("button", name="See what a merge would do").click()
    page.get_by_text("Nobody would see more of it than now.").wait_for()
    keep_picture(page, "casework-merging", whole=True)
    assert (axe_faults(page), too_wide(page)) == ([], 0)
    page.get_by_label("Reason, without a name").fill("it was one after all")
    page.get_by_role("button", name="Merge them").click()
    page.get_by_role("link", name="Merge, split, relate").click()
    page.get_by_role("row", name="it was one after all").get_by_role("link", name="Undo").click()
    page.get_by_label("Reason, without a name").fill("it was not")
    page.get_by_role("button", name="Undo it").click()
    page.get_by_text("It was undone.").wait_for()


def test_a_task_is_given_and_ended(open_signed_in, desk):
    page = open_signed_in(desk.furniture["case"] + "tasks/")
    page.get_by_label("What is to be done").fill("Look at it again")
    page.get_by_label("Until the end of").fill("2030-03-05")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Look at it again").click()
    page.get_by_label("How it ended").select_option("done")
    page.get_by_role("button", name="Record it").click()
    page.get_by_text("Take it up again").first.wait_for()
