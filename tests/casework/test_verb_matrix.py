"""Every verb × who tries it on what authority: one table, and a verb that is absent from it fails.

A new verb is one line of `MATRIX`: its row, and how it is called. What it needs to find on the desk is furnished in
`verb_desk.py`. Why each refuses what it does beyond this, is in the verb's own test file.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.test import override_settings

from kavalan.casework import keys
from kavalan.casework.access.models import Role
from kavalan.casework.access.services import end_grant, grant, open_compartment
from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.ranks import ranks
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import (
    accept_conduct,
    begin_session,
    change_password,
    confirm_authenticator,
    end_other_sessions,
    end_role,
    end_session,
    enrol_officer,
    found_unit,
    give_role,
    let_go,
    lift_attempts,
    lock_session,
    read_resets,
    record_rank,
    renew_recovery_codes,
    reset_at_machine,
    reset_sign_in,
    unlock_session,
)
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.authority.papers import take
from kavalan.casework.authority.rules import Account, Activity, Kind
from kavalan.casework.authority.services import (
    add_paper,
    declare_override,
    record_authority,
    record_preliminary,
    review_override,
    withdraw_authority,
)
from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.rules import Marking, NumberKind, ReviewDecision, Stage
from kavalan.casework.cases.services import (
    Reached,
    add_charge,
    add_number,
    add_task,
    change_task,
    correct_note,
    correct_stage,
    decide_review,
    end_charge,
    end_part,
    end_task,
    join,
    join_content,
    link_cases,
    mark_case,
    merge_cases,
    name_lead,
    open_case,
    open_series,
    plan_tasks,
    print_case,
    reach_stage,
    reopen_task,
    split_case,
    undo_rearrangement,
    withdraw_number,
    write_note,
)
from kavalan.casework.cases.services import add_paper as add_paper_to_case
from kavalan.casework.cases.sight import gaining
from kavalan.casework.clocks.services import correct_clock, dismiss_clock, meet_clock, meet_together, start_clock
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.services import (
    Things,
    accept_hand_over,
    add_recording,
    begin_draft,
    correct_event,
    discard_draft,
    draw_exhibit,
    enter_seizure,
    examine_things,
    forward_recording,
    offer_things,
    receive_on_slip,
    record_event,
)
from kavalan.casework.custody.telling import Found, Party, Told
from kavalan.casework.custody.words import Part
from kavalan.casework.custody.words import What as Happened
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import (
    cancel_scan,
    finish_scan,
    finish_thinning,
    import_scan,
    register_exhibit,
    start_scan,
    stop_scan,
    stop_thinning,
    thin_exhibit,
)
from kavalan.casework.exports.models import Form
from kavalan.casework.exports.services import finish_export, give_export, make_export, stop_export
from kavalan.casework.hits.models import Rematch
from kavalan.casework.hits.services import cancel_rematch, finish_rematch, start_rematch, stop_rematch
from kavalan.casework.identities.rules import Kind as Protected
from kavalan.casework.identities.rules import Particulars
from kavalan.casework.identities.services import correct_identity, open_identity, seal_identity
from kavalan.casework.insight.services import place_reports, record_safeguarded, withdraw_safeguarded
from kavalan.casework.intake.rules import Form as ReportForm
from kavalan.casework.intake.services import (
    begin_delivery,
    begin_dropped,
    cancel_delivery,
    enter_report,
    finish_delivery,
    open_desk,
    read_with_columns,
    resume_delivery,
    save_columns,
    stop_delivery,
)
from kavalan.casework.intake.typed import Typed
from kavalan.casework.jobs.models import Priority, State, Window
from kavalan.casework.jobs.services import order_job, pause_job, resume_job
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.services import acknowledge_extract, disclose_payload, make_extract
from kavalan.casework.operations.rules import State as SiteState
from kavalan.casework.operations.services import (
    Plan,
    add_case,
    change_site,
    close_operation,
    correct_state,
    end_case,
    end_seizure,
    enter_state,
    let_teams_in,
    link_seizure,
    link_warrant,
    open_operation,
    set_day,
    take_sites,
)
from kavalan.casework.papers.custody import custody_of
from kavalan.casework.papers.services import issue_custody
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.privilege.services import look_at_sealed, open_privileged, opening, supply_identifiers
from kavalan.casework.retention.models import By, Decision
from kavalan.casework.retention.services import (
    decide_challenge,
    finish_purge,
    hold_report,
    lift_hold,
    note_backup,
    purge_reports,
    record_challenge,
    resume_purge,
    say_backup_gone,
    stop_purge,
)
from kavalan.casework.routing.issuing import letter_of
from kavalan.casework.routing.rules import Reply
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.routing.services import (
    accept_transfer,
    adopt_table,
    answer_inquiry,
    ask_others,
    issue_letter,
    offer_transfer,
    record_slip,
    refuse_transfer,
    take_back,
)
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import (
    cancel_keeping,
    destroy_evidence,
    finish_destruction,
    finish_keeping,
    keep_exhibit,
    resume_destruction,
    stop_destruction,
    stop_keeping,
)
from kavalan.casework.search.services import ask_filling, finish_filling, stop_filling, take_up
from kavalan.casework.subjects.rules import Closed, Side
from kavalan.casework.subjects.services import (
    acknowledge,
    add_evidence,
    begin_watch,
    close_subject,
    correct_account,
    end_account,
    end_watch,
    link_account,
    merge_subjects,
    open_subject,
    renew_watch,
    reopen_subject,
    restate_subject,
    split_account,
    undo_merge,
    withdraw_evidence,
)
from kavalan.casework.triage.rules import SliceAnswer
from kavalan.casework.triage.ruling import packaged_text
from kavalan.casework.triage.services import (
    acknowledge_urgent,
    answer_fact,
    answer_slice,
    bring_rules,
    draw_slice,
    escalate_urgent,
    flag_minor,
    give_back_report,
    look_again,
    put_back_duplicate,
    put_back_in_bundle,
    release_minor,
    reopen_report,
    set_aside_report,
    take_out_of_bundle,
    take_report,
    take_rules,
    undo_duplicate,
)
from kavalan.casework.uploads.services import abandon_upload, begin_upload, expire_upload, finish_upload
from kavalan.casework.vault.services import begin_rehash, cancel_rehash, finish_rehash, give_out, stop_rehash
from kavalan.casework.vault.store import put_printed
from kavalan.casework.verbs import Verb
from kavalan.tips import Tip

from .accounts.conftest import HOME
from .authority.conftest import a_paper
from .conftest import NOW, PASSWORD, grounds
from .intake.conftest import PARTNER, parcel
from .verb_desk import CLAIMED, DOUBTED, FOUND, RIPE, SOON, furnish_for_verbs
from .verbs.test_verb import all_verbs

# Who tries, under which law. Bob was let in where the exhibits lie, as an investigator; "alice" stands for whoever may.
COLUMNS = {
    "nobody": (None, "in force"),
    "another unit": ("charlie", "in force"),
    "not let in": ("dora", "in force"),
    "wrong role": ("bob", "in force"),
    "another activity": ("alice", "another activity"),
    "another object": ("alice", "another object"),
    "lapsed": ("alice", "lapsed"),
    "withdrawn": ("alice", "withdrawn"),
    "in order": ("alice", "in force"),
}
# Why a verb that needs an authority is refused; the first that is asked is the first that is said.
WHY = {
    "nobody": "The workspace has officers",
    "another unit": "Your role",
    "not let in": "Your role",
    "wrong role": "Your role",
    "another activity": "It does not permit to",
    "another object": "It does not name ",
    "lapsed": "ended on",
    "withdrawn": "It was withdrawn on",
}
SOME = {"reason": "why not"}


def told(what):
    """Something that happened to a thing, where who gave and took it does not matter."""
    return Told(Happened(what), SOON)


# `x` it is done, `-` it is refused and nothing is written, `.` there is no such case: a verb of the house is shown no
# authority, and most are not about anything that lies under one.
MATRIX = {
    #                   nobody
    #                   |  another unit
    #                   |  |  not let in
    #                   |  |  |  wrong role
    #                   |  |  |  |  another activity
    #                   |  |  |  |  |  another object
    #                   |  |  |  |  |  |  lapsed
    #                   |  |  |  |  |  |  |  withdrawn
    #                   |  |  |  |  |  |  |  |  in order
    # On an authority: all that is not in order is refused.
    "exhibit.register": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: register_exhibit(it.who, it.authority, it.draft(), SOON),
    ),
    "exhibit.import_scan": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: import_scan(it.who, it.authority, it.draft("result"), SOON),
    ),
    "seizure.enter": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: enter_seizure(it.who, it.authority, it.seizure_draft(), SOON),
    ),
    "custody.examine": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: examine_things(it.who, it.authority, Things([it.device("E-8")]), SOON, told=told("unsealed")),
    ),
    "exhibit.keep": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: keep_exhibit(it.who, it.authority, it.exhibit("E-2"), SOON, way=Way.COPY),
    ),
    "upload.begin": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: begin_upload(it.who, it.authority, it.upload_draft(), SOON),
    ),
    "upload.finish": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: finish_upload(it.who, it.authority, it.upload(), SOON),
    ),
    "keeping.finish": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: finish_keeping(it.who, it.authority, it.keeping(), SOON, job=it.keeping().job),
    ),
    "scan.start": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: start_scan(it.who, it.authority, it.exhibit("E-1"), SOON),
    ),
    "scan.finish": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: finish_scan(it.who, it.authority, it.exhibit("E-2"), SOON, job=it.exhibit("E-2").scan),
    ),
    # Bob asks, who investigates; a supervisor, who grants, does not.
    "export.make": (
        "-  -  -  x  -  -  -  -  x",
        lambda it: make_export(it.who, it.authority, it.exhibit("E-1"), SOON, form=Form.CSV, filters=""),
    ),
    "export.finish": (
        "-  -  -  x  -  -  -  -  x",
        lambda it: finish_export(
            it.who, it.authority, it.export(State.RUNNING), SOON, job=it.export(State.RUNNING).job
        ),
    ),
    "export.give": (
        "-  -  -  x  -  -  -  -  x",
        lambda it: give_export(it.who, it.authority, it.export(State.DONE), SOON),
    ),
    "privilege.open": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: open_privileged(it.who, it.authority, it.exhibit("E-3"), SOON, [1]),
    ),
    # About a name that the law keeps secret, authority or none: whoever works on the case there. Bob investigates: he
    # alone opens what Alice granted.
    "identity.seal": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: seal_identity(
            it.who, SOON, kind=Protected.CHILD, compartment=it.room, particulars=Particulars("Tavik Melorin")
        ),
    ),
    "identity.correct": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: correct_identity(
            it.who, SOON, identity=it.made.child, particulars=Particulars("Tavik Melorin"), **SOME
        ),
    ),
    "identity.open": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: open_identity(it.who, SOON, identity=it.made.child, number=1),
    ),
    "privilege.look": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: look_at_sealed(it.who, it.authority, it.exhibit("E-3"), SOON),
    ),
    # About an exhibit, without an authority: stopping, sealing, asking and answering go on after its end.
    "scan.cancel": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: cancel_scan(it.who, SOON, exhibit=it.exhibit("E-2")),
    ),
    # The worker's, who holds the job; it must end also when the officer has left.
    "scan.stop": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: stop_scan(
            it.who, SOON, exhibit=it.exhibit("E-2"), job=it.exhibit("E-2").scan, state=State.FAILED, why="a fault"
        ),
    ),
    # One's own; what nobody goes on with the worker gives up.
    "upload.abandon": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: abandon_upload(it.who, SOON, upload=it.upload()),
    ),
    "upload.expire": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: expire_upload(it.who, SOON, upload=it.upload(), before=SOON),
    ),
    # Whoever examines or supervises where what it is about lies.
    "job.pause": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: pause_job(it.who, SOON, job=it.exhibit("E-2").scan),
    ),
    "job.resume": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: resume_job(it.who, SOON, job=it.keeping().job),
    ),
    "job.order": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: order_job(
            it.who, SOON, job=it.exhibit("E-2").scan, priority=Priority.SOON, window=Window.NIGHTS_AND_WEEKENDS
        ),
    ),
    # Whoever works on what it hangs on; that one does not apply, a supervisor says.
    "clock.start": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: start_clock(it.who, SOON, name="bnss-185-5", matter=it.exhibit("E-1"), started_at=NOW),
    ),
    "clock.meet": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: meet_clock(it.who, SOON, clock=it.exhibit("E-1").clocks.get(), met_at=NOW, note="by hand"),
    ),
    "clock.correct": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: correct_clock(
            it.who, SOON, clock=it.exhibit("E-1").clocks.get(), started_at=NOW - timedelta(days=1), **SOME
        ),
    ),
    "clock.dismiss": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: dismiss_clock(it.who, SOON, clock=it.exhibit("E-1").clocks.get(), **SOME),
    ),
    # Whoever takes reports in where they lie, of which Bob is one.
    "clock.meet_together": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: meet_together(
            it.who, SOON, clocks=[it.made.report.clocks.get(name="pocso-19-6").public_id], met_at=NOW, note="by hand"
        ),
    ),
    # Whoever takes reports in where it lies, Bob among them; lifting is a supervisor's.
    "report.hold": ("-  -  -  x  .  .  .  .  x", lambda it: hold_report(it.who, SOON, report=it.made.report, **SOME)),
    "report.lift_hold": ("-  -  -  -  .  .  .  .  x", lambda it: lift_hold(it.who, SOON, hold=it.made.hold, **SOME)),
    "report.challenge": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: record_challenge(
            it.who, SOON, report=it.made.report, by=By.CONCERNED, where="date", received="", asked="not so"
        ),
    ),
    "report.decide_challenge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: decide_challenge(
            it.who, SOON, challenge=it.made.challenge, decision=Decision.REFUSED, right="", **SOME
        ),
    ),
    # Bob asked, and Alice granted it: who grants does not purge. The worker ends it whoever asked.
    "retention.purge": (
        "-  -  -  x  .  .  .  .  -",
        lambda it: purge_reports(it.who, RIPE, question=it.made.to_purge),
    ),
    "retention.purge_again": (
        "-  -  -  x  .  .  .  .  -",
        lambda it: resume_purge(it.who, SOON, purge=it.made.purges[State.FAILED]),
    ),
    "retention.purged": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: finish_purge(
            it.who, SOON, purge=it.made.purges[State.RUNNING], job=it.made.purges[State.RUNNING].job
        ),
    ),
    "retention.purge_stopped": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: stop_purge(
            it.who,
            SOON,
            purge=it.made.purges[State.RUNNING],
            job=it.made.purges[State.RUNNING].job,
            state=State.FAILED,
            why="a disk",
        ),
    ),
    # Whoever reads the workspace's files tells of a backup; an administrator says that it is gone.
    "backup.note": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: note_backup(it.who, SOON, name="b.json", made_at=NOW, whole=True),
    ),
    "backup.gone": ("-  -  -  -  .  .  .  .  x", lambda it: say_backup_gone(it.who, SOON, backup=it.made.backup)),
    # Whoever works on the exhibit.
    "paper.issue": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: issue_custody(
            it.who,
            SOON,
            exhibit=it.exhibit("E-1"),
            paper=custody_of(it.exhibit("E-1"), it.who or it.officer("alice"), SOON),
            stored=put_printed(BytesIO(b"%PDF-1.7 custody")),
        ),
    ),
    # Of things in custody: keeping them goes on whatever becomes of the authority. What is typed in is one's own, and
    # who is to receive a thing accepts it.
    "seizure.draft": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: begin_draft(
            it.who, SOON, authority=it.authority, compartment=it.room, reference="SM 9", memo=Memo(NOW)
        ),
    ),
    "seizure.discard": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: discard_draft(it.who, SOON, draft=it.seizure_draft()),
    ),
    "recording.add": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: add_recording(it.who, SOON, seizure=it.device("E-8").seizure, sha256="cd" * 32),
    ),
    "recording.forward": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: forward_recording(
            it.who, SOON, recording=it.device("E-8").seizure.recordings.get(), to="JMFC", moment=SOON
        ),
    ),
    "custody.record": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: record_event(it.who, SOON, devices=[it.device("E-8")], told=told("stored")),
    ),
    "custody.correct": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: correct_event(
            it.who, SOON, event=it.device("E-7").offer, devices=[it.device("E-7")], told=None, why="not there"
        ),
    ),
    "custody.offer": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: offer_things(it.who, SOON, devices=[it.device("E-8")], to=Party(it.officer("eve")), moment=SOON),
    ),
    "custody.accept": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: accept_hand_over(
            it.who,
            SOON,
            offer=it.device("E-7").offer,
            devices=[it.device("E-7")],
            moment=SOON,
            found=Found(),
        ),
    ),
    "custody.receive": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: receive_on_slip(
            it.who,
            SOON,
            offer=it.device("E-7").offer,
            devices=[it.device("E-7")],
            moment=SOON,
            slip=take(a_paper()),
        ),
    ),
    "device.draw": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: draw_exhibit(it.who, SOON, device=it.device("E-8"), exhibit=it.exhibit("E-1"), part=Part.WHOLE),
    ),
    "keeping.cancel": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: cancel_keeping(it.who, SOON, keeping=it.keeping()),
    ),
    "keeping.stop": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: stop_keeping(
            it.who, SOON, keeping=it.keeping(), job=it.keeping().job, state=State.FAILED, why="a fault"
        ),
    ),
    "exhibit.thin": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: thin_exhibit(it.who, SOON, exhibit=it.scanned(2), earlier=[it.scanned(1)]),
    ),
    "thinning.finish": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: finish_thinning(it.who, SOON, thinning=it.scanned(3).thinning, job=it.scanned(3).thinning.job),
    ),
    "thinning.stop": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: stop_thinning(
            it.who,
            SOON,
            thinning=it.scanned(3).thinning,
            job=it.scanned(3).thinning.job,
            state=State.FAILED,
            why="a fault",
        ),
    ),
    "export.stop": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: stop_export(
            it.who,
            SOON,
            export=it.export(State.RUNNING),
            job=it.export(State.RUNNING).job,
            state=State.FAILED,
            why="a fault",
        ),
    ),
    "evidence.destroy": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: destroy_evidence(it.who, SOON, exhibit=it.exhibit("E-3")),
    ),
    "evidence.destroy_again": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: resume_destruction(it.who, SOON, destruction=it.destruction(State.FAILED)),
    ),
    "evidence.destroyed": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: finish_destruction(it.who, SOON, destruction=it.destruction(), job=it.destruction().job),
    ),
    "evidence.destruction_stopped": (
        "x  x  x  x  .  .  x  x  x",
        lambda it: stop_destruction(
            it.who, SOON, destruction=it.destruction(), job=it.destruction().job, state=State.FAILED, why="a fault"
        ),
    ),
    # Whoever has any role there.
    "privilege.supply": (
        "-  -  -  x  .  .  x  x  x",
        lambda it: supply_identifiers(it.who, SOON, exhibit=it.exhibit("E-3"), identifiers=["adv-office"]),
    ),
    "approval.ask": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: ask_approval(
            it.who, SOON, kind=OPEN_PRIVILEGED, matter=it.exhibit("E-2"), payload=opening([1]), **SOME
        ),
    ),
    "approval.answer": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: answer_approval(it.who, SOON, approval=it.asked("E-1"), granted=True, **SOME),
    ),
    "override.declare": (
        "-  -  -  -  .  .  x  -  x",
        lambda it: declare_override(it.who, SOON, exhibit=it.exhibit("E-1"), activity=Activity.EXAMINE, **SOME),
    ),
    "override.review": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: review_override(
            it.who, SOON, override=it.exhibit("E-3").overrides.get(), approved=False, reason="not needed"
        ),
    ),
    "ledger.disclose": (
        "-  -  -  -  .  .  x  x  x",
        lambda it: disclose_payload(it.who, SOON, number=it.entry(it.exhibit("E-1")), **SOME),
    ),
    # An auditor's, with a supervisor's grant; the extract is about Bob, and the one that is taken note of about Alice.
    "ledger.extract": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: make_extract(it.who, SOON, officer=it.officer("bob"), since=NOW, until=SOON),
    ),
    "ledger.acknowledge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: acknowledge_extract(it.who, SOON, extract=it.made.extract),
    ),
    # Of the unit: any of its officers.
    "authority.record": (
        "-  x  x  x  .  .  .  .  x",
        lambda it: record_authority(it.who, SOON, kind=Kind.WARRANT, reference="W 9/2026", grounds=grounds("E-1")),
    ),
    "authority.add_paper": (
        "-  -  x  x  .  .  x  x  x",
        lambda it: add_paper(it.who, SOON, authority=it.authority, paper=take(a_paper())),
    ),
    "authority.carry": (
        "-  x  x  x  .  .  .  .  x",
        lambda it: record_preliminary(it.who, SOON, report="R 9/2026", accounts=[Account("chirp", "42")]),
    ),
    "authority.withdraw": (
        "-  -  x  x  .  .  x  -  x",
        lambda it: withdraw_authority(it.who, SOON, authority=it.authority, **SOME),
    ),
    "kept.give": ("-  -  x  x  .  .  .  .  x", lambda it: give_out(it.who, SOON, kept=it.made.paper)),
    # What is searched repeats what the desk holds: whoever reads the workspace's files has it made anew.
    "search.ask": ("x  x  x  x  .  .  .  .  x", lambda it: ask_filling(it.who, SOON)),
    "search.take_up": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: take_up(it.who, SOON, filling=it.filling(), total=1),
    ),
    "search.filled": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: finish_filling(it.who, SOON, filling=(one := it.filling(running=True)), job=one.job),
    ),
    "search.stopped": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: stop_filling(
            it.who, SOON, filling=(one := it.filling(running=True)), job=one.job, state=State.FAILED, why="a fault"
        ),
    ),
    "rehash.begin": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: begin_rehash(it.without_rehash().who, SOON, night=SOON.date(), budget=1),
    ),
    "rehash.cancel": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: cancel_rehash(it.who, SOON, rehash=it.rehash()),
    ),
    "rehash.finish": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: finish_rehash(it.who, SOON, rehash=it.rehash(), job=it.rehash().job),
    ),
    "rehash.stop": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: stop_rehash(
            it.who, SOON, rehash=it.rehash(), job=it.rehash().job, state=State.FAILED, why="a fault"
        ),
    ),
    "rematch.start": ("-  x  x  x  .  .  .  .  x", lambda it: start_rematch(it.who, SOON)),
    "rematch.cancel": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: cancel_rematch(it.who, SOON, rematch=Rematch.objects.get()),
    ),
    "rematch.finish": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: finish_rematch(it.who, SOON, rematch=Rematch.objects.get(), job=Rematch.objects.get().job),
    ),
    "rematch.stop": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: stop_rematch(
            it.who,
            SOON,
            rematch=Rematch.objects.get(),
            job=Rematch.objects.get().job,
            state=State.FAILED,
            why="a fault",
        ),
    ),
    # Whoever works at the desk; what was offered to Gil's, Gil accepts or refuses. Bob takes reports in at Alice's.
    "report.transfer": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: offer_transfer(
            it.who, SOON, report=it.made.report, to=Receiver("River Unit", it.made.river), **SOME
        ),
    ),
    "report.accept_transfer": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: accept_transfer(it.who, SOON, transfer=it.made.offered),
    ),
    "report.refuse_transfer": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: refuse_transfer(it.who, SOON, transfer=it.made.offered, **SOME),
    ),
    "report.take_back": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: take_back(it.who, SOON, transfer=it.made.offered, **SOME),
    ),
    "report.record_slip": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: record_slip(
            it.who, SOON, transfer=it.made.outside, received_by="SHO", received_at=NOW, slip=take(a_paper())
        ),
    ),
    "letter.issue": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: issue_letter(
            it.who,
            SOON,
            transfer=it.made.outside,
            letter=letter_of(it.who or it.officer("alice"), it.made.outside, SOON, fir=None),
            stored=put_printed(BytesIO(b"%PDF-1.7 letter")),
        ),
    ),
    "indicator.ask": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: ask_others(
            it.who, SOON, identifiers=[Identifier("phone", "+910000000000")], report=it.made.report, **SOME
        ),
    ),
    "inquiry.answer": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: answer_inquiry(it.who, SOON, asked=it.made.asked, reply=Reply.CONTACT),
    ),
    # A supervisor's, of their own unit.
    "routing.adopt": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: adopt_table(it.who, SOON, text='title = "t"\ndrawn_up = 2026-01-01\n', **SOME),
    ),
    # Whoever takes in reports at the desk; Bob does.
    # Who takes reports in at Alice's desk is she and Bob; Ivy's unit has none yet. What comes is read whoever asks.
    "intake.open": ("-  -  -  -  .  .  .  .  x", lambda it: open_desk(it.who, SOON)),
    "columns.save": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: save_columns(it.who, SOON, desk=it.made.desk, name="A partner", columns=PARTNER),
    ),
    "delivery.begin": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: begin_delivery(it.who, SOON, desk=it.made.desk, parcel=parcel(b"{}")),
    ),
    "delivery.drop": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: begin_dropped(it.who, SOON, desk=it.made.desk, parcel=parcel(b"{}")),
    ),
    "delivery.columns": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: read_with_columns(it.who, SOON, delivery=it.made.waiting, columns=it.made.columns),
    ),
    "delivery.resume": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: resume_delivery(it.who, SOON, delivery=it.made.stopped),
    ),
    "delivery.cancel": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: cancel_delivery(it.who, SOON, delivery=it.made.reading),
    ),
    "delivery.finish": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: finish_delivery(it.who, SOON, delivery=it.made.reading, job=it.made.reading.job),
    ),
    "delivery.stop": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: stop_delivery(
            it.who, SOON, delivery=it.made.reading, job=it.made.reading.job, state=State.FAILED, why="a fault"
        ),
    ),
    "report.enter": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: enter_report(it.who, SOON, desk=it.made.desk, typed=Typed(ReportForm.PHONE, Tip(form="phone"), NOW)),
    ),
    "report.take": ("-  -  -  x  .  .  .  .  x", lambda it: take_report(it.who, SOON, report=it.made.plain)),
    "report.give_back": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: give_back_report(it.who, SOON, report=it.made.taken, **SOME),
    ),
    "report.set_aside": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: set_aside_report(it.who, SOON, report=it.made.plain, **SOME),
    ),
    "report.reopen": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: reopen_report(it.who, SOON, report=it.made.aside, **SOME),
    ),
    "urgent.acknowledge": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: acknowledge_urgent(it.who, SOON, urgent=it.made.urgent.urgent.get()),
    ),
    "duplicate.undo": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: undo_duplicate(it.who, SOON, duplicate=it.made.same.duplicate, **SOME),
    ),
    "duplicate.put_back": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: put_back_duplicate(it.who, SOON, duplicate=it.made.undone.duplicate, **SOME),
    ),
    "bundle.take_out": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: take_out_of_bundle(it.who, SOON, bundled=it.made.same.bundled.get(), **SOME),
    ),
    "bundle.put_back": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: put_back_in_bundle(it.who, SOON, bundled=it.made.undone.bundled.get(), **SOME),
    ),
    "triage.answer": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: answer_fact(it.who, SOON, report=it.made.plain, fact="danger_now", answer=True, **SOME),
    ),
    "triage.bring_rules": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: bring_rules(it.who, SOON, text=packaged_text(), **SOME),
    ),
    "child.flag": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: flag_minor(it.who, SOON, person=it.made.named.persons.get(), **SOME),
    ),
    "slice.answer": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: answer_slice(it.who, SOON, drawn=it.made.drawn, answer=SliceAnswer.MISSED, **SOME),
    ),
    # A supervisor's of the desk.
    "child.release": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: release_minor(it.who, SOON, minor=it.made.minor, **SOME),
    ),
    "triage.take_rules": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: take_rules(it.who, SOON, rules=it.made.brought, **SOME),
    ),
    # Who works on the case in which a subject lies; Eve began the watch that Alice renews.
    "watch.begin": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: begin_watch(it.who, it.authority, it.made.unwatched, SOON, terms=it.terms()),
    ),
    "watch.renew": (
        "-  -  -  -  -  -  -  -  x",
        lambda it: renew_watch(it.who, it.authority, it.made.link, SOON, terms=it.terms(), found=FOUND),
    ),
    "watch.end": ("-  -  -  -  .  .  .  .  x", lambda it: end_watch(it.who, SOON, watch=it.made.watch, found=FOUND)),
    "watch.acknowledge": ("-  -  -  -  .  .  .  .  x", lambda it: acknowledge(it.who, SOON, told=it.made.told)),
    "subject.open": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: open_subject(
            it.who,
            SOON,
            case=it.made.case,
            hypothesis=DOUBTED,
            account=it.account(2),
            claim=CLAIMED,
            rests_on=it.made.taken,
        ),
    ),
    "subject.restate": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: restate_subject(it.who, SOON, subject=it.made.subject, hypothesis=DOUBTED, **SOME),
    ),
    "subject.link": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: link_account(
            it.who, SOON, subject=it.made.subject, account=it.account(2), claim=CLAIMED, rests_on=it.made.taken
        ),
    ),
    "subject.correct_link": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: correct_account(it.who, SOON, link=it.made.unwatched, claim=CLAIMED),
    ),
    "subject.split_link": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: split_account(it.who, SOON, link=it.made.link, gap=it.gap(), keeps="earlier", **SOME),
    ),
    "subject.end_link": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_account(it.who, SOON, link=it.made.unwatched, **SOME),
    ),
    "subject.add_evidence": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: add_evidence(it.who, SOON, subject=it.made.subject, side=Side.AGAINST, text="another language"),
    ),
    "subject.withdraw_evidence": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: withdraw_evidence(it.who, SOON, evidence=it.made.subject.evidence.get(), **SOME),
    ),
    "subject.close": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: close_subject(it.who, SOON, subject=it.made.unsure, outcome=Closed.REFUTED, **SOME),
    ),
    "subject.reopen": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: reopen_subject(it.who, SOON, subject=it.made.closed, **SOME),
    ),
    "subject.merge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: merge_subjects(it.who, SOON, kept=it.made.subject, gone=it.made.unsure, **SOME),
    ),
    "subject.undo_merge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: undo_merge(it.who, SOON, merging=it.made.merging, **SOME),
    ),
    # The clock's.
    "triage.look_again": ("x  x  x  x  .  .  .  .  x", lambda it: look_again(it.who, SOON, rules=it.made.in_force)),
    "urgent.escalate": ("x  x  x  x  .  .  .  .  x", lambda it: escalate_urgent(it.who, SOON, desk=it.made.desk)),
    "insight.place_reports": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: place_reports(it.who, SOON, desk=it.made.desk),
    ),
    "slice.draw": (
        "x  x  x  x  .  .  .  .  x",
        lambda it: draw_slice(it.who, SOON, desk=it.made.desk, day=SOON.date() + timedelta(days=1), seed=bytes(32)),
    ),
    # An investigator's or a supervisor's of the unit; Ivy's has no series yet. Who works on a case joins what they see.
    # Of an operation that Alice supervises; Bob examines there, Eve is in a team of it.
    "operation.open": ("-  -  -  -  .  .  .  .  x", lambda it: open_operation(it.who, SOON, title="A second day")),
    "operation.set_day": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: set_day(it.who, SOON, operation=it.made.operation, day=SOON.date(), **SOME),
    ),
    "operation.add_case": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: add_case(it.who, SOON, operation=it.made.empty, case=it.made.case),
    ),
    "operation.end_case": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_case(it.who, SOON, joined=it.made.operation.joined.get(), **SOME),
    ),
    "operation.take_sites": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: take_sites(it.who, SOON, operation=it.made.empty, text="site,district,place\nS-1,Kollam,Ward 1\n"),
    ),
    "operation.let_teams_in": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: let_teams_in(it.who, SOON, operation=it.made.operation),
    ),
    "operation.close": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: close_operation(it.who, SOON, operation=it.made.operation),
    ),
    "site.change": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: change_site(it.who, SOON, site=it.made.site, plan=Plan(None, "Ward 9", "", home=False), **SOME),
    ),
    "site.enter": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: enter_state(it.who, SOON, site=it.made.site, what=SiteState.SEIZED, moment=SOON),
    ),
    "site.correct": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: correct_state(it.who, SOON, entry=it.made.searched, what=SiteState.TAKEN_BACK, moment=SOON, **SOME),
    ),
    "site.link_seizure": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: link_seizure(
            it.who, SOON, site=it.made.site, seizure=it.by("alice", "lapsed").device("E-8").seizure
        ),
    ),
    "site.end_seizure": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_seizure(it.who, SOON, link=it.made.site.seizures.get(), **SOME),
    ),
    "warrant.link": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: link_warrant(it.who, SOON, warrant=it.made.site.warrant, authority=it.authority),
    ),
    "case.open_series": ("-  -  -  -  .  .  .  .  x", lambda it: open_series(it.who, SOON, prefix="IVY")),
    "case.open": ("-  -  -  -  .  .  .  .  x", lambda it: open_case(it.who, SOON, title="A second harbour")),
    "case.join": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: join(it.who, SOON, case=it.made.case, joined=it.made.plain),
    ),
    "case.join_content": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: join_content(
            it.who, SOON, case=it.made.third, exhibit=it.made.with_content, content=it.made.content
        ),
    ),
    "case.end_part": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_part(it.who, SOON, part=it.made.part, **SOME),
    ),
    # Whoever may see the merged case would see the other: its supervisor, who was told of it, merges.
    "case.merge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: merge_cases(
            it.who,
            SOON,
            into=it.made.case,
            merged=[it.made.beside],
            seen=[one.public_id for one in gaining([it.made.beside], it.made.case, SOON)[it.made.beside.pk]],
            **SOME,
        ),
    ),
    "case.split": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: split_case(it.who, SOON, case=it.made.case, parts=[it.made.part], title="Apart", **SOME),
    ),
    "case.link": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: link_cases(it.who, SOON, case=it.made.case, other=it.made.third, **SOME),
    ),
    "case.undo": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: undo_rearrangement(it.who, SOON, rearrangement=it.made.related, **SOME),
    ),
    "task.add": ("-  -  -  -  .  .  .  .  x", lambda it: add_task(it.who, SOON, case=it.made.case, title="Ask")),
    "task.plan": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: plan_tasks(it.who, SOON, case=it.made.case, template="new-report"),
    ),
    "task.change": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: change_task(it.who, SOON, task=it.made.task, assignee=it.officer("bob"), due_at=None),
    ),
    "task.end": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_task(it.who, SOON, task=it.made.task, state=TaskState.DROPPED, **SOME),
    ),
    "task.reopen": ("-  -  -  -  .  .  .  .  x", lambda it: reopen_task(it.who, SOON, task=it.made.done, **SOME)),
    # Bob examines in the case: he notes what he finds.
    "note.write": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: write_note(it.who, SOON, case=it.made.case, text="A word.", marking=Marking.AMBER),
    ),
    "note.correct": (
        "-  -  -  x  .  .  .  .  x",
        lambda it: correct_note(it.who, SOON, note=it.made.note, text="They did not.", marking=Marking.AMBER),
    ),
    "case.add_number": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: add_number(it.who, SOON, case=it.made.case, kind=NumberKind.FIR, number="12/2026"),
    ),
    "case.withdraw_number": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: withdraw_number(it.who, SOON, number=it.made.number, **SOME),
    ),
    "case.add_charge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: add_charge(it.who, SOON, case=it.made.case, charged="pocso", section="15(2)"),
    ),
    "case.end_charge": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_charge(it.who, SOON, charge=it.made.charge, **SOME),
    ),
    "case.name_lead": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: name_lead(it.who, SOON, case=it.made.case, lead=it.officer("alice")),
    ),
    "case.reach_stage": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: reach_stage(
            it.who, SOON, case=it.made.case, reached=Reached(Stage.REGISTERED, NOW, reason="a witness")
        ),
    ),
    "case.correct_stage": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: correct_stage(it.who, SOON, wrong=it.made.case.stages.get(), reached=None, **SOME),
    ),
    "case.mark": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: mark_case(it.who, SOON, case=it.made.case, marking=Marking.RED, **SOME),
    ),
    "case.add_paper": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: add_paper_to_case(it.who, SOON, case=it.made.case, paper=take(a_paper(), "the FIR")),
    ),
    "case.safeguard": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: record_safeguarded(
            it.who, SOON, case=it.made.case, pseudonym=it.made.child.pseudonym, happened_on=NOW.date()
        ),
    ),
    "case.withdraw_safeguard": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: withdraw_safeguarded(it.who, SOON, row=it.made.safe, **SOME),
    ),
    "case.print": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: print_case(it.who, SOON, case=it.made.third, **SOME),
    ),
    "case.decide_review": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: decide_review(it.who, SOON, review=it.made.case.reviews.get(), decision=ReviewDecision.KEPT, **SOME),
    ),
    # People let in, by who supervises the room; anybody opens a room of their own.
    "compartment.open": ("-  x  x  x  .  .  .  .  x", lambda it: open_compartment(it.who, SOON, name="Another case")),
    "access.grant": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: grant(it.who, SOON, compartment=it.room, to=it.officer("dora"), role=Role.EXAMINER),
    ),
    "access.end": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_grant(it.who, SOON, grant=it.room.grants.exclude(role=Role.SUPERVISOR).earliest("pk"), **SOME),
    ),
    # An administrator's.
    "unit.found": ("-  -  -  -  .  .  .  .  x", lambda it: found_unit(it.who, SOON, name="Lake Unit")),
    "officer.enrol": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: enrol_officer(it.who, SOON, badge="hal", name="Hal", unit=it.officer("gil").unit, password=PASSWORD),
    ),
    "officer.rank": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: record_rank(it.who, SOON, officer=it.officer("dora"), rank=ranks()["si"], since=date(2025, 6, 1)),
    ),
    "officer.leave": ("-  -  -  -  .  .  .  .  x", lambda it: let_go(it.who, SOON, officer=it.officer("dora"))),
    "role.give": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: give_role(it.who, SOON, officer=it.officer("dora"), role=OfficerRole.LIAISON),
    ),
    "role.end": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_role(it.who, SOON, held=RoleHeld.objects.get(officer__badge="dora")),
    ),
    "sign_in.reset": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: reset_sign_in(it.who, SOON, officer=it.officer("dora"), password=PASSWORD),
    ),
    # Nobody's of the desk: whoever sits at the machine.
    "sign_in.reset_at_machine": (
        "x  -  -  -  .  .  .  .  x",
        lambda it: reset_at_machine(it.who, SOON, officer=it.officer("dora"), password=PASSWORD, **SOME),
    ),
    "sign_in.reset_read": ("-  -  -  -  .  .  .  .  x", lambda it: read_resets(it.who, SOON)),
    "sign_in.lift": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: lift_attempts(it.who, SOON, attempts=it.made.attempts),
    ),
    # One's own: the others try with what is Alice's, or Eve's.
    "authenticator.confirm": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: confirm_authenticator(
            it.who, SOON, code=it.made.draft_app.code(SOON), recovery_codes=new_recovery_codes()
        ),
    ),
    "recovery_codes.renew": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: renew_recovery_codes(it.who, SOON, code=it.code(), recovery_codes=new_recovery_codes()),
    ),
    "session.begin": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: begin_session(it.who, SOON, code=it.code(), arrival=HOME),
    ),
    "session.lock": ("-  -  -  -  .  .  .  .  x", lambda it: lock_session(it.who, SOON, session=it.made.session)),
    "session.unlock": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: unlock_session(it.who, SOON, session=it.made.session, proof=it.code()),
    ),
    "session.end": ("-  -  -  -  .  .  .  .  x", lambda it: end_session(it.who, SOON, session=it.made.session)),
    "session.end_others": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: end_other_sessions(it.who, SOON, session=it.made.session),
    ),
    "password.change": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: change_password(it.who, SOON, session=it.made.session, old=PASSWORD, new="twelve loud herons"),
    ),
    # The others have accepted it.
    "conduct.accept": (
        "-  -  -  -  .  .  .  .  x",
        lambda it: accept_conduct(it.who, SOON, version=code_of_conduct().version),
    ),
}
# Who has a wrong role where an investigator, as Bob is, has the right one.
WRONG = {"seizure.enter": "fay", "custody.examine": "fay"}
# Who may, where it is not Alice.
MAY = {
    "case.open_series": "ivy",
    "intake.open": "ivy",
    "privilege.look": "fay",
    "custody.accept": "eve",
    "privilege.open": "fay",
    "export.make": "bob",
    "export.finish": "bob",
    "export.give": "bob",
    "approval.ask": "fay",
    "approval.answer": "eve",
    "ledger.extract": "fay",
    "override.review": "eve",
    "identity.open": "bob",
    "rematch.cancel": "gil",
    "report.accept_transfer": "gil",
    "report.refuse_transfer": "gil",
    "sign_in.reset_at_machine": None,
    "authenticator.confirm": "eve",
    "conduct.accept": "eve",
}
CELLS = {
    (name, column): cell for name, (row, _) in MATRIX.items() for column, cell in zip(COLUMNS, row.split(), strict=True)
}


@pytest.fixture(scope="module")
def desk(copied, furnished, database_store, django_db_blocker, tmp_path_factory, test_keys):
    """The name of the furnished database and the try that is made on a copy of it."""
    evidence = tmp_path_factory.mktemp("evidence")
    with override_settings(KAVALAN_EVIDENCE=(evidence,)):
        with copied(furnished, keep=True) as name:
            keys.hold(test_keys[1])
            trial = furnish_for_verbs(evidence)
            keys.hold(None)
        yield name, trial
    with django_db_blocker.unblock():
        database_store.drop(name)


@pytest.fixture(scope="module")
def refusing(copied, desk, database_store, django_db_blocker):
    """A copy that all refused tries share, since none of them writes, and all that is in it."""
    with copied(desk[0], keep=True) as name:
        kept = rows()
    yield name, kept
    with django_db_blocker.unblock():
        database_store.drop(name)


def rows():
    """Every row of every table."""
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in apps.get_models()}


def attempt(desk, name, column):
    badge, law = COLUMNS[column]
    who = MAY.get(name, "alice") if badge == "alice" else badge
    if column == "wrong role":
        who = WRONG.get(name, badge)
    return MATRIX[name][1](desk[1].by(who, law))


def test_every_verb_is_in_the_matrix():
    assert {verb.name for verb in all_verbs()} == MATRIX.keys()


def test_verb_that_needs_an_authority_is_refused_wherever_something_is_not_in_order():
    needing = {verb.name for verb in all_verbs() if isinstance(verb, Verb)}
    # Bob's role is the one for what he does; all else is asked of him too.
    roles = {MATRIX[name][0] for name in needing if MAY.get(name) == "bob"}
    assert roles == {"-  -  -  x  -  -  -  -  x"}
    assert {MATRIX[name][0] for name in needing if MAY.get(name) != "bob"} == {"-  -  -  -  -  -  -  -  x"}


@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.usefixtures("unlocked")
def test_refused_verb_writes_nothing(desk, refusing, database_store, django_db_blocker, name):
    shared, kept = refusing
    needing = any(verb.name == name and isinstance(verb, Verb) for verb in all_verbs())
    with django_db_blocker.unblock():
        database_store.use(shared)
        for column in (column for (verb, column), mark in CELLS.items() if verb == name and mark == "-"):
            with pytest.raises(RefusedError, match=WHY[column] if needing else None):
                attempt(desk, name, column)
        assert rows() == kept


@pytest.mark.parametrize(("name", "column"), [cell for cell, mark in CELLS.items() if mark == "x"])
@pytest.mark.usefixtures("unlocked")
def test_verb_that_is_allowed_is_done_and_recorded_once(copied, desk, name, column):
    with copied(desk[0]):
        before = LedgerEntry.objects.count()
        attempt(desk, name, column)
        told = LedgerEntry.objects.order_by("number")[before:]
        assert [entry.verb for entry in told] == [name]
