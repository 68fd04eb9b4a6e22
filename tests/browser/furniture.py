"""What stands in the workspace of the browser tests, put there by verbs; imported once Django is set up."""

from datetime import UTC, datetime, timedelta

from PIL import Image
from tests.browser.cases_furniture import lay_cases
from tests.browser.casework_furniture import lay_casework
from tests.browser.custody_furniture import receiver_of, seize
from tests.browser.insight_furniture import lay_insight
from tests.browser.intake_furniture import lay_intake
from tests.browser.kept_furniture import keep
from tests.browser.law_furniture import FILTER, issue_paper, lay_letters, lay_papers
from tests.browser.operations_furniture import lay_operation
from tests.browser.results_furniture import ask_for_results, ask_to_give
from tests.browser.retention_furniture import lay_retention
from tests.browser.routing_furniture import lay_routing
from tests.browser.subjects_furniture import lay_subjects
from tests.browser.triage_furniture import lay_triage
from tests.browser.upload_furniture import SENDER, lay_uploads

from kavalan.casework import keys as workspace_keys
from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.accounts import totp
from kavalan.casework.accounts.conduct import code_of_conduct
from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import (
    accept_conduct,
    confirm_authenticator,
    draft_authenticator,
    enrol_officer,
    found_unit,
    give_role,
)
from kavalan.casework.approvals.services import answer_approval, ask_approval
from kavalan.casework.authority.rules import Activity, Grounds, Span
from kavalan.casework.authority.rules import Kind as Paper
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.hits.services import start_rematch
from kavalan.casework.identities.rules import Kind as Protected
from kavalan.casework.identities.rules import Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.schedule import checkpoint_now
from kavalan.casework.ledger.services import extracting, make_extract
from kavalan.casework.worker import work_off
from kavalan.casework.workspace import lists_of
from kavalan.fingerprint import fingerprint_file
from kavalan.lists import Agreement, Catalogue, Category, Entry, Flag, Kind, ListInfo
from kavalan.vault import Ceremony

BADGE, NEWCOMER, RECRUIT, PASSWORD = "KP-4821", "KP-5177", "KP-6020", "a long walk by the backwaters"
CUSTODIAN = "KP-6911"
INVESTIGATOR, AUDITOR = "KP-7033", "KP-8102"
NAMES = ("MO-1/2026", "MO-2/2026", "MO-3/2026")
UNREGISTERED = "MO-4/2026"
PICTURES = 104
LONG_NAME = "notes on the exhibit, " + "copied by hand from the paper label, " * 3 + "in full.txt"


def draw(folder):
    """More pictures than a page of the list holds, one more that is cut, and a file that is none."""
    folder.mkdir(parents=True)
    for number in range(PICTURES):
        scene = Image.linear_gradient("L").rotate(number * 3).resize((160, 120))
        scene.save(folder / f"IMG_{number:04}.jpg", quality=90)
    whole = (folder / "IMG_0000.jpg").read_bytes()
    (folder / "VID_0001.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / LONG_NAME).write_text("Two chargers, one SIM tray.\n")


def make_lists(source, root, now):
    """Lists that know some of the pictures: one in force, a negative one, a lapsed one; the entry to be withdrawn."""
    catalogue = Catalogue(root)
    one, two, three, four, cut = (
        fingerprint_file(source / name)
        for name in ("IMG_0003.jpg", "IMG_0005.jpg", "IMG_0008.jpg", "IMG_0011.jpg", "VID_0001.jpg")
    )
    code = (Category("demo/1", "A"),)
    gone = Entry(position=4, key="SX-4", sha256=four.sha256, categories=code)
    exchange = [
        Entry(position=1, key="SX-1", sha256=one.sha256, categories=code, flags=Flag.VICTIM_IDENTIFIED),
        Entry(position=2, key="SX-2", md5=two.md5, categories=(Category("demo/1", "B"),)),
        Entry(position=3, key="SX-3", pdq=three.pdq, pdq_quality=90, categories=code),
        gone,
        Entry(position=5, key="SX-5", sha256=cut.sha256, categories=code),
    ]
    lapsed = Agreement(reference="P 9/2024", purpose="to find children", until=now - timedelta(days=30))
    for name, kind, agreement, entries in (
        ("sample-exchange", Kind.POSITIVE, None, exchange),
        ("cleared-here", Kind.NEGATIVE, None, [Entry(position=1, sha256=cut.sha256)]),
        ("partner-2024", Kind.POSITIVE, lapsed, [Entry(position=1, sha256=two.sha256)]),
    ):
        catalogue.create(
            ListInfo(
                name=name, owner="Sample Exchange", version="2026-02", kind=kind, obtained=now, agreement=agreement
            )
        )
        with catalogue.edit(name) as editor:
            editor.add(entries)
    return gone


def furnish(folder, passphrase):
    """A unit, officers, a warrant; an exhibit that was scanned, one that waits for it, one that nobody scans."""
    now = datetime.now(UTC)
    unit = found_unit(None, now, name="Cyber Cell, Malanad")
    officer = enrol_officer(None, now, badge=BADGE, name="Inspector Asha Varma", unit=unit, password=PASSWORD)
    newcomer = enrol_officer(
        officer, now, badge=NEWCOMER, name="Sub-Inspector Joy Mathew", unit=unit, password=PASSWORD
    )
    enrol_officer(officer, now, badge=RECRUIT, name="Constable Nila Das", unit=unit, password=PASSWORD)
    keys = {one.badge: give_app(one, now) for one in (officer, newcomer)}
    scanned, waiting, unscanned = register(officer, folder, now)
    room = scanned.compartment_ids()[0]
    keys[INVESTIGATOR] = let_in(officer, unit, room, now)
    sealed = seal_names(officer, folder / "workspace", passphrase, room, now)
    custodian = enrol_officer(
        officer, now, badge=CUSTODIAN, name="Head Constable Leela Menon", unit=unit, password=PASSWORD
    )
    certificate = keep(officer, custodian, folder / "workspace", scanned, unscanned, now)
    lists = lists_of(folder / "workspace")
    taken_back = make_lists(folder / "evidence" / "card-1", lists, now)
    start_scan(officer, scanned.authority, scanned, now)
    filtering, letters = lay_letters(officer, INVESTIGATOR, folder, PASSWORD, now)
    keys[FILTER] = give_app(filtering, now)
    limit = lay_papers(officer, scanned, now)
    work_off(decoders=1)
    with Catalogue(lists).edit("sample-exchange") as editor:
        editor.withdraw([taken_back])
    start_rematch(officer, datetime.now(UTC))
    ask_for_results(INVESTIGATOR, scanned, letters, datetime.now(UTC))
    work_off(decoders=1)
    ask_to_give(INVESTIGATOR, datetime.now(UTC))
    start_scan(officer, waiting.authority, waiting, now)
    issue_paper(officer, scanned, datetime.now(UTC))
    seized = seize(officer, receiver_of(INVESTIGATOR), room, scanned, datetime.now(UTC))
    keys[AUDITOR] = audit(officer, newcomer, datetime.now(UTC))
    routed = lay_routing(officer, INVESTIGATOR, PASSWORD, datetime.now(UTC))
    looked_at = lay_triage(officer, INVESTIGATOR, datetime.now(UTC))
    taken_in = lay_intake(officer, datetime.now(UTC))
    due = lay_retention(officer, INVESTIGATOR, datetime.now(UTC))
    sender, sent = lay_uploads(officer, PASSWORD, datetime.now(UTC))
    keys[SENDER] = give_app(sender, now)
    thought = lay_subjects(officer, INVESTIGATOR, datetime.now(UTC))
    worked = lay_cases(officer, INVESTIGATOR, scanned, datetime.now(UTC))
    worked |= lay_casework(officer, INVESTIGATOR, worked["case"].split("/")[2], datetime.now(UTC))
    lay_insight(officer, INVESTIGATOR, datetime.now(UTC))
    planned = lay_operation(officer, INVESTIGATOR, datetime.now(UTC))
    return {
        **planned,
        **sent,
        **worked,
        **due,
        **routed,
        **looked_at,
        **taken_in,
        **thought,
        "keys": keys,
        "badge": BADGE,
        "newcomer": NEWCOMER,
        "recruit": RECRUIT,
        "investigator": INVESTIGATOR,
        "auditor": AUDITOR,
        "filter": FILTER,
        "letters": letters,
        "clock": limit,
        **seized,
        "authority": f"/authorities/{scanned.authority.public_id}/",
        "extract": f"/ledger/extract/{newcomer.public_id}/",
        "identity": sealed,
        "certificate": certificate,
        "password": PASSWORD,
        "officer": officer.name,
        "unit": unit.name,
        "folder": str(folder),
        "exhibit": f"/exhibits/{scanned.public_id}/",
        "waiting": f"/exhibits/{waiting.public_id}/",
        "unscanned": f"/exhibits/{unscanned.public_id}/",
    }


def audit(officer, about, now):
    """An auditor, who took one extract about an officer and asks for another; what they sign in with."""
    name = "Inspector Rahel Kurup"
    auditor = enrol_officer(officer, now, badge=AUDITOR, name=name, unit=officer.unit, password=PASSWORD)
    give_role(officer, now, officer=auditor, role=OfficerRole.AUDITOR)
    app = give_app(auditor, now)
    supervisor = Officer.objects.get(badge=INVESTIGATOR)
    give_role(officer, now, officer=supervisor, role=OfficerRole.SUPERVISOR)
    checkpoint_now(now)
    for days, granted in ((90, True), (30, False)):
        span = (now - timedelta(days=days), now)
        question = {"kind": LEDGER_EXTRACT, "matter": about, "payload": extracting(*span)}
        asked = ask_approval(auditor, now, **question, reason="A complaint of 3 March, file 12/2026")
        if granted:
            answer_approval(supervisor, now, approval=asked, granted=True, reason="The file was seen")
            make_extract(auditor, now, officer=about, since=span[0], until=span[1])
    return app


def let_in(officer, unit, room, now):
    """Somebody who investigates in the room of the exhibits; what they sign in with."""
    name = "Sub-Inspector Meera Pillai"
    investigator = enrol_officer(officer, now, badge=INVESTIGATOR, name=name, unit=unit, password=PASSWORD)
    grant(officer, now, compartment=Compartment.objects.get(pk=room), to=investigator, role=Role.INVESTIGATOR)
    return give_app(investigator, now)


def seal_names(officer, workspace, passphrase, room, now):
    """Keys for the workspace, and three sealed names, two of one person; the address of the last."""
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    workspace_keys.hold(workspace_keys.found(workspace, passphrase, ceremony, work=1))
    child = Particulars("Zelphine Okwaramba", born="2016", contact="00000 55501, after school", notes="The blue school")
    reporter = Particulars("Tavik Melorin", contact="00000 55502, never at home")
    into = Compartment.objects.get(pk=room)
    seal_identity(officer, now, kind=Protected.REPORTER, compartment=into, particulars=reporter)
    for _ in range(2):
        made = seal_identity(officer, now, kind=Protected.CHILD, compartment=into, particulars=child)
    return f"/identities/{made.public_id}/"


def give_app(officer, now):
    """An officer who has set up an app and accepted the code of conduct: what a test signs in with."""
    secret, codes = draft_authenticator(officer=officer, now=now), new_recovery_codes()
    confirm_authenticator(officer, now, code=totp.code_at(secret, totp.step_at(now)), recovery_codes=codes)
    accept_conduct(officer, now, version=code_of_conduct().version)
    return {"secret": totp.typed_form(secret).replace(" ", ""), "used": 0, "recovery_codes": list(codes)}


def register(officer, folder, now):
    """The three exhibits, in one compartment, on one warrant."""
    room = open_compartment(officer, now, name="Seizure of 3 March")
    span = Span(now - timedelta(days=1), now + timedelta(days=30))
    grounds = Grounds({Activity.COLLECT: span, Activity.EXAMINE: span}, frozenset({*NAMES, UNREGISTERED}))
    warrant = record_authority(officer, now, kind=Paper.WARRANT, reference="W 118/2026, Malanad", grounds=grounds)
    for number, name in enumerate(NAMES, start=1):
        source = folder / "evidence" / f"card-{number}"
        draw(source)
        draft = ExhibitDraft(name, source, room, "Memory card of a telephone, taken from the desk drawer")
        yield register_exhibit(officer, warrant, draft, now)
    draw(folder / "evidence" / "card-4")
