"""An extract for one person: two others agree, it is recorded and told, and it proves itself."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger import extract as file_of
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.extract import extract_file
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerExtract
from kavalan.casework.ledger.oversight import by_or_about
from kavalan.casework.ledger.schedule import checkpoint_now
from kavalan.casework.ledger.services import acknowledge_extract, extracting, make_extract

from ..conftest import NOW

DAY = timedelta(days=1)
SPAN = {"since": NOW - DAY, "until": NOW + DAY}
WHY = "a complaint of 2 March"


@pytest.fixture
def desk(people, exhibit, unlocked):
    """Dora audits, Bob supervises; whose entries are asked for is Alice, who did most."""
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.SUPERVISOR)
    checkpoint_now(NOW)
    return people


def ask(desk, about=None):
    payload = extracting(**SPAN)
    return ask_approval(desk.dora, NOW, kind=LEDGER_EXTRACT, matter=about or desk.alice, payload=payload, reason=WHY)


def grant(desk, about=None):
    return answer_approval(desk.bob, NOW, approval=ask(desk, about), granted=True, reason="justified")


def take(desk, **changes):
    return make_extract(desk.dora, NOW, **{"officer": desk.alice, **SPAN, **changes})


def test_it_needs_a_grant_for_exactly_this_and_uses_it_up(desk):
    with pytest.raises(RefusedError, match="another officer's grant"):
        take(desk)
    grant(desk)
    for changed in ({"officer": desk.charlie}, {"until": NOW + 2 * DAY}):
        with pytest.raises(RefusedError, match="another officer's grant"):
            take(desk, **changed)
    take(desk)
    with pytest.raises(RefusedError, match="another officer's grant"):
        take(desk)


def test_only_an_auditor_of_the_unit_asks_and_only_a_supervisor_of_it_grants(desk):
    for officer in (desk.bob, desk.alice, desk.charlie):
        with pytest.raises(RefusedError, match="Your role"):
            ask_approval(officer, NOW, kind=LEDGER_EXTRACT, matter=desk.alice, payload=extracting(**SPAN), reason=WHY)
    question = ask(desk)
    for officer in (desk.alice, desk.charlie):
        with pytest.raises(RefusedError, match="Your role"):
            answer_approval(officer, NOW, approval=question, granted=True, reason="why not")


@pytest.mark.parametrize("about", ["dora", "bob"])
def test_neither_of_the_two_is_the_person(desk, about):
    officer = getattr(desk, about)
    grant(desk, officer)
    with pytest.raises(RefusedError, match="Neither of the two"):
        take(desk, officer=officer)


def test_without_a_checkpoint_it_would_prove_nothing(people, exhibit):
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.SUPERVISOR)
    grant(people)
    with pytest.raises(RefusedError, match="No checkpoint"):
        take(people)


def unpacked(pieces, folder):
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("at_once", [3, 2000])
def test_it_holds_what_the_officer_did_and_nothing_of_others_and_proves_it(
    desk, workspace, tmp_path, monkeypatch, at_once
):
    monkeypatch.setattr(file_of, "_AT_ONCE", at_once)
    grant(desk)
    made = take(desk)
    folder = unpacked(extract_file(made, trusted_keys(workspace)), tmp_path / "extract")
    lines = [json.loads(line) for line in (folder / "entries.jsonl").read_text().splitlines()]
    told = [line["number"] for line in lines if "number" in line]
    theirs = LedgerEntry.objects.filter(by_or_about(desk.alice), number__lte=made.size).order_by("number")
    assert told == list(theirs.values_list("number", flat=True)) != []
    assert sum(line.get("entries", 1) for line in lines) == made.size
    assert str(desk.charlie.public_id) not in {line.get("actor") for line in lines}
    table = (folder / "entries.csv").read_text().splitlines()
    assert [int(line.split(",")[0]) for line in table[1:]] == told

    slip = tmp_path / "slip.txt"
    slip.write_text(LedgerCheckpoint.objects.get().note)
    program = [sys.executable, "-I", "-S", folder / "verify_ledger.py", folder, "--against", slip]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{made.size - len(told)} are withheld: this is an extract." in done.stdout

    changed = (folder / "entries.jsonl").read_text().replace("authority.record", "authority.review")
    (folder / "entries.jsonl").write_text(changed)
    assert subprocess.run(program, capture_output=True, check=False).returncode == 1


def test_entries_outside_the_span_are_withheld(desk, workspace, tmp_path):
    span = {"since": NOW - 2 * DAY, "until": NOW}
    question = ask_approval(
        desk.dora, NOW, kind=LEDGER_EXTRACT, matter=desk.alice, payload=extracting(**span), reason=WHY
    )
    answer_approval(desk.bob, NOW, approval=question, granted=True, reason="justified")
    folder = unpacked(extract_file(take(desk, **span), trusted_keys(workspace)), tmp_path / "extract")
    assert '"actor"' not in (folder / "entries.jsonl").read_text()


def test_the_officer_finds_a_notice_until_it_is_read_and_keeps_the_history(desk, client, last_entry):
    grant(desk)
    take(desk)
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


def test_notice_is_read_by_nobody_else_and_once(desk):
    grant(desk)
    made = take(desk)
    for officer in (desk.bob, desk.dora):
        with pytest.raises(RefusedError, match="not yours"):
            acknowledge_extract(officer, NOW, extract=made)
    acknowledge_extract(desk.alice, NOW, extract=made)
    with pytest.raises(RefusedError, match="already"):
        acknowledge_extract(desk.alice, NOW, extract=made)


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
