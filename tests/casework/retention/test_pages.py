"""The pages of retention."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.retention.models import Challenge, Hold, KnownBackup, Purge
from kavalan.casework.retention.services import note_backup

from ..conftest import NOW
from .conftest import CANARIES, WORD, work


@pytest.fixture
def long_ago(laid, settled):
    """A report that was set aside years before today."""
    return settled(laid(1, entered_at=timezone.now() - timedelta(days=900)))[0]


def to(name, one):
    return reverse(name, args=[one.public_id])


def test_from_what_falls_due_over_the_preview_to_a_tombstone(client, people, desk, long_ago, workspace):
    client.force_login(people.bob)
    assert "Coastal Unit: 1" in client.get("/retention/").text
    assert 'value="' + str(long_ago.public_id) in client.get(to("retention-desk", desk)).text
    said = {"schedule": "report-set-aside", "reports": [long_ago.public_id]}
    page = client.post(to("retention-preview", desk), said).text
    assert ("the last of it" in page, "1 sealed name" in page, "2 files in the vault" in page) == (True, True, True)
    assert client.post(to("ask-purge", desk), {**said, "reason": ""}).status_code == 409
    assert client.post(to("ask-purge", desk), {**said, "reason": "by the schedule"}).status_code == 302
    asked = Approval.objects.get(kind="purge_reports")
    assert client.post(to("purge-reports", asked)).status_code == 409
    client.force_login(people.alice)
    waiting = client.get("/approvals/").text
    assert ("R-1" in waiting, to("purge-question", asked) in waiting) == (True, True)
    assert "Exactly what would go" in client.get(to("purge-question", asked)).text
    answer_approval(people.alice, timezone.now(), approval=asked, granted=True, reason="looked through")
    client.force_login(people.bob)
    assert "Purge it now" in client.get(to("retention-desk", desk)).text
    assert client.post(to("purge-reports", asked)).status_code == 302
    assert work(timezone.now()).state == "done"
    pages = [
        client.get(one).text
        for one in ("/retention/", to("purge-page", Purge.objects.get()), "/ledger/", "/find/?q=" + WORD)
    ]
    pages += [
        client.get(to("report-retention", long_ago)).text + client.get(to("report", long_ago)).text,
        client.get("/clocks/?ended=1").text,
    ]
    # What was searched for stands in the box it was typed into.
    assert {word for page in pages for word in CANARIES if word in page.replace(f'value="{WORD}"', "")} <= {WORD}
    assert WORD not in pages[0] + pages[1] + pages[2] + pages[4] + pages[5]
    assert "What is listed here was purged" in pages[1]


def test_held_report_is_shown_with_what_holds_it_and_cannot_be_asked_for(client, people, desk, laid):
    report = laid(1, entered_at=timezone.now() - timedelta(days=900))[0]
    client.force_login(people.bob)
    assert "A time limit of it still runs" in client.get(to("retention-desk", desk)).text
    said = {"schedule": "report-set-aside", "reports": [report.public_id], "reason": "now"}
    assert "Something holds" in client.post(to("retention-preview", desk), said).text
    assert client.post(to("ask-purge", desk), said).status_code == 409
    assert client.post(to("retention-preview", desk), {**said, "schedule": "ledger"}).status_code == 404
    assert client.post(to("retention-preview", desk), {**said, "reports": ["x"]}).status_code == 409
    assert Approval.objects.count() == 0


def test_hold_and_challenge_are_written_down_and_decided_on_the_reports_page(client, people, long_ago):
    client.force_login(people.bob)
    page = to("report-retention", long_ago)
    assert "Nobody holds it" in client.get(page).text
    assert client.post(to("hold-report", long_ago), {"reason": "<a court>"}).status_code == 302
    assert "&lt;a court&gt;" in client.get(page).text
    assert client.post(to("challenge-report", long_ago), {}).status_code == 422
    said = {"by": "concerned", "where": "date", "received": "3 March", "asked": "it was the 4th"}
    assert client.post(to("challenge-report", long_ago), said).status_code == 302
    one = Challenge.objects.get()
    decided = {"decision": "corrected", "right": "4 March", "reason": "the ticket says so"}
    assert client.post(to("decide-challenge", one), decided).status_code == 409
    client.force_login(people.alice)
    assert client.post(to("decide-challenge", one), {"decision": "no"}).status_code == 422
    assert client.post(to("decide-challenge", one), decided).status_code == 302
    text = client.get(page).text
    assert ("3 March" in text, "4 March" in text) == (True, True)
    assert client.post(to("lift-hold", Hold.objects.get()), {"reason": "order of 7 May"}).status_code == 302


def test_backup_stands_there_until_somebody_says_it_is_gone(client, people):
    note_backup(people.alice, NOW, name="20260301T090000.000000Z-aa.json", made_at=NOW, whole=True)
    client.force_login(people.dora)
    backup = KnownBackup.objects.get()
    assert "should be gone by now" in client.get("/retention/").text
    assert client.post(to("backup-gone", backup)).status_code == 409
    client.force_login(people.alice)
    assert client.post(to("backup-gone", backup)).status_code == 302
    assert "knows of no backup" in client.get("/retention/").text
    assert work() is None
