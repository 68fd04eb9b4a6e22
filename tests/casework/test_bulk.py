"""Rows that were made ready beforehand are those that the manager would have made."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.forms.models import model_to_dict

from kavalan.casework.bulk import Prepared, save_each
from kavalan.casework.errors import UnguardedWriteError
from kavalan.casework.exhibits.models import Content, Item
from kavalan.casework.exhibits.rules import Family
from kavalan.casework.guard import writing

WHEN = datetime(2026, 3, 1, 9, 0, 0, 8, tzinfo=UTC)


@pytest.fixture
def opened():
    with writing(frozenset({"exhibits_content", "exhibits_item"})):
        yield


def content(number, **more):
    return Content(sha256=bytes([number]) * 32, md5=bytes(16), sha1=bytes(20), size=number, kind="text/plain", **more)


def item(number, **more):
    return Item(number=number, path=b"\xff\x00.jpg", family=Family.PICTURE, modified=WHEN, **more)


def said(model):
    """Every row without its number, bytes as such."""
    rows = [model_to_dict(row, exclude=["id", "number"]) for row in model.objects.order_by("pk")]
    return [
        {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()} for row in rows
    ]


def test_prepared_row_is_the_one_that_is_saved_otherwise(exhibit, opened):
    item(1, exhibit=exhibit, error="truncated").save()
    Prepared(Item, [item(2, exhibit=exhibit, error="truncated")]).insert()
    first, second = said(Item)
    assert first == second


def test_what_is_known_later_is_filled_in_row_by_row(exhibit, opened):
    numbers = []
    for number in (1, 2):
        kept = content(number)
        kept.save()
        numbers.append(kept.pk)
    Prepared(Item, [item(0), item(0), item(0)]).insert(
        exhibit_id=[exhibit.pk] * 3, number=range(7, 10), content_id=[*numbers, None]
    )
    assert list(Item.objects.order_by("number").values_list("number", "content_id")) == [
        (7, numbers[0]),
        (8, numbers[1]),
        (9, None),
    ]


def test_rows_that_are_there_are_passed_over_only_if_asked(exhibit, opened):
    Prepared(Content, [content(1)]).insert()
    Prepared(Content, [content(1, pdq_quality=7), content(2)]).insert(ignore_conflicts=True)
    assert list(Content.objects.order_by("pk").values_list("size", "pdq_quality")) == [(1, None), (2, None)]
    with pytest.raises(IntegrityError):
        Prepared(Content, [content(2)]).insert()


def test_none_at_all_are_added_without_a_word(exhibit):
    Prepared(Content, []).insert()
    assert not Content.objects.exists()


def test_guard_stands_before_it_too(exhibit):
    with pytest.raises(UnguardedWriteError):
        Prepared(Content, [content(1)]).insert()


def test_each_row_keeps_its_own_and_other_fields_stay(exhibit, opened):
    for number in (1, 2):
        item(number, exhibit=exhibit, error="truncated").save()
    rows = list(Item.objects.order_by("number"))
    rows[0].error, rows[1].error, rows[1].family = "one", "two", Family.VIDEO
    save_each(rows, ["error"])
    assert list(Item.objects.order_by("number").values_list("error", "family")) == [
        ("one", Family.PICTURE),
        ("two", Family.PICTURE),
    ]
    save_each([], ["error"])


def test_rows_are_changed_by_verbs_alone(exhibit):
    with writing(frozenset({"exhibits_item"})):
        item(1, exhibit=exhibit).save()
    with pytest.raises(UnguardedWriteError):
        save_each(list(Item.objects.all()), ["error"])
