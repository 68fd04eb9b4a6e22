"""An officer's flag: the name is sealed, and nothing counts or ranks the person any more."""

import pytest

from kavalan.casework.authority.models import Authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Indicator, Person, Report
from kavalan.casework.ledger.models import LedgerPayload
from kavalan.casework.triage.models import Bundled, PossibleMinor
from kavalan.casework.triage.services import flag_minor
from kavalan.tips import Passage
from kavalan.tips import Person as Told

from ..conftest import NOW
from .conftest import lay, reported, tip

NAME, PHONE = "Zelphine Okwaramba", "+447700900123"


@pytest.fixture
def named(desk):
    """Two reports about one account, whose owner is named in the first, in a text as well."""
    text = Passage("chat", f"{NAME} wrote from {PHONE} that zelphine is thirteen")
    first, _ = lay(desk, tip(1, reported("u", name=NAME, phones=(PHONE,)), passages=(text,)), tip(2, reported("u")))
    return first


def flag(officer, report, reason="says that they are thirteen"):
    return flag_minor(officer, NOW, person=report.persons.get(), reason=reason)


def test_name_and_contact_stand_nowhere_in_clear_any_more(people, named, last_entry):
    made = flag(people.bob, named)
    assert (made.basis, made.flagged_by) == ("officer", people.bob)
    report = Report.objects.get(pk=named.pk)
    identity = report.persons.get().identity
    assert (identity.kind, report.tip["persons"][0]["name"]) == ("child", identity.pseudonym)
    kept = [
        str(rows) for model in (Report, Person, Indicator, Authority, LedgerPayload) for rows in model.objects.values()
    ]
    for word in ("Zelphine", "zelphine", "Okwaramba", PHONE, PHONE[1:]):
        assert [text for text in kept if word in text] == []
    entry, said = last_entry()
    assert (entry.verb, said["identity"]) == ("child.flag", str(identity.public_id))


def test_person_leaves_bundles_and_can_no_longer_be_ranked(people, named):
    assert Bundled.objects.filter(report=named).exists()
    before = named.workability
    flag(people.bob, named)
    assert not Bundled.objects.filter(report=named).exists()
    assert Report.objects.get(pk=named.pk).workability < before
    lay(named.desk, tip(3, reported("u")))
    assert not Bundled.objects.filter(report=named).exists()


def test_reason_names_nobody(people, named):
    with pytest.raises(RefusedError, match="without the name"):
        flag(people.bob, named, "Zelphine told us")
    assert not PossibleMinor.objects.exists()


@pytest.mark.parametrize(
    ("who", "reason", "why"), [("bob", "", "A reason"), ("dora", "x", "Only who takes in reports")]
)
def test_it_is_refused(people, named, who, reason, why):
    with pytest.raises(RefusedError, match=why):
        flag(getattr(people, who), named, reason)


def test_nobody_is_flagged_twice_and_a_victim_never(people, desk, named):
    flag(people.bob, named)
    with pytest.raises(RefusedError, match="is in the child lane"):
        flag(people.bob, named)
    (other,) = lay(desk, tip(8, Told("victim", name="K-4821/2026")))
    with pytest.raises(RefusedError, match="for those who are reported"):
        flag(people.bob, other)


def test_person_of_whom_nothing_tells_who_it_is_is_flagged_without_a_seal(people, report):
    flag(people.bob, report)
    assert report.persons.get().identity is None
