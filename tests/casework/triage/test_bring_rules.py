"""Bringing another version of the rules."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.ruling import in_force, packaged_text
from kavalan.casework.triage.services import bring_rules

from ..conftest import NOW

OWN = packaged_text().replace('version = "1"', 'version = "coast 1"')
# Known material would make a child's danger look smaller.
HIDING = OWN.replace('scale = "viewing"\nfact = "files_known"', 'scale = "risk"\nfact = "files_known"')


def test_they_are_kept_as_they_are_and_are_not_in_force(people, desk, last_entry):
    made = bring_rules(people.bob, NOW, text=OWN, reason="our own weights")
    assert (made.text, made.version, made.taken_at) == (OWN, "coast 1", None)
    assert in_force([people.bob.unit_id]) == {}
    _, said = last_entry()
    assert (said["version"], said["reason"]) == ("coast 1", "our own weights")


@pytest.mark.parametrize(
    ("who", "text", "why"),
    [
        ("bob", "version = 3", "These are no rules"),
        (
            "bob",
            OWN.replace('scale = "viewing"\nfact = "files_known"', 'scale = "risk"\nfact = "files_known"'),
            "viewing",
        ),
        ("charlie", OWN, "does not extend"),
        ("dora", OWN, "does not extend"),
        ("bob", "x" * 200_000, "too long"),
    ],
)
def test_they_are_refused(people, desk, who, text, why):
    with pytest.raises(RefusedError, match=why):
        bring_rules(getattr(people, who), NOW, text=text, reason="x")


def test_version_is_brought_once(people, desk):
    bring_rules(people.bob, NOW, text=OWN, reason="x")
    with pytest.raises(RefusedError, match="Your unit has rules of version coast 1"):
        bring_rules(people.alice, NOW, text=OWN, reason="x")
