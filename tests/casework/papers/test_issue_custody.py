"""Issuing the sequence of custody: recorded, numbered, kept as it was."""

import hashlib
from io import BytesIO

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.errors import RefusedError
from kavalan.casework.papers.custody import custody_of
from kavalan.casework.papers.models import IssuedPaper
from kavalan.casework.papers.services import issue_custody
from kavalan.casework.vault.models import Kept, What
from kavalan.casework.vault.selectors import paper_for
from kavalan.casework.vault.store import put_printed, vault

from ..conftest import NOW

FILE = b"%PDF-1.7 set by somebody else"


@pytest.fixture
def issue(people, exhibit, unlocked):
    def do(who="alice", of="alice"):
        paper = custody_of(exhibit, getattr(people, of), NOW)
        stored = put_printed(BytesIO(FILE))
        return issue_custody(getattr(people, who), NOW, exhibit=exhibit, paper=paper, stored=stored)

    return do


def test_it_says_what_was_issued_and_keeps_the_file(people, exhibit, issue, last_entry):
    issued = issue()
    data = custody_of(exhibit, people.alice, NOW)
    assert (issued.form, issued.version, issued.number, issued.digest_hex) == ("custody", 2, 1, data.digest)
    assert (issued.kept.what, issued.kept.kept_by) == (What.PRINTED_PAPER, people.alice)
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("paper.issue", issued.public_id)
    assert (said["digest"], said["file"]) == (data.digest, hashlib.sha256(FILE).hexdigest())
    with vault().open(issued.kept.name) as reader:
        assert reader.read(len(FILE) + 1) == FILE


def test_papers_of_an_exhibit_are_numbered(issue):
    assert [issue().number for _ in range(3)] == [1, 2, 3]


def test_who_sees_the_exhibit_may_have_it_and_nobody_else(people, issue):
    kept = issue().kept
    seen = {who: paper_for(getattr(people, who), kept.public_id, NOW) for who in ("alice", "bob", "dora", "charlie")}
    assert seen == {"alice": kept, "bob": kept, "dora": None, "charlie": None}


def test_who_does_not_work_on_it_or_signs_for_another_issues_nothing(people, issue, entries):
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.FILTER_OFFICER)
    before = entries()
    for who, of, why in (("charlie", "charlie", "works on"), ("dora", "dora", "works on"), ("bob", "alice", "another")):
        with pytest.raises(RefusedError, match=why):
            issue(who, of)
    assert (entries(), Kept.objects.count(), IssuedPaper.objects.count()) == (before, 0, 0)
