"""An extract for one person: two others agree, it is recorded, and it proves itself."""

import io
import json
import subprocess
import sys
import zipfile

import pytest

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger import extract as file_of
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.extract import extract_file
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry
from kavalan.casework.ledger.oversight import by_or_about
from kavalan.casework.ledger.services import extracting

from ..conftest import NOW
from .conftest import DAY, SPAN, WHY, ask_extract, grant_extract, take_extract


def test_it_needs_a_grant_for_exactly_this_and_uses_it_up(desk):
    with pytest.raises(RefusedError, match="another officer's grant"):
        take_extract(desk)
    grant_extract(desk)
    for changed in ({"officer": desk.charlie}, {"until": NOW + 2 * DAY}):
        with pytest.raises(RefusedError, match="another officer's grant"):
            take_extract(desk, **changed)
    take_extract(desk)
    with pytest.raises(RefusedError, match="another officer's grant"):
        take_extract(desk)


def test_only_an_auditor_of_the_unit_asks_and_only_a_supervisor_of_it_grants(desk):
    for officer in (desk.bob, desk.alice, desk.charlie):
        with pytest.raises(RefusedError, match="Your role"):
            ask_approval(officer, NOW, kind=LEDGER_EXTRACT, matter=desk.alice, payload=extracting(**SPAN), reason=WHY)
    question = ask_extract(desk)
    for officer in (desk.alice, desk.charlie):
        with pytest.raises(RefusedError, match="Your role"):
            answer_approval(officer, NOW, approval=question, granted=True, reason="why not")


@pytest.mark.parametrize("about", ["dora", "bob"])
def test_neither_of_the_two_is_the_person(desk, about):
    officer = getattr(desk, about)
    grant_extract(desk, officer)
    with pytest.raises(RefusedError, match="Neither of the two"):
        take_extract(desk, officer=officer)


def test_without_a_checkpoint_it_would_prove_nothing(people, exhibit):
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.SUPERVISOR)
    grant_extract(people)
    with pytest.raises(RefusedError, match="No checkpoint"):
        take_extract(people)


def unpacked(pieces, folder):
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("at_once", [3, 2000])
def test_it_holds_what_the_officer_did_and_nothing_of_others_and_proves_it(
    desk, workspace, tmp_path, monkeypatch, at_once
):
    monkeypatch.setattr(file_of, "_AT_ONCE", at_once)
    grant_extract(desk)
    made = take_extract(desk)
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
    folder = unpacked(extract_file(take_extract(desk, **span), trusted_keys(workspace)), tmp_path / "extract")
    assert '"actor"' not in (folder / "entries.jsonl").read_text()


def test_taking_is_recorded_with_whose_entries_of_when_and_on_which_grant(desk, last_entry):
    granted = grant_extract(desk)
    take_extract(desk)
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("ledger.extract", desk.dora.public_id)
    assert (said["officer"], said["approval"]) == (str(desk.alice.public_id), str(granted.public_id))
    assert (said["since"], said["until"]) == ("2026-02-28T09:00:00+00:00", "2026-03-02T09:00:00+00:00")
