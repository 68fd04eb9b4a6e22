"""Putting a report back into a bundle."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.services import put_back_in_bundle, take_out_of_bundle

from ..conftest import NOW
from .conftest import lay, reported, tip


def test_it_lies_there_again(people, desk):
    one, _ = lay(desk, tip(1, reported("u")), tip(2, reported("u")))
    out = take_out_of_bundle(people.bob, NOW, bundled=one.bundled.get(), reason="x")
    assert put_back_in_bundle(people.alice, NOW, bundled=out, reason="no shared computer").in_force


def test_what_lies_there_is_not_put_back(people, desk):
    one, _ = lay(desk, tip(1, reported("u")), tip(2, reported("u")))
    with pytest.raises(RefusedError, match="stands so already"):
        put_back_in_bundle(people.bob, NOW, bundled=one.bundled.get(), reason="x")
