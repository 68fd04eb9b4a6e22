import pytest
from django.urls import reverse

from kavalan.casework import keys
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.services import give_out
from kavalan.casework.vault.store import vault

from ..conftest import NOW
from .conftest import PAPER


def ask(client, officer, kept):
    client.force_login(officer)
    return client.post(reverse("give-kept", args=[kept.public_id]))


def test_paper_comes_out_as_it_was_taken_in(client, people, paper):
    assert b"".join(ask(client, people.alice, paper)) == PAPER


def test_giving_is_recorded_before_the_first_byte(client, people, paper):
    answer = ask(client, people.alice, paper)
    assert LedgerEntry.objects.latest("number").verb == "kept.give"
    answer.close()


def test_browser_is_told_to_store_it_and_to_run_nothing(client, people, paper):
    answer = ask(client, people.alice, paper)
    assert answer["Content-Disposition"] == f'attachment; filename="authority-paper-{paper.public_id}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    answer.close()


def test_other_unit_does_not_find_it(client, people, paper):
    assert ask(client, people.charlie, paper).status_code == 404
    with pytest.raises(RefusedError, match="no paper that you may have"):
        give_out(people.charlie, NOW, kept=paper)


@pytest.mark.parametrize("fact", [{"what": What.EXHIBIT_COPY}, {"doomed_at": NOW}])
def test_evidence_and_what_is_to_be_destroyed_do_not_come_out(client, people, paper, fact):
    with writing(frozenset({"vault_kept"})):
        Kept.objects.update(**fact)
    assert ask(client, people.alice, paper).status_code == 404


def test_nothing_is_recorded_where_the_keys_are_locked(client, people, paper, entries):
    client.force_login(people.alice)
    before = entries()
    keys.hold(None)
    answer = client.post(reverse("give-kept", args=[paper.public_id]))
    assert (answer.status_code, entries()) == (409, before)
    assert "locked" in answer.text


def test_altered_blob_is_refused_and_nothing_is_recorded(client, people, paper, entries):
    path = vault().blobs.path(paper.name)
    path.chmod(0o600)
    path.write_bytes(b"age-encryption.org/v1\n")
    client.force_login(people.alice)
    before = entries()
    answer = client.post(reverse("give-kept", args=[paper.public_id]))
    assert (answer.status_code, entries()) == (409, before)
    assert "cannot be read" in answer.text
