"""DESIGN 6.9: names are planted through the pages, all that the desk can do is done, and then they are searched for.

In files, tables, logs, backups, exports, headers and on every page, in every form: they stand on one page, for one
person, once, and nowhere else.
"""

import json
import logging
import re
import tempfile
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.exhibits.services import SCAN, start_scan
from kavalan.casework.identities import views
from kavalan.casework.identities.models import Identity
from kavalan.casework.identities.rules import Particulars
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.extract import extract_file
from kavalan.casework.ledger.keyring import trusted_keys
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.schedule import checkpoint_now
from kavalan.casework.ledger.services import extracting, make_extract
from kavalan.casework.search.selectors import Search
from kavalan.casework.search.words import question
from kavalan.casework.verbs import Done, house_verb

from ..conftest import PASSPHRASE
from .planted import PLANTED, RIGHT, WORDS, words_in
from .world import Wire, World

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SEAL = "/identities/seal/"


@pytest.fixture
def world(people, unlocked, exhibit, tmp_path, monkeypatch, settings):
    """The desk as programs of their own find it, its log and its temporary files in one folder."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (tmp_path / "workspace" / "secret-key").write_text(settings.SECRET_KEY)
    (tmp_path / "passphrase").write_bytes(PASSPHRASE)
    if connection.vendor == "sqlite":
        (tmp_path / "workspace" / "desk.sqlite3").symlink_to(connection.settings_dict["NAME"])
    # What a desk would send if somebody gave it an address for its faults.
    settings.ADMINS = [("Nobody", "nobody@example.invalid")]
    log = logging.FileHandler(tmp_path / "log")
    logging.getLogger().addHandler(log)
    yield World(tmp_path, people)
    logging.getLogger().removeHandler(log)
    log.close()


def typed(world, planted):
    return {"kind": "child", "compartment": str(world.people.compartment.public_id), **planted}


def seal_all(world):
    """Through the forms: three names, what they refuse, a correction; the child that is corrected."""
    browser = world.browser
    browser.force_login(world.people.bob)
    assert [browser.post(SEAL, typed(world, planted)).status_code for planted in PLANTED] == [302, 302, 302]
    assert browser.post(SEAL, typed(world, PLANTED[0]) | {"kind": "x"}).status_code == 422
    child = Identity.objects.earliest("pk")
    correct = reverse("correct-identity", args=[child.public_id])
    assert browser.post(correct, {**RIGHT, "reason": RIGHT["name"]}).status_code == 422
    assert browser.post(correct, {**RIGHT, "reason": "two letters"}).status_code == 302
    return child


def fail_while_sealing(world, monkeypatch, capsys):
    """The page of a fault, its line in the desk's log and those of the server; nobody is mailed."""

    def broken(*_args, **_given):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(views, "seal_identity", broken)
        assert world.browser.post(SEAL, typed(world, PLANTED[0])).status_code == 500
    told = capsys.readouterr().err
    assert "RuntimeError" in told
    world.keep("fault", told.encode())
    assert mail.outbox == []


def tell(world, child):
    """Ask, grant, be told, try again; the one answer that may hold the names is put aside."""
    browser, page = world.browser, {"version": "2", "reason": "for the court"}
    browser.post(reverse("ask-identity", args=[child.public_id]), page)
    asked = Approval.objects.get(subject=child.public_id)
    browser.force_login(world.people.alice)
    browser.post(reverse("answer-approval", args=[asked.public_id]), {"answer": "grant", "reason": "the court asks"})
    browser.force_login(world.people.bob)
    assert browser.post(reverse("open-identity", args=[child.public_id]), {"version": "2"}).status_code == 200
    world.told.append(browser.answers.pop())
    assert browser.post(reverse("open-identity", args=[child.public_id]), {"version": "2"}).status_code == 409


def disclose(world, child):
    """What was said with every entry about the child, and an extract of the ledger about who granted it."""
    people, now = world.people, timezone.now()
    give_role(people.alice, now, officer=people.dora, role=OfficerRole.AUDITOR)
    give_role(people.alice, now, officer=people.bob, role=OfficerRole.SUPERVISOR)
    world.browser.force_login(people.alice)
    for number in LedgerEntry.objects.filter(subject=child.public_id).values_list("number", flat=True):
        assert world.browser.post(reverse("ledger-said", args=[number]), {"reason": "the audit"}).status_code == 200
    checkpoint_now(now)
    span = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    question = {"kind": LEDGER_EXTRACT, "matter": people.alice, "payload": extracting(**span)}
    asked = ask_approval(people.dora, now, reason="the audit", **question)
    answer_approval(people.bob, now, approval=asked, granted=True, reason="the audit")
    made = make_extract(people.dora, now, officer=people.alice, **span)
    world.keep("extract.zip", b"".join(extract_file(made, trusted_keys(world.workspace))))


class Failing:
    """Work that fails with the whole of a name in its hands."""

    def ask(self, job, now):
        raise ValueError(Particulars(**PLANTED[0]))


def fail_at_work(world, exhibit):
    """A job's fault is kept with it, and shown."""
    start_scan(world.people.alice, exhibit.authority, exhibit, exhibit.registered_at)
    run_next({SCAN: Failing()}, "worker", timezone.now)
    assert Job.objects.get().fault == "ValueError: Particulars()"


def routes(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from routes(pattern.url_patterns)


def pages(browser):
    """Of every route an address that answers, about whatever other pages name; and each identity's page."""
    known = [str(one.public_id) for one in Identity.objects.all()]
    yield from (reverse("identity", args=[one]) for one in known)
    for route in sorted(routes(), key=lambda route: len(route.pattern.converters)):
        of_id = "public_id" in route.pattern.converters
        for about in known if of_id else [LedgerEntry.objects.count()]:
            address = reverse(route.name, args=[about] if route.pattern.converters else [])
            answer = browser.get(address)
            if answer.status_code == 200:
                known += set(ID.findall(answer.getvalue().decode(errors="replace"))) - set(known)
                yield address
            # It has a page, or is one that only forms ask for.
            if answer.status_code != 404:
                break


def look_everywhere(world):
    """Every page there is, for every officer and for nobody, and what a part of a name leads to."""
    browser = world.browser
    browser.force_login(world.people.alice)
    addresses = list(pages(browser))
    assert len(addresses) > 20
    for who in (world.people.bob, world.people.dora, world.people.charlie, None):
        browser.logout()
        if who:
            browser.force_login(who)
        for address in addresses:
            browser.get(address)
    browser.force_login(world.people.bob)
    found = browser.get(reverse("find"), {"q": "zelph"}, headers={"accept": "application/json"})
    assert json.loads(found.content)["groups"] == []
    searching = Search(world.people.bob, timezone.now(), 6)
    assert not any(searching.of_each_kind(question(word).wanted) for word in WORDS)


def run_programs(world):
    """Backup, restore, the ledger's check and export, the doctor: what they write and what they say."""
    here = ["--workspace", world.workspace]
    assert world.run("backup", "backup", world.folder / "backup", "--with-keys", *here) == 0
    assert world.run("export", "ledger", "export", world.folder / "export", *here) == 0
    assert world.run("verify", "ledger", "verify", *here) == 0
    world.run("doctor", "doctor", *here)
    if connection.vendor == "sqlite":
        assert world.run("restore", "restore", world.folder / "backup", world.folder / "restored") == 0


def seal_over_the_wire(world):
    """The same form before the real server and its log."""
    world.browser.force_login(world.people.bob)
    with world.served() as origin:
        wire = Wire(origin, world.browser.cookies["sessionid"].value)
        answers = [wire.ask(SEAL), wire.ask(SEAL, typed(world, PLANTED[1])), wire.ask(SEAL, PLANTED[2])]
        assert answers == [200, 302, 422]
        assert wire.ask(f"{SEAL}x", typed(world, PLANTED[0])) == 404
    world.keep("wire", b"\n".join(wire.answers))


def test_names_stand_on_one_page_for_one_person_once_and_nowhere_else(world, exhibit, monkeypatch, capsys):
    with CaptureQueriesContext(connection) as statements:
        child = seal_all(world)
        fail_while_sealing(world, monkeypatch, capsys)
        tell(world, child)
        disclose(world, child)
        fail_at_work(world, exhibit)
    world.keep("statements", json.dumps([one["sql"] for one in statements], ensure_ascii=False).encode())
    seal_over_the_wire(world)
    assert Identity.objects.count() == len(PLANTED) + 1
    look_everywhere(world)
    run_programs(world)
    assert words_in(world.told[0]) == {"Zelphrynne", "Quovandra", "2013-08-28", "0000073546"}
    assert world.search() == {}


@house_verb("test.leak")
def leak(act, *, identity, name) -> Done[Identity]:
    """A verb that says too much."""
    return Done(identity, {"who": name})


LEAKS = {
    "a verb": lambda world, child, name: leak(world.people.bob, timezone.now(), identity=child, name=name),
    "a log": lambda world, child, name: logging.getLogger("django").error("%s", name),
    "a temporary file": lambda world, child, name: tempfile.NamedTemporaryFile(prefix=name, delete=False).close(),
    "a page": lambda world, child, name: world.browser.get("/find/", {"q": name}),
}


@pytest.mark.parametrize("by", LEAKS)
def test_leak_would_be_found(world, by):
    child = seal_all(world)
    assert world.search() == {}
    LEAKS[by](world, child, PLANTED[0]["name"])
    assert set().union(*world.search().values()) == {"Zelphrine", "Quovandra"}
