from io import BytesIO

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.selectors import kept
from kavalan.casework.vault.store import put, vault

from ..conftest import NOW
from .conftest import PAPER, keep


def test_kept_is_what_was_stored(paper):
    assert (paper.size, bytes(paper.sha256)) == (len(PAPER), vault().find(bytes(paper.sha256)) and bytes(paper.sha256))
    assert vault().find(bytes(paper.sha256)) == paper.name


def test_same_content_is_kept_for_two_things_and_stored_once(people, paper):
    again = keep(people.alice, NOW, stored=put(BytesIO(PAPER)), unit=people.charlie.unit)
    assert again.name == paper.name
    assert list(vault().names()) == [paper.name]


def test_what_is_placed_is_seen_by_those_let_in_alone(people, unlocked):
    one = keep(people.alice, NOW, stored=put(BytesIO(PAPER)), rooms=[people.compartment])
    seen = {badge: list(kept(getattr(people, badge), NOW)) for badge in ("alice", "bob", "dora", "charlie")}
    assert seen == {"alice": [one], "bob": [one], "dora": [], "charlie": []}


def test_blob_that_is_gone_since_it_was_put_is_not_entered(people, unlocked):
    stored = put(BytesIO(PAPER))
    vault().destroy(stored.name)
    with pytest.raises(RefusedError, match="being destroyed"):
        keep(people.alice, NOW, stored=stored, unit=people.alice.unit)


def test_content_that_is_to_be_destroyed_is_not_entered_again(people, paper):
    stored = put(BytesIO(PAPER))
    with writing(frozenset({"vault_kept"})):
        Kept.objects.update(doomed_at=NOW)
    with pytest.raises(RefusedError, match="being destroyed"):
        keep(people.alice, NOW, stored=stored, unit=people.alice.unit)
