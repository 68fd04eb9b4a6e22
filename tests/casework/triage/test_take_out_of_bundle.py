"""Taking a report out of a bundle."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.models import Bundled
from kavalan.casework.triage.selectors.alike import alike
from kavalan.casework.triage.services import take_out_of_bundle

from ..conftest import NOW
from .conftest import lay, reported, tip


@pytest.fixture
def pair(desk):
    return lay(desk, tip(1, reported("u")), tip(2, reported("u")))


def test_it_stays_out_when_others_come(people, desk, pair, last_entry):
    one, other = pair
    out = take_out_of_bundle(people.bob, NOW, bundled=one.bundled.get(), reason="a shared computer")
    assert (out.in_force, out.reason) == (False, "a shared computer")
    assert last_entry()[0].verb == "bundle.take_out"
    (third,) = lay(desk, tip(3, reported("u")))
    (shared,) = alike(people.bob, other, NOW).bundles
    assert list(shared.others) == [third]
    assert not Bundled.objects.get(report=one).in_force


@pytest.mark.parametrize(
    ("who", "reason", "why"), [("bob", " ", "A reason"), ("charlie", "x", "Only who takes in reports")]
)
def test_it_is_refused(people, pair, who, reason, why):
    with pytest.raises(RefusedError, match=why):
        take_out_of_bundle(getattr(people, who), NOW, bundled=pair[0].bundled.get(), reason=reason)
