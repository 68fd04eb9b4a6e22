"""Asking an authority."""

import pytest

from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import ask
from kavalan.casework.errors import RefusedError

from ..conftest import LATER, NOW


def test_what_it_permits_is_not_refused(people):
    ask(people.warrant, people.alice, Activity.COLLECT, "E-1", NOW)


def test_officer_of_another_unit_is_refused(people):
    with pytest.raises(RefusedError, match="another unit"):
        ask(people.warrant, people.charlie, Activity.COLLECT, "E-1", NOW)


def test_lapsed_authority_is_refused_by_name(people):
    with pytest.raises(RefusedError, match=r"warrant W 7/2026 .* ended on"):
        ask(people.warrant, people.alice, Activity.COLLECT, "E-1", LATER)
