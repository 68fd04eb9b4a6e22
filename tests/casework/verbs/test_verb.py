"""Verbs by construction: asked first, one transaction, one ledger entry as the last statement."""

import importlib
import inspect
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.accounts.models import Unit
from kavalan.casework.accounts.services import found_unit
from kavalan.casework.errors import RefusedError, UnguardedWriteError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.ledger.selectors import verify_ledger
from kavalan.casework.verbs import Done, HouseVerb, Step, Verb, house_verb, step

from ..conftest import LATER, NOW

# Verbs that ask no authority, each with its reason. A new one is a decision, not a convenience.
OF_THE_HOUSE = {
    "intake.open",  # the desk of one's own unit; nothing has come yet
    "columns.save",  # what a partner's headers mean
    "delivery.begin",  # what comes unasked is kept and read; each report then carries its own authority
    "delivery.drop",
    "delivery.columns",
    "delivery.resume",
    "delivery.cancel",
    "delivery.finish",
    "delivery.stop",
    "report.enter",  # what somebody says, or an officer saw
    "unit.found",  # nothing exists yet that could permit it
    "officer.enrol",
    "compartment.open",
    "access.end",  # stopping needs no permission
    "access.grant",  # a supervisor's right over people, not over evidence
    "officer.rank",
    "officer.leave",
    "role.give",
    "role.end",
    "sign_in.reset",
    "sign_in.reset_at_machine",
    "sign_in.reset_read",
    "sign_in.lift",
    "authenticator.confirm",
    "recovery_codes.renew",
    "session.begin",
    "session.lock",
    "session.unlock",
    "session.end",
    "session.end_others",
    "password.change",
    "conduct.accept",
    "authority.record",  # it is the authority
    "authority.add_paper",  # keeps a paper, permits nothing
    "authority.carry",  # what a report carries itself
    "authority.withdraw",  # stopping needs no permission of the law
    "override.declare",  # a supervisor's answer to an emergency, for which there is no paper
    "override.review",
    "approval.ask",  # says what would be done; what is done asks the authority
    "approval.answer",
    "clock.start",  # counts, and permits nothing
    "clock.meet",
    "clock.meet_together",
    "clock.correct",
    "clock.dismiss",
    "report.hold",  # keeps
    "report.lift_hold",
    "report.challenge",  # the right of whoever it is about
    "report.decide_challenge",
    "retention.purge",  # on another's grant; what falls due is kept under no authority any more
    "retention.purge_again",
    "retention.purged",  # what two people decided is done, or why it was not
    "retention.purge_stopped",
    "backup.note",  # says what lies elsewhere
    "backup.gone",
    "search.ask",  # repeats what the desk holds already, and shows it to nobody
    "search.take_up",
    "search.filled",
    "search.stopped",
    "paper.issue",  # says what the ledger holds already
    "privilege.supply",  # seals only
    "ledger.disclose",  # a supervisor's right to what was said of what they oversee
    "exhibit.thin",  # opens nothing: what is left out of a list stays where it is
    "thinning.finish",
    "thinning.stop",
    "export.stop",  # takes nothing
    "scan.cancel",  # stopping needs no permission of the law
    "scan.stop",
    "upload.abandon",  # what has come of it is one's own to take back until it is an exhibit
    "upload.expire",
    "job.order",  # what is done was permitted when it was asked for
    "job.pause",
    "job.resume",
    "rematch.start",  # reads no evidence, and a withdrawal must reach contents whose warrant has lapsed
    "rematch.cancel",
    "rematch.finish",
    "rematch.stop",
    "ledger.extract",  # an auditor's right, granted by a supervisor: of what was done here, not of evidence
    "ledger.acknowledge",  # the officer's own notice
    "kept.give",  # gives papers out, never a copy of an exhibit, and only to who may see them
    "rehash.begin",  # the house sees whether what it keeps is whole, and shows nothing of it
    "rehash.cancel",
    "rehash.finish",
    "rehash.stop",
    "evidence.destroy",  # a supervisor decides on a custodian's grant; what is kept is not opened
    "evidence.destroyed",  # what two people decided is done, or why it was not
    "evidence.destruction_stopped",
    "evidence.destroy_again",  # goes on with it: the same decision, so no second grant
    "keeping.cancel",  # stopping needs no permission of the law; keeping itself asks it
    "keeping.stop",
    "report.take",  # moves a report on the desk, and opens nothing of it
    "report.give_back",
    "report.set_aside",
    "report.reopen",
    "triage.answer",  # says what one knows; an order of a list, no examination
    "triage.bring_rules",
    "triage.take_rules",
    "triage.look_again",
    "urgent.acknowledge",  # a child may be in danger: nothing may stand in the way of it
    "urgent.escalate",
    "duplicate.undo",  # what the desk took for the same; hides and shows nothing
    "duplicate.put_back",
    "bundle.take_out",
    "bundle.put_back",
    "child.flag",  # seals only
    "child.release",
    "insight.place_reports",  # a district, by the words of a report that lies at the desk already
    "slice.draw",  # holds the rules to what they miss, from metadata
    "slice.answer",
    "subject.open",  # words about what is there already; nothing is opened by them, and nobody's material is read
    "subject.restate",
    "subject.link",
    "subject.correct_link",
    "subject.split_link",
    "subject.end_link",
    "subject.add_evidence",
    "subject.withdraw_evidence",
    "subject.close",
    "subject.reopen",
    "subject.merge",
    "subject.undo_merge",
    "watch.end",  # stopping needs no permission of the law
    "watch.acknowledge",
    "operation.open",  # a room of its own, for what is planned
    "operation.set_day",
    "site.change",
    "case.print",  # of what is seen already; the ledger keeps for whom
    "operation.add_case",  # opens neither to anybody
    "operation.end_case",
    "operation.take_sites",  # what is planned; a search rests on its warrant, which is not the desk's to give
    "operation.let_teams_in",  # a supervisor's right over people
    "operation.close",
    "site.enter",  # what happened is entered, allowed or not
    "site.correct",
    "site.link_seizure",  # what was seized lies under its own authority
    "site.end_seizure",
    "warrant.link",  # names an authority, permits nothing
    "case.open_series",  # numbers
    "case.open",  # a room for what is there already under its own authority
    "case.join",  # who joins sees it already, and whoever works on the case is let in by its supervisor
    "case.join_content",  # names what is open there already
    "case.end_part",
    "case.merge",  # rooms are put together by who supervises them, and told who sees more by it
    "case.split",
    "case.link",
    "case.undo",
    "task.add",  # what is to be done; what is then done asks its own authority
    "task.plan",
    "task.change",
    "task.end",
    "task.reopen",
    "note.write",  # what an officer knows already
    "note.correct",
    "case.add_number",  # words about the case: nothing that is there is opened
    "case.withdraw_number",
    "case.add_charge",
    "case.end_charge",
    "case.name_lead",
    "case.reach_stage",
    "case.correct_stage",
    "case.mark",
    "case.add_paper",
    "case.safeguard",  # a count about the case, by a pseudonym that its recorder may know
    "case.withdraw_safeguard",
    "case.decide_review",  # nothing goes by it
    "identity.seal",  # takes nothing from anybody, and the law bids to keep a name secret before there is a paper
    "identity.correct",
    "identity.open",  # an investigator on a supervisor's grant: what the house was told, not evidence
    "seizure.draft",  # keeps what is typed; entering it asks the authority
    "seizure.discard",
    "recording.add",  # the duty to forward it is there whatever the authority permits
    "recording.forward",
    "custody.record",  # keeping, taking back and giving back go on after the authority has ended
    "custody.correct",
    "custody.offer",  # who answers for a thing; it is not opened
    "custody.accept",
    "custody.receive",
    "device.draw",  # says where what is registered comes from
    "routing.adopt",  # data about offices, no evidence
    "report.transfer",  # the duty of another; what is done with it asks that one's authority
    "report.accept_transfer",
    "report.refuse_transfer",
    "report.take_back",
    "report.record_slip",
    "letter.issue",  # says what the desk holds already
    "indicator.ask",  # compares what is held; nothing of it is opened
    "inquiry.answer",
}


def all_verbs():
    """Every verb of every app, as `services` modules hold them."""
    own = [config.name for config in apps.get_app_configs() if config.name.startswith("kavalan.casework.")]
    modules = [
        importlib.import_module(f"{name}.services") for name in own if importlib.util.find_spec(f"{name}.services")
    ]
    held = [value for module in modules for value in vars(module).values() if isinstance(value, Verb | HouseVerb)]
    return list({id(verb): verb for verb in held}.values())


@pytest.fixture
def draft(people, folder):
    return ExhibitDraft("E-1", folder, people.compartment)


def test_every_verb_has_a_name_of_its_own():
    names = [verb.name for verb in all_verbs()]
    assert len(names) == len(set(names)) > 5


def test_only_the_listed_verbs_ask_no_authority():
    assert {verb.name for verb in all_verbs() if isinstance(verb, HouseVerb)} == OF_THE_HOUSE


def test_every_verb_has_a_test_file_of_its_own(request):
    tested = {path.stem.removeprefix("test_") for path in request.path.parents[1].glob("*/test_*.py")}
    bodies = {verb._body.__name__ for verb in all_verbs()}
    assert bodies - tested == set()


def test_every_verb_says_what_it_does():
    assert [verb.name for verb in all_verbs() if not inspect.getdoc(verb)] == []


@pytest.mark.parametrize("house", [True, False])
def test_entry_is_the_last_statement_of_one_transaction(people, draft, house):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        if house:
            found_unit(people.alice, NOW, name="River Unit")
        else:
            register_exhibit(people.alice, people.warrant, draft, NOW)
    statements = [query["sql"] for query in captured.captured_queries]
    assert [sql for sql in statements if sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT"))] == [statements[0], "COMMIT"]
    assert statements[0].startswith("BEGIN")
    assert statements[-2].startswith('INSERT INTO "ledger_entry"')


def test_entry_says_who_on_what_authority_did_what_to_what_and_when(people, draft, entries):
    before = entries()
    exhibit = register_exhibit(people.alice, people.warrant, draft, NOW)
    entry = LedgerEntry.objects.get(number=before + 1)
    assert entries() == before + 1
    assert (entry.verb, entry.at) == ("exhibit.register", NOW)
    assert (entry.actor, entry.authority) == (people.alice.public_id, people.warrant.public_id)
    assert (entry.subject_kind, entry.subject) == ("exhibit", exhibit.public_id)


def test_chain_holds_after_verbs(people, draft, entries):
    register_exhibit(people.alice, people.warrant, draft, NOW)
    verdict = verify_ledger()
    assert (verdict.holds, verdict.entries) == (True, entries())


def test_entries_hold_no_name(people, draft):
    register_exhibit(people.alice, people.warrant, draft, NOW)
    kept = repr(list(LedgerEntry.objects.values()))
    assert [word for word in ("Alice", "alice", "Coastal", "lighthouse", "W 7/2026", "E-1") if word in kept] == []


def test_refused_verb_leaves_nothing(people, draft, entries):
    before = entries(), LedgerPayload.objects.count()
    with pytest.raises(RefusedError):
        register_exhibit(people.alice, people.warrant, draft, LATER)
    assert (entries(), LedgerPayload.objects.count()) == before
    assert not Exhibit.objects.exists()


def test_verb_that_fails_after_it_wrote_leaves_nothing(people, entries):
    @house_verb("unit.found_badly")
    def found_badly(_act) -> Done[Unit]:
        Unit.objects.create(name="Ghost Unit")
        raise OSError("the disk is full")

    before = entries()
    with pytest.raises(OSError, match="disk"):
        found_badly(people.alice, NOW)
    assert (entries(), Unit.objects.filter(name="Ghost Unit").exists()) == (before, False)


def test_role_is_asked_where_the_object_lies(people, draft):
    with pytest.raises(RefusedError, match="Your role"):
        register_exhibit(people.bob, people.warrant, draft, NOW)
    with pytest.raises(RefusedError, match="Your role"):
        register_exhibit(people.dora, people.warrant, draft, NOW)


def test_authority_outside_its_dates_is_no_authority(people, draft):
    with pytest.raises(RefusedError, match="begins only"):
        register_exhibit(people.alice, people.warrant, draft, NOW - timedelta(seconds=1))


def test_officer_who_left_does_nothing(people, draft):
    with writing(frozenset({"accounts_officer"})):
        type(people.alice).objects.filter(pk=people.alice.pk).update(is_active=False)
    with pytest.raises(RefusedError, match="no longer works here"):
        register_exhibit(people.alice, people.warrant, draft, NOW)
    with pytest.raises(RefusedError, match="no longer works here"):
        found_unit(people.alice, NOW, name="River Unit")


def test_step_writes_its_own_tables_only_and_leaves_no_entry(people, entries):
    @step(Unit)
    def rename(name):
        Unit.objects.filter(name="Hill Unit").update(name=name)

    @step(Exhibit)
    def stray():
        Unit.objects.update(name="Ghost Unit")

    assert isinstance(rename, Step)
    before = entries()
    rename("Mountain Unit")
    assert (entries(), Unit.objects.filter(name="Mountain Unit").count()) == (before, 1)
    with pytest.raises(UnguardedWriteError):
        stray()


def test_verbs_do_not_nest(people):
    @house_verb("unit.found_twice")
    def found_twice(act) -> Done[Unit]:
        return Done(found_unit(act.actor, NOW, name="Inner Unit"))

    with pytest.raises(RuntimeError, match="durable"):
        found_twice(people.alice, NOW)
