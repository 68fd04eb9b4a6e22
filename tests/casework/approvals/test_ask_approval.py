"""Asking a second person."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps

from kavalan.casework.approvals.kinds import kinds
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.errors import RefusedError
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED

from ..conftest import NOW
from .conftest import PAYLOAD


def ask(officer, exhibit, at=NOW, reason="no letter", payload=PAYLOAD):
    return ask_approval(officer, at, kind=OPEN_PRIVILEGED, matter=exhibit, payload=payload, reason=reason)


def test_question_is_bound_to_what_would_be_done(asked, exhibit, last_entry):
    assert bytes(asked.digest) == hashlib.sha256(b'{"items":["3","7"]}').digest()
    assert (asked.subject, asked.expires_at) == (exhibit.public_id, NOW + timedelta(days=7))
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said["digest"]) == (
        "approval.ask",
        asked.public_id,
        bytes(asked.digest).hex(),
    )


def test_asking_and_granting_are_different_rights():
    assert [kind.name for kind in kinds().values() if kind.ask & kind.grant] == []


def test_kinds_are_named_once_in_as_many_characters_as_the_table_holds():
    files = [path for app in apps.get_app_configs() for path in Path(app.path).glob("approval_kinds.py")]
    listed = [name for path in files for name in re.findall(r'name="(\w+)"', path.read_text())]
    assert sorted(listed) == sorted(kinds())
    assert max(map(len, listed)) <= 40


@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_who_has_no_right_to_ask_asks_nothing(filtering, exhibit, who):
    with pytest.raises(RefusedError, match="asking"):
        ask(getattr(filtering, who), exhibit)
    assert not Approval.objects.exists()


def test_no_reason_no_question(filtering, exhibit):
    with pytest.raises(RefusedError, match="reason is needed"):
        ask(filtering.dora, exhibit, reason=" ")


def test_same_question_is_asked_again_only_after_the_first_is_refused_or_lapsed(filtering, exhibit, asked):
    with pytest.raises(RefusedError, match="already"):
        ask(filtering.dora, exhibit)
    ask(filtering.dora, exhibit, payload={"items": ["3"]})
    ask(filtering.dora, exhibit, at=asked.expires_at)
    answer_approval(filtering.bob, NOW, approval=asked, granted=False, reason="no")
    assert Approval.objects.count() == 3
