"""The pages of an extract: it is asked for, granted and taken there, and its notice is found."""

import io
import zipfile

from django.urls import reverse

from kavalan.casework.ledger.models import LedgerExtract

from .conftest import WHY, grant_extract, take_extract


def test_the_officer_finds_a_notice_until_it_is_read_and_keeps_the_history(desk, client, last_entry):
    grant_extract(desk)
    take_extract(desk)
    entry, _ = last_entry()
    assert (entry.verb, entry.actor) == ("ledger.extract", desk.dora.public_id)
    client.force_login(desk.alice)
    for page in ("home", "account"):
        told = client.get(reverse(page)).content.decode()
        assert "An extract of the ledger about you was taken" in told
        assert "Dora Nair (dora) asked, Bob Varghese (bob) agreed" in told
        assert WHY in told
    notice = LedgerExtract.objects.get()
    assert client.post(reverse("acknowledge-extract", args=[notice.public_id])).status_code == 302
    assert last_entry()[0].verb == "ledger.acknowledge"
    assert "was taken" not in client.get(reverse("home")).content.decode()
    assert "Extracts of the ledger about you" in client.get(reverse("account")).content.decode()


def test_it_is_asked_granted_and_taken_on_the_pages(desk, client, entries):
    page = reverse("ledger-extract", args=[desk.alice.public_id])
    client.force_login(desk.dora)
    wrong = {"since": "2026-03-02T00:00", "until": "2026-03-01T00:00", "reason": WHY}
    assert client.post(page, wrong).status_code == 422
    asked = {"since": "2026-02-28T00:00", "until": "2026-03-02T00:00", "reason": WHY}
    assert client.post(page, asked).status_code == 302
    assert client.post(page, asked).status_code == 409

    client.force_login(desk.bob)
    waiting = client.get(reverse("approvals")).content.decode()
    assert "An extract of all that Alice Kurian (alice) did" in waiting
    (question,) = client.get(reverse("approvals")).context["waiting"]
    client.post(reverse("answer-approval", args=[question.public_id]), {"answer": "grant", "reason": "justified"})

    client.force_login(desk.dora)
    before = entries()
    make = reverse("make-extract", args=[desk.alice.public_id])
    assert client.post(make, {"question": "nothing"}).status_code == 409
    answer = client.post(make, {"question": question.public_id})
    # Recorded before the first byte leaves.
    assert (answer["Content-Type"], entries()) == ("application/zip", before + 1)
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    assert client.post(make, {"question": question.public_id}).status_code == 409
    assert WHY in client.get(page).content.decode()
