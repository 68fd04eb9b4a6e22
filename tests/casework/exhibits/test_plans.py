"""What pages of lists ask of the database: found by indexes, and no more questions however many rows there are."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kavalan.casework.exhibits import stacks
from kavalan.casework.exhibits.models import Item, Stack, Stacking, Thinning
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.privilege.services import supply_identifiers
from kavalan.casework.verbs import step

from ..conftest import NOW
from .batches import row, unread

FILTERS = {
    # Filters of the item table, and the index in whose order SQLite lists them.
    "": "item_open",
    "family=video": "item_by_family",
    "place=camera": "item_by_place",
    "family=picture&place=camera": "item_by_",
    "unread=1": "item_unread",
    "unread=1&family=other": "item_",
    "known=1": "item_with_hits",
    "standing=near": "item_by_standing",
    "deleted=1": "item_deleted",
    "deleted=1&place=camera": "item_",
    "reason=damaged": "item_by_reason",
    "thinned=1": "item_new",
    "thinned=1&family=other": "item_",
}
PAGES = [("exhibit", asked) for asked in FILTERS] + [("exhibit", "after=2"), ("hits", ""), ("hits", "standing=near")]
PAGES += [("home", ""), ("exhibits", ""), ("find", "q=e"), ("privilege", ""), ("exhibit-progress", "")]
PAGES += [("stacks", ""), ("stacks", "standing=unknown"), ("stacks", "after=1-1"), ("stacks", "number=1")]
PAGES += [("timeline", on) for on in ("", "on=2026", "on=2026-03-01", "on=2026-03-01T14&after=1772000000000000-1")]
PAGES += [("timeline", "on=unknown"), ("places", ""), ("unread", ""), ("unread", "reason=damaged")]
PAGES += [("exports", "family=picture"), ("thin", "")]
MOST_STATEMENTS = 12
ROWS = [
    row(b"DCIM/Camera/%d.jpg" % number, b"%d" % number, "image/jpeg", state="deleted", modified=NOW)
    for number in range(3)
] + [unread(b"adv-office/%d" % number, "gone") for number in range(3)]


@pytest.fixture
def filled(people, exhibit, load):
    """E-1, with a few items of every sort."""
    load(ROWS)
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    look_through(exhibit)
    return exhibit


@step(Item, Stack, Stacking, Thinning, Job)
def look_through(exhibit):
    """All of its pictures in one stack; thinned by nothing."""
    exhibit.items.filter(family="picture").update(stack=1)
    stacks.recount([(exhibit.pk, 1)])
    Stacking.objects.create(exhibit=exhibit, items=6, alike=True, done_at=NOW)
    job = Job.objects.create(kind="exhibit.thin", state=State.DONE, created_at=NOW)
    Thinning.objects.create(exhibit=exhibit, job=job, chosen_by=exhibit.registered_by, chosen_at=NOW)


@pytest.fixture
def ask(client, people):
    """Asks for a page about an exhibit as Alice; the statements that it took."""
    client.force_login(people.alice)

    def do(route, exhibit, asked):
        about = [] if route in {"home", "exhibits", "find"} else [exhibit.public_id]
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{reverse(route, args=about)}?{asked}").status_code == 200
        return [query["sql"] for query in captured.captured_queries]

    return do


def plan_of(statement):
    """As the database would do it, were there many rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It reads a small table whole unless that is made expensive.
            cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(str(line[-1]) for line in cursor.fetchall())


def whole(statement):
    """Whether the statement goes through all items, by the table or by an index."""
    tables = r"exhibits_(item|stack|hourtally|tally)\b"
    return re.search(rf"SCAN {tables}|Seq Scan on {tables}", plan_of(statement)) is not None


def test_no_page_goes_through_all_items(filled, ask):
    of_items = ("exhibits_item", "exhibits_stack", "tally")
    asked = [
        (page, one) for page in PAGES for one in ask(page[0], filled, page[1]) if any(map(one.__contains__, of_items))
    ]
    assert {route for (route, _), _ in asked} >= {"exhibit", "hits", "privilege"}
    assert [page for page, statement in asked if whole(statement)] == []


def test_items_are_listed_in_the_order_of_an_index(filled, ask):
    for asked, index in FILTERS.items():
        (listing,) = [one for one in ask("exhibit", filled, asked) if "exhibits_item" in one and "ORDER BY" in one]
        plan = plan_of(listing)
        assert (index if connection.vendor == "sqlite" else "Index") in plan, asked
        assert ("TEMP B-TREE" in plan) is False, asked


def test_stacks_and_times_are_listed_in_the_order_of_an_index(filled, ask):
    for route, asked, table, index in (
        ("stacks", "", "stack", "stack_by_size"),
        ("stacks", "standing=unknown&after=3-1", "stack", "stack_by_standing"),
        ("stacks", "number=1", "item", "item_by_stack"),
        ("timeline", "on=2026-03-01", "item", "item_by_time"),
        ("timeline", "on=2026-03-01T14&after=1772000000000000-1", "item", "item_by_time"),
        ("timeline", "on=unknown", "item", "item_by_time"),
        ("unread", "reason=damaged", "item", "item_by_reason"),
    ):
        told = [one for one in ask(route, filled, asked) if f'FROM "exhibits_{table}"' in one and "ORDER BY" in one]
        for plan in map(plan_of, told):
            assert (index if connection.vendor == "sqlite" else "Index") in plan, (route, asked)
            assert ("TEMP B-TREE" in plan) is False, (route, asked)
        assert told


def test_number_of_statements_does_not_grow_with_the_rows(people, folder, filled, ask, load):
    before = [len(ask(route, filled, asked)) for route, asked in PAGES]
    load([row(b"DCIM/Camera/x%d.jpg" % number, b"x%d" % number, "image/jpeg") for number in range(30)], number=2)
    register_exhibit(people.alice, people.warrant, ExhibitDraft("E-2", folder, people.compartment), NOW)
    assert [len(ask(route, filled, asked)) for route, asked in PAGES] == before
    assert [page for page, count in zip(PAGES, before, strict=True) if count > MOST_STATEMENTS] == []


def test_no_list_skips_rows_to_come_to_its_page(filled, ask):
    # `OFFSET 0` skips none: it is how PostgreSQL is told to look for the words first.
    skips = re.compile(r"OFFSET (?!0\b)")
    assert [one for route, asked in PAGES for one in ask(route, filled, asked) if skips.search(one)] == []
