"""A desk on which every verb finds something to do: the furnishing of the verb matrix.

Where it adds something for a verb, it adds it under each of the three laws under which exhibits lie, so that the verb
may be tried on what lies under one that is in force, has lapsed or was withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace

from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Attempts, Officer
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import (
    begin_session,
    confirm_authenticator,
    count_attempt,
    draft_authenticator,
    enrol_officer,
    found_unit,
    give_role,
    reset_at_machine,
)
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Account, Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import declare_override, record_authority, withdraw_authority
from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.rules import Marking, NumberKind, Outcome, Stage
from kavalan.casework.cases.services import (
    Reached,
    add_charge,
    add_number,
    add_task,
    end_task,
    join,
    link_cases,
    mark_case,
    open_case,
    open_series,
    reach_stage,
    write_note,
)
from kavalan.casework.clocks.services import start_clock
from kavalan.casework.clocks.starting import start_for
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.models import Device, Draft
from kavalan.casework.custody.services import add_recording, begin_draft, enter_seizure, offer_things, save_row
from kavalan.casework.custody.telling import Party
from kavalan.casework.exhibits.models import Content, Exhibit, Item
from kavalan.casework.exhibits.rules import Family, Seal
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan, thin_exhibit
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.exports.approval_kinds import GIVE_EXPORT, giving
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.services import MAKE
from kavalan.casework.guard import writing
from kavalan.casework.hits.services import start_rematch
from kavalan.casework.identities.approval_kinds import OPEN_IDENTITY
from kavalan.casework.identities.rules import Kind as Protected
from kavalan.casework.identities.rules import Particulars
from kavalan.casework.identities.services import opening as opening_of
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.insight.services import record_safeguarded
from kavalan.casework.intake.models import Delivery
from kavalan.casework.intake.services import READ, open_desk, save_columns
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.services import claim
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerExtract
from kavalan.casework.ledger.services import extracting
from kavalan.casework.operations.rules import State as SiteState
from kavalan.casework.operations.services import add_case, enter_state, link_seizure, open_operation, take_sites
from kavalan.casework.privilege.approval_kinds import OPEN_PRIVILEGED
from kavalan.casework.privilege.models import PrivilegeSeal
from kavalan.casework.privilege.services import opening
from kavalan.casework.retention.models import By, Challenge, Hold, Purge
from kavalan.casework.retention.services import (
    PURGE,
    ask_for_purge,
    hold_report,
    note_backup,
    record_challenge,
)
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.routing.services import ask_others, offer_transfer
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.safekeeping.approval_kinds import DESTROY_EVIDENCE
from kavalan.casework.safekeeping.models import Destruction, Safekeeping, Way
from kavalan.casework.safekeeping.services import DESTROY, KEEP, ask_for_destruction
from kavalan.casework.search.models import Filling
from kavalan.casework.search.services import FILL
from kavalan.casework.subjects.linking import Claim
from kavalan.casework.subjects.models import Told
from kavalan.casework.subjects.rules import Certainty, Closed, Gap, Side
from kavalan.casework.subjects.rules import Outcome as Came
from kavalan.casework.subjects.services import (
    add_evidence,
    begin_watch,
    close_subject,
    link_account,
    merge_subjects,
    open_subject,
)
from kavalan.casework.subjects.services.hypotheses import Hypothesis
from kavalan.casework.subjects.services.watches import Found, Terms
from kavalan.casework.triage.ruling import packaged_text
from kavalan.casework.triage.services import (
    bring_rules,
    draw_slice,
    set_aside_report,
    take_out_of_bundle,
    take_report,
    take_rules,
    undo_duplicate,
)
from kavalan.casework.uploads.models import Upload
from kavalan.casework.uploads.services import UploadDraft
from kavalan.casework.vault.models import Kept, Rehash, What
from kavalan.casework.vault.services import begin_rehash
from kavalan.casework.verbs import step
from kavalan.scan.manifest import write_manifest
from tests.scan.made import facts, row, write_scan

from .accounts.conftest import HOME, App
from .conftest import LATER, NOW, PASSWORD
from .intake.conftest import PARTNER
from .reports import lay_reports, open_intake
from .routing.conftest import name_in, tell_of
from .triage.conftest import lay, reported, tip

SOON = NOW + timedelta(hours=1)
"""When the verbs are tried; the desk was furnished before, when all laws were in force."""
RIPE = NOW + timedelta(days=731)
"""When what was set aside then falls due."""
NAMED = frozenset(f"E-{number}" for number in range(1, 10))
LAWS = {
    # What it grants, on what, and until when.
    "in force": (frozenset(Activity), NAMED, LATER),
    "lapsed": (frozenset(Activity), NAMED, SOON),
    "withdrawn": (frozenset(Activity), NAMED, LATER),
    # No verb of the matrix is this activity.
    "another activity": (frozenset({Activity.TAKEDOWN}), NAMED, LATER),
    "another object": (frozenset(Activity), frozenset({"X-9"}), LATER),
}
ACCOUNTS = frozenset(Account("phone", f"+44770090012{number}") for number in range(4))
"""What all laws but the one about another object name; it limits no file."""
CLAIMED = Claim(None, None, Certainty.LIKELY, "a report says so")
DOUBTED = Hypothesis("One person holds both numbers.", "A family shares the telephone.")
FOUND = Found(Came.USEFUL, "a report more")
LYING = ("in force", "lapsed", "withdrawn")
"""The laws under which exhibits lie: E-1 not scanned, E-2 being scanned, E-3 with an item sealed as privileged."""


@dataclass(frozen=True)
class Trial:
    """One try of a verb.

    Attributes:
        who: the officer, or None.
        law: the name of the authority that is shown.
        made: what was made while furnishing and has no other way to be found.
    """

    made: SimpleNamespace
    who: Officer | None = None
    law: str = "in force"

    def by(self, badge, law):
        """A try by that officer under that law."""
        return replace(self, who=badge and Officer.objects.select_related("unit").get(badge=badge), law=law)

    @property
    def authority(self):
        return Authority.objects.get(reference=self.law)

    @property
    def room(self):
        return Compartment.objects.get(name="Case of the lighthouse")

    def exhibit(self, reference):
        """The exhibit of that reference under the law; under one that is about others, the one that is in force."""
        lies = self.law if self.law in LYING else "in force"
        return Exhibit.objects.select_related("authority", "scan").get(authority__reference=lies, reference=reference)

    def device(self, reference):
        """The thing of that reference under the law, likewise."""
        lies = self.law if self.law in LYING else "in force"
        found = Device.objects.select_related("authority", "seizure", "offer__taker", "offer__giver")
        return found.get(authority__reference=lies, reference=reference)

    def seizure_draft(self):
        """What Alice types in under the law, likewise."""
        lies = self.law if self.law in LYING else "in force"
        return Draft.objects.select_related("authority").get(authority__reference=lies, reference="SM 2")

    def officer(self, badge):
        return Officer.objects.select_related("unit").get(badge=badge)

    def draft(self, source="source"):
        """An exhibit that the laws name and that is not registered yet."""
        return ExhibitDraft("E-9", self.made.evidence / source, self.room)

    def upload_draft(self):
        """A file that the laws name and that is not sent yet."""
        return UploadDraft("E-9", self.room, b"phone.zip", 10)

    def upload(self):
        """What Alice began to send under the law, likewise."""
        lies = self.law if self.law in LYING else "in force"
        return Upload.objects.select_related("authority", "compartment").get(authority__reference=lies)

    def asked(self, reference):
        """What was asked about an exhibit."""
        return Approval.objects.get(subject=self.exhibit(reference).public_id, kind=OPEN_PRIVILEGED.name)

    def entry(self, subject):
        """The number of the first entry about something."""
        return LedgerEntry.objects.filter(subject=subject.public_id).earliest("number").number

    def keeping(self):
        """What is being read of E-1, to be held in place."""
        return self.exhibit("E-1").safekeepings.select_related("job", "exhibit").get()

    def scanned(self, number):
        """One of three exhibits that were scanned whole; the last is being thinned by the first."""
        return self.exhibit(f"E-{4 + number}")

    def export(self, state):
        """A file of the results of E-1: one is being made, one was made and granted."""
        exports = self.exhibit("E-1").exports.select_related("job", "kept", "exhibit__authority")
        return exports.get(job__state=state)

    def destruction(self, state=State.RUNNING):
        """What is destroyed of E-2: one is under way, one failed."""
        return self.exhibit("E-2").destructions.select_related("job", "exhibit").get(job__state=state)

    def rehash(self):
        """The night's reading of the vault."""
        return Rehash.objects.select_related("job").get()

    def without_rehash(self):
        """The same desk as if none were under way."""
        with writing(frozenset({"vault_rehash", "jobs_job"})):
            rehash = self.rehash()
            rehash.delete()
            rehash.job.delete()
        return self

    def filling(self, *, running=False):
        """All that is searched is to be made anew, or a worker is making it."""
        with writing(frozenset({"search_filling", "jobs_job"})):
            state = {"state": State.RUNNING, "worker": "worker"}
            job = Job.objects.create(kind=FILL, created_at=NOW, **state) if running else None
            return Filling.objects.create(asked_at=NOW, job=job)

    def account(self, number):
        """One of the telephone numbers that a report of the case names."""
        return Identifier("phone", f"+44770090012{number}")

    def terms(self):
        """Of a watch that tells Alice."""
        return Terms("whether it goes on", [self.officer("alice")], LATER)

    def gap(self):
        """A stretch of days in which nothing names the number that is watched."""
        return Gap(NOW.date(), (NOW + timedelta(days=100)).date())

    def code(self):
        """The code that Alice's telephone shows."""
        return self.made.app.code(SOON)


def furnish_for_verbs(evidence):
    """All that the matrix needs beyond the furnished desk.

    Eve is a second supervisor beside Alice, Fay the filter officer and the auditor; Gil is alone in a unit whose
    contents are being matched again.
    """
    alice = Officer.objects.select_related("unit").get(badge="alice")
    _enrol(alice)
    (evidence / "source").mkdir()
    made = SimpleNamespace(evidence=evidence, app=None)
    for name, (activities, exhibits, end) in LAWS.items():
        spans = {activity: Span(NOW, end) for activity in activities}
        reach = Grounds(spans, exhibits, frozenset() if name == "another object" else ACCOUNTS)
        record_authority(alice, NOW, kind=Kind.WARRANT, reference=name, grounds=reach)
    for name in LYING:
        _exhibits(Trial(made, alice, name))
        _kept(Trial(made, alice, name))
        _upload(Trial(made, alice, name))
        _exports(Trial(made, alice, name))
        _thinned(Trial(made, alice, name))
        _seized(Trial(made, alice, name))
    withdraw_authority(alice, NOW, authority=Authority.objects.get(reference="withdrawn"), reason="by the court")
    _rematch()
    made.paper = _paper(alice)
    begin_rehash(None, NOW, night=NOW.date(), budget=1)
    claim("worker", NOW)
    _field_scan(evidence / "result")
    _sign_in(alice, made)
    _seal(alice, made)
    made.extract = _extract(Trial(made))
    made.desk = open_intake(SimpleNamespace(alice=alice, bob=Officer.objects.get(badge="bob")))
    (made.report,) = lay_reports(made.desk, 1, then=start_for)
    _deliveries(alice, made)
    _retain(Trial(made, alice))
    _route(Trial(made, alice))
    _triage(Trial(made, alice))
    _cases(Trial(made, alice))
    _subjects(Trial(made, alice))
    _operations(Trial(made, alice))
    return Trial(made)


def _cases(trial):
    """A case of Alice's with a report in it; Bob was let in to examine."""
    made, alice = trial.made, trial.who
    open_series(alice, NOW, prefix="COAST")
    made.case = open_case(alice, NOW, title="Accounts of a harbour")
    grant(alice, NOW, compartment=made.case.compartment, to=trial.officer("bob"), role=Role.EXAMINER)
    made.part = join(alice, NOW, case=made.case, joined=made.taken)
    made.beside, made.third = (open_case(alice, NOW, title=title) for title in ("Nets", "Boats"))
    mark_case(alice, NOW, case=made.third, marking=Marking.RED, reason="an informer")
    made.related = link_cases(alice, NOW, case=made.beside, other=made.case, reason="the same boats")
    made.task, made.done = (add_task(alice, NOW, case=made.case, title=f"Ask again {number}") for number in (1, 2))
    end_task(alice, NOW, task=made.done, state=TaskState.DONE)
    made.note = write_note(alice, NOW, case=made.case, text="They rang back.", marking=Marking.AMBER)
    made.with_content = trial.exhibit("E-1")
    # Where Bob was not let in: through a case he would examine the exhibit itself.
    join(alice, NOW, case=made.third, joined=made.with_content)
    made.content = content_in(made.with_content)
    made.number = add_number(alice, NOW, case=made.case, kind=NumberKind.COURT, number="SC 3/2026")
    made.safe = record_safeguarded(alice, NOW, case=made.third, pseudonym=made.child.pseudonym, happened_on=NOW.date())
    made.charge = add_charge(alice, NOW, case=made.case, charged="pocso", section="14")
    closed = Reached(Stage.CLOSED, NOW, Outcome.UNTRACED, "nobody was traced")
    reach_stage(alice, NOW, case=made.case, reached=closed)


def _operations(trial):
    """Two of Alice's: one has the case and a site that Eve's team searched, where something was seized."""
    made, alice = trial.made, trial.who
    made.operation, made.empty = (open_operation(alice, NOW, title=title) for title in ("Harbour", "Nothing yet"))
    grant(alice, NOW, compartment=made.operation.compartment, to=trial.officer("bob"), role=Role.EXAMINER)
    add_case(alice, NOW, operation=made.operation, case=made.case)
    table = "site,district,place,team,lead,warrant\nS-1,Kollam,Ward 1,T1,eve,W 1\n"
    take_sites(alice, NOW, operation=made.operation, text=table)
    made.site = made.operation.sites.select_related("operation", "warrant__operation").get()
    made.searched = enter_state(alice, NOW, site=made.site, what=SiteState.SEARCHED, moment=NOW)
    link_seizure(alice, NOW, site=made.site, seizure=trial.device("E-8").seizure)


def _subjects(trial):
    """In the case: one with two numbers, the first of which Eve watches; one merged into another, one closed."""
    made, alice, eve = trial.made, trial.who, trial.officer("eve")
    somebody = tell_of(made.taken)
    for number in range(4):
        name_in(made.taken, trial.account(number).value, "phone", somebody)
    (later,) = lay_reports(made.desk, 1, at=NOW + timedelta(days=100))
    name_in(later, trial.account(0).value, "phone", tell_of(later))
    about = {"case": made.case, "hypothesis": DOUBTED, "claim": CLAIMED, "rests_on": made.taken}
    made.subject, made.unsure, made.closed, made.kept = (
        open_subject(alice, NOW, account=trial.account(number), **about) for number in (0, 3, 3, 3)
    )
    made.link = made.subject.accounts.get()
    said = {"account": trial.account(1), "claim": CLAIMED, "rests_on": made.taken}
    made.unwatched = link_account(alice, NOW, subject=made.subject, **said)
    add_evidence(alice, NOW, subject=made.subject, side=Side.FOR, text="the same hours")
    close_subject(alice, NOW, subject=made.closed, outcome=Closed.REFUTED, reason="another's")
    gone = open_subject(alice, NOW, account=trial.account(3), **about)
    made.merging = merge_subjects(alice, NOW, kept=made.kept, gone=gone, reason="one voice")
    made.watch = begin_watch(eve, trial.authority, made.link, NOW, terms=trial.terms())
    with writing(frozenset({"subjects_told"})):
        made.told = Told.objects.create(watch=made.watch, report=later, officer=alice, told_at=NOW)


def _retain(trial):
    """A report that is held and challenged, one of which a purge was granted, one being purged, one half purged."""
    made, alice, bob = trial.made, trial.who, trial.officer("bob")
    ripe, *gone, kept = lay_reports(made.desk, 4, standing="set_aside")
    hold_report(bob, NOW, report=kept, reason="the court")
    made.hold = Hold.objects.get()
    said = {"by": By.OFFICER, "where": "date", "received": "", "asked": "another"}
    record_challenge(bob, NOW, report=kept, **said)
    made.challenge = Challenge.objects.get()
    question = {"desk": made.desk, "schedule": "report-set-aside", "reason": "due"}
    asked = [ask_for_purge(bob, RIPE, reports=[one.public_id], **question) for one in (ripe, *gone)]
    made.to_purge = asked[0]
    answer_approval(alice, RIPE, approval=made.to_purge, granted=True, reason="agreed")
    made.backup = note_backup(alice, NOW, name="a.json", made_at=NOW, whole=True)
    made.purges = {}
    with writing(frozenset({"retention_purge", "jobs_job"})):
        for state, approval in zip((State.RUNNING, State.FAILED), asked[1:], strict=True):
            facts = {"schedule": "report-set-aside", "of": "report", "approval": approval, "decided_at": NOW}
            job = _job(bob, PURGE, state)
            made.purges[state] = Purge.objects.create(desk=made.desk, job=job, **facts)


def _triage(trial):
    """Reports that are open, taken, set aside, urgent, the same, about one account; rules, a slice, a child's lane."""
    made, alice, bob = trial.made, trial.who, trial.officer("bob")
    both = tip(3, reported("u-3", name="Zelphine")), tip(3, reported("u-3"))
    made.plain, made.taken, made.aside, made.named, made.same, made.urgent = lay(
        made.desk, tip(1), tip(2), tip(4), *both, tip(5, escalation="soon")
    )
    take_report(alice, NOW, report=made.taken)
    set_aside_report(alice, NOW, report=made.aside, reason="nothing in it")
    lay(made.desk, *(tip(100 + number) for number in range(6)))
    made.minor = lay(made.desk, tip(6, reported("u-6", age="15")))[0].possible_minors.get()
    made.undone = lay(made.desk, tip(3, reported("u-3")))[0]
    undo_duplicate(alice, NOW, duplicate=made.undone.duplicate, reason="another child")
    take_out_of_bundle(alice, NOW, bundled=made.undone.bundled.get(), reason="a shared computer")
    made.drawn = draw_slice(None, NOW, desk=made.desk, day=NOW.date(), seed=bytes(32)).drawn.earliest("pk")
    versions = (packaged_text().replace('version = "1"', f'version = "coast {number}"') for number in (1, 2))
    brought = [bring_rules(bob, NOW, text=text, reason="our own") for text in versions]
    made.in_force, made.brought = take_rules(alice, NOW, rules=brought[0], reason="read"), brought[1]


def _route(trial):
    """Gil's desk was offered a report of Alice's, an office outside another; Gil asked about what a third one names."""
    made, gil = trial.made, trial.officer("gil")
    give_role(trial.who, NOW, officer=gil, role=OfficerRole.SUPERVISOR)
    made.river = open_desk(gil, NOW)
    offered, outside = lay_reports(made.desk, 2)
    to_gil, to_others = Receiver("River Unit", made.river), Receiver("Hill station, invented")
    made.offered = offer_transfer(trial.who, NOW, report=offered, to=to_gil, reason="theirs")
    made.outside = offer_transfer(trial.who, NOW, report=outside, to=to_others, reason="theirs")
    name_in(made.report, "+910000000000")
    sought = [Identifier("phone", "+910000000000")]
    inquiry = ask_others(gil, NOW, identifiers=sought, report=None, reason="a case of ours")
    made.asked = inquiry.asked.get()


def _deliveries(alice, made):
    """One is being read, the reading of one failed, a table waits; Ivy supervises a unit without a desk."""
    marsh = found_unit(alice, NOW, name="Marsh Unit")
    ivy = enrol_officer(alice, NOW, badge="ivy", name="Ivy", unit=marsh, password=PASSWORD)
    give_role(alice, NOW, officer=ivy, role=OfficerRole.SUPERVISOR)
    made.columns = save_columns(alice, NOW, desk=made.desk, name="A partner", columns=PARTNER)
    facts = {"desk": made.desk, "via": "upload", "arrived_at": NOW, "entered_at": NOW, "entered_by": alice}
    with writing(frozenset({"intake_delivery", "jobs_job"})):
        made.waiting = Delivery.objects.create(form="table", **facts)
        made.reading, made.stopped = (
            Delivery.objects.create(form="cybertipline", job=_job(alice, READ, state), **facts)
            for state in (State.RUNNING, State.FAILED)
        )


def _extract(trial):
    """Fay audits and was granted an extract about Bob; one about Alice was taken. A checkpoint is there, of nothing."""
    alice, bob, eve, fay = (trial.officer(badge) for badge in ("alice", "bob", "eve", "fay"))
    give_role(alice, NOW, officer=fay, role=OfficerRole.AUDITOR)
    give_role(alice, NOW, officer=eve, role=OfficerRole.SUPERVISOR)
    asked = ask_approval(fay, NOW, kind=LEDGER_EXTRACT, matter=bob, payload=extracting(NOW, SOON), reason="a complaint")
    answer_approval(eve, NOW, approval=asked, granted=True, reason="agreed")
    taken = {"since": NOW, "until": SOON, "made_by": fay, "granted_by": eve, "made_at": NOW, "size": 1}
    with writing(frozenset({"ledger_checkpoint", "ledger_ledgerextract"})):
        LedgerCheckpoint.objects.create(size=1, root=b"", peaks=b"", note="")
        return LedgerExtract.objects.create(officer=alice, reason="a complaint", **taken)


def _enrol(alice):
    river = found_unit(alice, NOW, name="River Unit")
    officers = {
        badge: enrol_officer(alice, NOW, badge=badge, name=badge.title(), unit=unit, password=PASSWORD)
        for badge, unit in (("eve", alice.unit), ("fay", alice.unit), ("gil", river))
    }
    room = Compartment.objects.get()
    grant(alice, NOW, compartment=room, to=officers["eve"], role=Role.SUPERVISOR)
    grant(alice, NOW, compartment=room, to=officers["fay"], role=Role.FILTER_OFFICER)
    give_role(alice, NOW, officer=Officer.objects.get(badge="dora"), role=OfficerRole.ANALYST)


def _exhibits(trial):
    alice, eve, fay = trial.who, trial.officer("eve"), trial.officer("fay")
    for reference in ("E-1", "E-2", "E-3"):
        draft = ExhibitDraft(reference, trial.made.evidence / "source", trial.room)
        register_exhibit(alice, trial.authority, draft, NOW)
    start_clock(alice, NOW, name="bnss-105", matter=trial.exhibit("E-1"), started_at=NOW)
    start_scan(alice, trial.authority, trial.exhibit("E-2"), NOW)
    claim("worker", NOW)
    privileged = trial.exhibit("E-3")
    item_sealed(privileged)
    question = {"kind": OPEN_PRIVILEGED, "payload": opening([1]), "reason": "no advocate's letter"}
    ask_approval(fay, NOW, matter=trial.exhibit("E-1"), **question)
    asked = ask_approval(fay, NOW, matter=privileged, **question)
    answer_approval(eve, NOW, approval=asked, granted=True, reason="agreed")
    # Of an activity that no verb of the matrix is: it must not carry any of them past the end of its law.
    declare_override(alice, NOW, exhibit=privileged, activity=Activity.TAKEDOWN, reason="a child in danger")


@step(Item, *KEPT, PrivilegeSeal)
def item_sealed(exhibit):
    with brought_forward([exhibit.pk], exhibit.items.all()):
        item = Item.objects.create(
            exhibit=exhibit, number=1, path=b"adv/1.txt", family=Family.OTHER, seal=Seal.PRIVILEGED
        )
        PrivilegeSeal.objects.create(item=item)


@step(Item, Content, *KEPT)
def content_in(exhibit):
    """A content that is open in an exhibit."""
    with brought_forward([exhibit.pk], exhibit.items.all()):
        content = Content.objects.create(sha256=bytes(32), md5=bytes(16), sha1=bytes(20), size=1, kind="text/plain")
        Item.objects.create(
            exhibit=exhibit, number=1, path=b"a.txt", family=Family.OTHER, seal=Seal.OPEN, content=content
        )
    return content


def _seized(trial):
    """E-7, which Alice handed to Eve, and E-8, with a recording of the search; E-6 is being typed in."""
    alice, room = trial.who, trial.room
    drafts = {
        memo: begin_draft(alice, NOW, authority=trial.authority, compartment=room, reference=memo, memo=Memo(NOW))
        for memo in ("SM 1", "SM 2")
    }
    for memo, reference in (("SM 1", "E-7"), ("SM 1", "E-8"), ("SM 2", "E-6")):
        save_row(drafts[memo], alice, {"reference": reference, "sort": "phone"})
    enter_seizure(alice, trial.authority, drafts["SM 1"], NOW)
    add_recording(alice, NOW, seizure=trial.device("E-8").seizure, sha256="ab" * 32)
    offer_things(alice, NOW, devices=[trial.device("E-7")], to=Party(trial.officer("eve")), moment=NOW)


def _kept(trial):
    """E-1 is being read to be held in place, and paused; a copy of E-3 is kept, and its destruction granted."""
    alice, eve = trial.who, trial.officer("eve")
    grant(alice, NOW, compartment=trial.room, to=eve, role=Role.CUSTODIAN)
    with writing(frozenset({"safekeeping_safekeeping", "vault_kept", "jobs_job"})):
        _keeping(trial, "E-1", State.RUNNING)
        kept = _paper(alice, what=What.EXHIBIT_COPY)
        _keeping(trial, "E-3", State.DONE, content=kept)
    asked = ask_for_destruction(alice, NOW, trial.exhibit("E-3"), "the court's order")
    answer_approval(eve, NOW, approval=asked, granted=True, reason="agreed")
    for state in (State.RUNNING, State.FAILED):
        question = {"kind": DESTROY_EVIDENCE, "payload": {"kept": [], "sha256": [state]}, "reason": "an order"}
        approval = ask_approval(alice, NOW, matter=trial.exhibit("E-2"), **question)
        with writing(frozenset({"safekeeping_destruction", "jobs_job"})):
            Destruction.objects.create(
                exhibit=trial.exhibit("E-2"), approval=approval, job=_job(alice, DESTROY, state), decided_at=NOW
            )


def _exports(trial):
    """Bob has a file of E-1's results made; another is made, and granted."""
    alice, bob, eve = trial.who, trial.officer("bob"), trial.officer("eve")
    about = {"exhibit": trial.exhibit("E-1"), "form": Form.CSV, "asked_by": bob, "asked_at": NOW}
    with writing(frozenset({"exports_export", "jobs_job"})):
        jobs = [_job(bob, MAKE, state, authority=trial.authority) for state in (State.RUNNING, State.DONE)]
        Export.objects.create(job=jobs[0], **about)
        made = Export.objects.create(job=jobs[1], kept=_paper(alice, what=What.EXPORT), **about)
    question = {"kind": GIVE_EXPORT, "payload": giving(made), "reason": "for the court"}
    asked = ask_approval(bob, NOW, matter=made.exhibit, **question)
    answer_approval(eve, NOW, approval=asked, granted=True, reason="agreed")


def _upload(trial):
    """E-8 is being sent by Alice."""
    with writing(frozenset({"uploads_upload"})):
        Upload.objects.create(
            authority=trial.authority,
            reference="E-8",
            compartment=trial.room,
            name=b"phone.zip",
            size=10,
            officer=trial.who,
            begun_at=NOW,
            received_at=NOW,
        )


def _thinned(trial):
    alice = trial.who
    for number in (1, 2, 3):
        draft = ExhibitDraft(f"E-{4 + number}", trial.made.evidence / "source", trial.room)
        made = register_exhibit(alice, trial.authority, draft, NOW)
        with writing(frozenset({"exhibits_exhibit", "jobs_job"})):
            made.scan = _job(alice, "exhibit.scan", State.DONE)
            made.save(update_fields=["scan"])
    thinning = thin_exhibit(alice, NOW, exhibit=trial.scanned(3), earlier=[trial.scanned(1)])
    with writing(frozenset({"jobs_job"})):
        Job.objects.filter(pk=thinning.job_id).update(state=State.RUNNING, worker="worker")


def _keeping(trial, reference, state, **facts):
    job = _job(trial.who, KEEP, state, authority=trial.authority, paused=state == State.RUNNING)
    Safekeeping.objects.create(exhibit=trial.exhibit(reference), way=Way.HELD, job=job, **facts)


def _job(officer, kind, state, **facts):
    return Job.objects.create(kind=kind, officer=officer, state=state, created_at=NOW, worker="worker", **facts)


def _rematch():
    start_rematch(Officer.objects.select_related("unit").get(badge="gil"), NOW)
    claim("worker", NOW)


def _paper(alice, what=What.AUTHORITY_PAPER):
    with writing(frozenset({"vault_kept"})):
        return Kept.objects.create(
            name="a" * 64,
            what=what,
            size=1,
            sha256=bytes(32),
            media_type="application/pdf",
            unit=alice.unit,
            kept_by=alice,
            kept_at=NOW,
        )


def _field_scan(result):
    write_manifest(result, facts(write_scan(result, [row(1)], []), 1), None)


def _seal(alice, made):
    """A child's name, which Bob may open once."""
    bob = Officer.objects.select_related("unit").get(badge="bob")
    made.child = seal_identity(
        bob, NOW, kind=Protected.CHILD, compartment=Compartment.objects.get(), particulars=Particulars("Zelphine")
    )
    question = {"kind": OPEN_IDENTITY, "matter": made.child, "payload": opening_of(made.child, 1)}
    asked = ask_approval(bob, NOW, reason="for the court", **question)
    answer_approval(alice, NOW, approval=asked, granted=True, reason="agreed")


def _sign_in(alice, made):
    reset_at_machine(None, NOW, officer=alice, password=PASSWORD, reason="a lost telephone")
    made.app = App(draft_authenticator(officer=alice, now=NOW))
    confirm_authenticator(alice, NOW, code=made.app.code(NOW), recovery_codes=made.app.recovery_codes)
    made.session = begin_session(alice, NOW, code=made.app.recovery_codes[0], arrival=HOME)
    made.draft_app = App(draft_authenticator(officer=Officer.objects.get(badge="eve"), now=NOW))
    for _ in range(6):
        count_attempt(badge="bob", address="198.51.100.7", now=SOON)
    made.attempts = Attempts.objects.filter(officer__badge="bob").get()
