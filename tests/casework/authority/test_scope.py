"""A scope says the same to Django, to SQLite and to somebody who walks over all rows."""

import sqlite3
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.casework.authority.scope import Account, Columns, DataKind, Scope, Span, as_q, as_sql, scope_fault
from kavalan.casework.exhibits.models import Item
from kavalan.casework.exhibits.rules import Family
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.guard import writing

from ..conftest import NOW

START = datetime(2026, 1, 1, tzinfo=UTC)
EXHIBITS = ["E-1", "E-2", "E 3/2026, Malanad", "രേഖ-4"]
ACCOUNTS = [Account("chirp", "42"), Account("chirp", "43"), Account("Chirp", "42"), Account("nest", "42")]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

moments = st.integers(-20, 20).map(lambda step: START + timedelta(microseconds=step))
spans = st.tuples(moments, moments).map(lambda pair: Span(*pair))
scopes = st.builds(
    Scope,
    st.frozensets(st.sampled_from(EXHIBITS)),
    st.frozensets(st.sampled_from(ACCOUNTS)),
    st.none() | spans,
    st.frozensets(st.sampled_from(DataKind)),
)
rows = st.lists(
    st.tuples(
        st.sampled_from([*EXHIBITS, "", "%"]),
        st.sampled_from([*(kind.value for kind in DataKind), "unheard-of"]),
        st.none() | moments,
        st.none() | st.sampled_from(["chirp", "Chirp", "nest"]),
        st.none() | st.sampled_from(["42", "43", ""]),
    ),
    max_size=30,
)


def within(scope, exhibit, kind, at, account=None):
    """The rule, as one would explain it."""
    if exhibit not in scope.exhibits or kind not in {each.value for each in scope.kinds}:
        return False
    if scope.dates is not None and (at is None or not scope.dates.start <= at < scope.dates.end):
        return False
    return account is None or not scope.accounts or account in {(a.platform, a.native_id) for a in scope.accounts}


def opened(store, select, compiled):
    condition, values = compiled
    return {number for (number,) in store.execute(select + condition, values)}


def micros(at):
    return None if at is None else round((at - EPOCH) / timedelta(microseconds=1))


@given(scopes, rows)
def test_sql_opens_just_the_rows_that_a_walk_opens(scope, rows):
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, exhibit, kind, at, platform, account)")
    kept = [(number, ex, kind, micros(at), *who) for number, (ex, kind, at, *who) in enumerate(rows)]
    store.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", kept)
    found = opened(store, "SELECT id FROM said WHERE ", as_sql(scope, Columns()))
    store.close()
    assert found == {
        number for number, (ex, kind, at, *who) in enumerate(rows) if within(scope, ex, kind, at, tuple(who))
    }


@pytest.fixture
def items(people, folder):
    """Random items of two exhibits, as the desk and as a side store without accounts keep them."""
    random, kept = Random(20260301), []  # noqa: S311 the same rows every time
    registered = [
        register_exhibit(people.alice, people.warrant, ExhibitDraft(name, folder, people.compartment), NOW)
        for name in ("E-1", "E-2")
    ]
    for number in range(300):
        exhibit = random.choice(registered)
        at = random.choice([None, *(START + timedelta(microseconds=step) for step in range(-20, 21))])
        kept.append(Item(exhibit=exhibit, number=number, path=b"", family=random.choice(Family.values), modified=at))
    with writing(frozenset({"exhibits_item"})):
        Item.objects.bulk_create(kept)
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE file (id, ref, sort, changed)")
    values = [(item.number, item.exhibit.reference, item.family, micros(item.modified)) for item in kept]
    store.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", values)
    yield kept, store
    store.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(scope=scopes)
def test_django_and_sql_open_the_same_items_as_a_walk(items, scope):
    kept, store = items
    walked = {item.number for item in kept if within(scope, item.exhibit.reference, item.family, item.modified)}
    compiled = as_sql(scope, Columns("ref", "sort", "changed", platform="", account=""))
    assert set(Item.objects.filter(as_q(scope)).values_list("number", flat=True)) == walked
    assert opened(store, "SELECT id FROM file WHERE ", compiled) == walked


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(scope=scopes)
def test_no_item_is_sealed_where_a_scope_is_said_to_limit_none(items, scope):
    kept, _ = items
    sealed = [
        item
        for item in kept
        if item.exhibit.reference == "E-1" and not within(scope, "E-1", item.family, item.modified)
    ]
    if not scope.limits_items("E-1"):
        assert sealed == []


def test_every_family_of_items_is_a_kind_of_data():
    assert set(Family.values) < set(DataKind.values)


SPAN = Span(START, START + timedelta(days=1))


@pytest.mark.parametrize(
    ("scope", "why"),
    [
        (Scope(frozenset()), "would mean everything"),
        (Scope(frozenset({"E-1", "*"})), "everything is not recorded"),
        (Scope(frozenset({" All "})), "everything is not recorded"),
        (Scope(frozenset({"E-1\0"})), "not the reference"),
        (Scope(frozenset({"E-1"}), kinds=frozenset()), "kinds of data"),
        (Scope(frozenset({"E-1"}), frozenset({Account("chirp", "any")})), "not the name of an account"),
        (Scope(frozenset({"E-1"}), frozenset({Account(" ", "42")})), "not the name of an account"),
        (Scope(frozenset({"E-1"}), dates=Span(SPAN.end, SPAN.start)), "ends before it begins"),
        (Scope(frozenset({"E-1"}), dates=Span(START, START)), "ends before it begins"),
        (Scope(frozenset({"E-1"}), dates=Span(datetime(2026, 1, 1), datetime(2026, 2, 1))), "no zone"),  # noqa: DTZ001 what is refused
    ],
)
def test_scope_without_bounds_is_not_recorded(scope, why):
    assert why in scope_fault(scope)


def test_bounded_scope_has_no_fault():
    assert scope_fault(Scope(frozenset({"E-1"}), frozenset({Account("chirp", "42")}), SPAN)) is None
