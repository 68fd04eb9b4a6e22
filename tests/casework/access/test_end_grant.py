"""Taking back what lets somebody in, before its end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import end_grant, grant
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

SOON = NOW + timedelta(hours=1)


def held(people, officer):
    return people.compartment.grants.get(officer=officer)


def test_a_supervisor_takes_a_grant_back_and_the_row_stays(people, last_entry):
    bobs = held(people, people.bob)
    end_grant(people.alice, SOON, grant=bobs, reason="works elsewhere now")
    assert roles_in(people.bob, [people.compartment.pk], SOON) == frozenset()
    assert roles_in(people.bob, [people.compartment.pk], NOW) == {Role.INVESTIGATOR}
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("access.end", bobs.public_id)
    assert (said["to"], said["role"], said["reason"]) == (
        str(people.bob.public_id),
        "investigator",
        "works elsewhere now",
    )


def test_what_has_ended_is_not_taken_back_again(people):
    bobs = held(people, people.bob)
    end_grant(people.alice, SOON, grant=bobs, reason="works elsewhere now")
    with pytest.raises(RefusedError, match="has ended"):
        end_grant(people.alice, SOON, grant=bobs, reason="works elsewhere now")


def test_the_last_who_supervises_without_an_end_stays(people):
    grant(people.alice, NOW, compartment=people.compartment, to=people.bob, role=Role.SUPERVISOR, until=SOON)
    with pytest.raises(RefusedError, match="let another supervisor in first"):
        end_grant(people.alice, NOW, grant=held(people, people.alice), reason="I leave")
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.SUPERVISOR)
    end_grant(people.alice, SOON, grant=held(people, people.alice), reason="I leave")
    assert roles_in(people.alice, [people.compartment.pk], SOON) == frozenset()


def test_a_reason_is_needed(people):
    with pytest.raises(RefusedError, match="reason"):
        end_grant(people.alice, SOON, grant=held(people, people.bob), reason=" ")


def test_its_page_tells_a_reader_who_takes_it_back_and_leads_nowhere_else(client, people):
    client.force_login(people.bob)
    page = client.get(reverse("end-grant", args=[held(people, people.bob).public_id]), {"next": "//elsewhere.example/"})
    assert "A supervisor there takes it back." in page.text
    assert "elsewhere" not in page.text


def test_a_supervisor_takes_it_back_on_its_page_and_comes_back(client, people):
    client.force_login(people.alice)
    asked = {"reason": "works elsewhere now", "next": "/cases/"}
    answer = client.post(reverse("end-grant", args=[held(people, people.bob).public_id]), asked)
    assert (answer.status_code, answer["Location"]) == (302, "/cases/")
    assert held(people, people.bob).until is not None
