"""What was seized at a site."""

import pytest

from kavalan.casework.custody.selectors import visible_devices
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.selectors.sites import linked_to, seizures_to_link
from kavalan.casework.operations.services import end_seizure, link_seizure

from ..conftest import NOW


def test_what_was_seized_opens_to_nobody_by_it_and_is_counted(people, sites, linked):
    assert linked_to(sites[0], people.alice, NOW) == ([linked], 0)
    assert linked_to(sites[0], people.charlie, NOW) == ([], 1)
    assert not visible_devices(people.charlie, NOW).exists()


def test_seizure_was_made_at_one_site(people, sites, seizure, linked):
    with pytest.raises(RefusedError, match="already at which site"):
        link_seizure(people.alice, NOW, site=sites[1], seizure=seizure)
    assert seizures_to_link(people.alice, NOW) == []


def test_only_who_works_on_both_links_a_seizure(people, sites, seizure, linked):
    end_seizure(people.alice, NOW, link=linked, reason="the house beside it")
    with pytest.raises(RefusedError, match="Only who works on what was seized"):
        link_seizure(people.charlie, NOW, site=sites[0], seizure=seizure)
    with pytest.raises(RefusedError, match="Your role in this operation"):
        link_seizure(people.bob, NOW, site=sites[0], seizure=seizure)
