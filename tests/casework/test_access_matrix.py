"""Every route × who asks, and on what authority: one table, and a route that is absent from it fails.

What each verb asks is in `test_verb_matrix.py`.
"""

import collections
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from kavalan.casework import keys
from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import DeskSession, Officer
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import count_attempt, give_role
from kavalan.casework.authority.models import Authority, Permit
from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.cases.rules import Marking, NumberKind, Outcome, Stage
from kavalan.casework.cases.services import (
    Reached,
    add_charge,
    add_number,
    add_task,
    join,
    link_cases,
    open_case,
    open_series,
    reach_stage,
    write_note,
)
from kavalan.casework.clocks.services import start_clock
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.models import Device
from kavalan.casework.custody.services import add_recording, begin_draft, enter_seizure, offer_things, save_row
from kavalan.casework.custody.telling import Party
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.guard import writing
from kavalan.casework.hits.services import REMATCH
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.insight.services import record_safeguarded
from kavalan.casework.jobs.models import Job
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.operations.services import add_case, close_operation, link_seizure, open_operation, take_sites
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.routing.services import ask_others, offer_transfer
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.subjects.linking import Claim
from kavalan.casework.subjects.rules import Certainty
from kavalan.casework.subjects.services import open_subject
from kavalan.casework.subjects.services.hypotheses import Hypothesis
from kavalan.casework.triage.ruling import packaged_text
from kavalan.casework.triage.services import bring_rules, draw_slice

from .conftest import NOW, DeskClient, People
from .reports import lay_reports, open_intake
from .triage.conftest import lay, reported, tip

TO_SIGN_IN = 302
BACK = 302
NOT_FOUND = 404
UNFILLED = 422
REFUSED = 409
REFUSALS = {NOT_FOUND, 405, UNFILLED, REFUSED}
# Route: how it answers nobody, another unit, the same unit without a grant, one who was let in with another role, the
# owner whose authority has lapsed. It is asked by GET, or by POST where it is in `CHANGES`.
WHO = ["nobody", "charlie", "dora", "bob", "alice"]
MATRIX = {
    "sign-in": [200, 302, 302, 302, 302],
    "sign-in-code": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    "sign-in-enrol": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    "sign-out": [TO_SIGN_IN, 405, 405, 405, 405],
    "conduct": [TO_SIGN_IN, 200, 200, 200, 200],
    "locked": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    "lock": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    "present": [TO_SIGN_IN, 204, 204, 204, 204],
    "account": [TO_SIGN_IN, 200, 200, 200, 200],
    "change-password": [TO_SIGN_IN, 200, 200, 200, 200],
    "recovery-codes": [TO_SIGN_IN, 200, 200, 200, 200],
    "end-other-sessions": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    # Nobody's sign-in was reset; who is told what is in `accounts/test_reset_sign_in.py`.
    "read-resets": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    # Dora's session.
    "end-session": [TO_SIGN_IN, NOT_FOUND, BACK, NOT_FOUND, NOT_FOUND],
    # Alice administers the desk; charlie is a supervisor, of another unit than bob, who must wait.
    "people": [TO_SIGN_IN, 200, NOT_FOUND, NOT_FOUND, 200],
    "found-unit": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, UNFILLED],
    "enrol-officer": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, 200],
    "officer": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, 200],
    "record-rank": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, UNFILLED],
    "give-role": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, UNFILLED],
    "reset-sign-in": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, UNFILLED],
    "let-go": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, BACK],
    "end-role": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, BACK],
    "lift-wait": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, BACK],
    "home": [TO_SIGN_IN, 200, 200, 200, 200],
    "exhibits": [TO_SIGN_IN, 200, 200, 200, 200],
    "unit": [TO_SIGN_IN, 200, NOT_FOUND, NOT_FOUND, 200],
    # Alice and Charlie supervise, Bob audits; what each sees is in `insight/test_pages.py`.
    "insight": [TO_SIGN_IN, 200, 200, 200, 200],
    "insight-table": [TO_SIGN_IN, 200, NOT_FOUND, 200, 200],
    "safeguarded": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "withdraw-safeguarded": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "exhibit": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "exhibit-progress": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "register-exhibit": [TO_SIGN_IN, 200, 200, 200, 200],
    "start-scan": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "cancel-scan": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "hits": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "stacks": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "timeline": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "places": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "unread": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "thin": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "exports": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # None was made; who may take which is in `exports/test_give_export.py`.
    "ask-export": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "give-export": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "authorities": [TO_SIGN_IN, 200, 200, 200, 200],
    "record-authority": [TO_SIGN_IN, 200, 200, 200, 200],
    # An authority belongs to the unit that was given it.
    "authority": [TO_SIGN_IN, NOT_FOUND, 200, 200, 200],
    "add-paper": [TO_SIGN_IN, NOT_FOUND, UNFILLED, UNFILLED, UNFILLED],
    "withdraw-authority": [TO_SIGN_IN, NOT_FOUND, REFUSED, REFUSED, REFUSED],
    "overrides": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # None is named; who may review one is in `authority/test_review_override.py`.
    "review-override": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "approvals": [TO_SIGN_IN, 200, 200, 200, 200],
    # Nothing is asked here; who may answer what is in `approvals/test_approvals_page.py`.
    "answer-approval": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "clocks": [TO_SIGN_IN, 200, 200, 200, 200],
    "exhibit-clocks": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "retention": [TO_SIGN_IN, 200, 200, 200, 200],
    # Of the unit's intake desk, where Bob takes reports in and Alice supervises; nothing was asked there.
    "retention-desk": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "retention-preview": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "ask-purge": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "purge-question": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "purge-reports": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "purge-page": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "resume-purge": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "backup-gone": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "report-retention": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "hold-report": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "challenge-report": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    # None was held or challenged; who may lift and decide is in `retention/`.
    "lift-hold": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "decide-challenge": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "clocks-wall": [TO_SIGN_IN, 200, 200, 200, 200],
    "clocks-calendar": [TO_SIGN_IN, 200, 200, 200, 200],
    "meet-together": [TO_SIGN_IN, UNFILLED, UNFILLED, UNFILLED, UNFILLED],
    "report-clocks": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "authority-clocks": [TO_SIGN_IN, NOT_FOUND, 200, 200, 200],
    # Of an exhibit.
    "clock": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "meet-clock": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "correct-clock": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "dismiss-clock": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "devices": [TO_SIGN_IN, 200, 200, 200, 200],
    # None is named: the list is where one chooses.
    "enter-custody": [TO_SIGN_IN, BACK, BACK, BACK, BACK],
    "device": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # No entry is named; who may correct which is in `custody/test_correct_event.py`.
    "correct-custody": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "draw-exhibit": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "device-label": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "offer-things": [TO_SIGN_IN, 200, 200, 200, 200],
    "hand-over": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "accept-hand-over": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "decline-hand-over": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "scan-slip": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "seize": [TO_SIGN_IN, 200, 200, 200, 200],
    # What Alice types in is hers alone.
    "seizure-draft": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, 200],
    "enter-seizure": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED],
    "discard-draft": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, BACK],
    "seizure": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "seizure-labels": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "add-recording": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "forward-recording": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "papers": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # A report at Alice's desk, offered to an office outside; between desks: `routing/test_pages.py`.
    "report-routing": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "report-seen": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "transfers": [TO_SIGN_IN, 200, 200, 200, 200],
    "transfer": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "accept-transfer": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "refuse-transfer": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "take-back-transfer": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "record-slip": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    # None is asked about; a letter takes a second to set.
    "issue-letter": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "answer-inquiry": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "inquiries": [TO_SIGN_IN, 200, 200, 200, 200],
    "ask-inquiry": [TO_SIGN_IN, 200, 200, 200, 200],
    # Bob's, of no report.
    "inquiry": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, NOT_FOUND],
    "offices": [TO_SIGN_IN, 200, 200, 200, 200],
    "adopt-table": [TO_SIGN_IN, 200, NOT_FOUND, NOT_FOUND, 200],
    "privilege": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # There is no filter officer here; what one may do is in `privilege/test_privilege_pages.py`.
    "sealed-items": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "ask-opening": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "open-privileged": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    # Alice opened it, and let Bob in to examine.
    "operations": [TO_SIGN_IN, 200, 200, 200, 200],
    # Charlie supervises another unit, Alice hers; Bob examines in her operation.
    "open-operation": [TO_SIGN_IN, 200, NOT_FOUND, NOT_FOUND, 200],
    "operation": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "operation-board": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "operation-board-now": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "operation-report": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "closing-paper": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "change-site": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "sites": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "take-sites": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, 200],
    "site": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "correct-site": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "link-warrant": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "set-search-day": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "add-operation-case": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "end-operation-case": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "let-into-operation": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "let-teams-in": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "close-operation": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, BACK],
    "tell-site": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "link-seizure": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "end-seizure-link": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "cases": [TO_SIGN_IN, 200, 200, 200, 200],
    "open-case": [TO_SIGN_IN, 200, 200, 200, 200],
    "case-series": [TO_SIGN_IN, 200, 200, 200, 200],
    "case": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-print": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-parts": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-stage": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-lead": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-charges": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-numbers": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-papers": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-people": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-marking": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "end-grant": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-review": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "correct-stage": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "end-charge": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "withdraw-number": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "end-part": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "report-cases": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "exhibit-cases": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-tasks": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "task": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-notes": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "correct-note": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-timeline": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "case-relations": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "merge-cases": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "split-case": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # A relation to a case of Alice's that Bob does not see.
    "undo-rearrangement": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, 200],
    "vault": [TO_SIGN_IN, 200, 200, 200, 200],
    # No night was read; who may stop one is in `vault/test_cancel_rehash.py`.
    "cancel-rehash": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "upload-exhibit": [TO_SIGN_IN, 200, 200, 200, 200],
    # It speaks tus alone; `uploads/test_tus.py`.
    "uploads": [TO_SIGN_IN, 412, 412, 412, 412],
    # Everybody's own: none of these began one.
    "upload": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "finish-upload": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "abandon-upload": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "safekeeping": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "keeping-progress": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # It was never kept, and so never destroyed.
    "cancel-keeping": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "ask-destruction": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "destroy-evidence": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "destruction": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "resume-destruction": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    # None is kept; who may have which is in `vault/test_give_out.py`.
    "give-kept": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    # One of the unit's own, about nothing that lies anywhere; those of exhibits are in `jobs/test_queue.py`.
    "jobs": [TO_SIGN_IN, 200, 200, 200, 200],
    "pause-job": [TO_SIGN_IN, NOT_FOUND, REFUSED, REFUSED, BACK],
    "resume-job": [TO_SIGN_IN, NOT_FOUND, REFUSED, REFUSED, REFUSED],
    "order-job": [TO_SIGN_IN, NOT_FOUND, UNFILLED, UNFILLED, UNFILLED],
    "identities": [TO_SIGN_IN, 200, 200, 200, 200],
    "seal-identity": [TO_SIGN_IN, 200, 200, 200, 200],
    # Bob sealed the name of a child; Alice, who grants, does not ask, and Bob was granted nothing.
    "identity": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "correct-identity": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "ask-identity": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "open-identity": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    # How it stands is everybody's; the entry is about the exhibit, and Bob is the auditor. The extract is about Dora.
    "ledger": [TO_SIGN_IN, 200, 200, 200, 200],
    "ledger-checkpoint": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, BACK, BACK],
    "ledger-slip": [TO_SIGN_IN, REFUSED, REFUSED, REFUSED, REFUSED],
    "ledger-entry": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "ledger-said": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "ledger-proof": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "ledger-extract": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, NOT_FOUND],
    "make-extract": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, NOT_FOUND],
    # None was taken; who may acknowledge which is in `ledger/test_acknowledge_extract.py`.
    "acknowledge-extract": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    # Charlie's unit has no desk yet; the delivery at Alice's has come to its end, and no table waits.
    "intake": [TO_SIGN_IN, 200, 200, 200, 200],
    "open-desk": [TO_SIGN_IN, BACK, REFUSED, REFUSED, REFUSED],
    "desk": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "take-in": [TO_SIGN_IN, 200, 200, 200, 200],
    "take-call": [TO_SIGN_IN, 200, 200, 200, 200],
    "take-rule-11": [TO_SIGN_IN, 200, 200, 200, 200],
    "take-address": [TO_SIGN_IN, 200, 200, 200, 200],
    "take-channel": [TO_SIGN_IN, 200, 200, 200, 200],
    "deliveries": [TO_SIGN_IN, 200, 200, 200, 200],
    "delivery": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "delivery-progress": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "delivery-columns": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "delivery-receipt": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "cancel-delivery": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "resume-delivery": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "report": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "report-receipt": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    # Reports at Alice's desk, where Bob takes them in. A supervisor's is the child lane; the rules are the unit's.
    "urgent": [TO_SIGN_IN, 200, 200, 200, 200],
    "urgent-report": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "children": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, 200],
    "flag-child": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "release-child": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED],
    "triage-rules": [TO_SIGN_IN, 200, 200, 200, 200],
    "rule-set": [TO_SIGN_IN, NOT_FOUND, 200, 200, 200],
    "take-rules": [TO_SIGN_IN, NOT_FOUND, REFUSED, REFUSED, REFUSED],
    "slice": [TO_SIGN_IN, 200, 200, 200, 200],
    "drawn": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "report-triage": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "move-report": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "change-duplicate": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "change-bundled": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    # In Alice's case, where Bob examines: he reads, and changes nothing. Nothing is watched there; what a watch tells,
    # and its end, is in `subjects/test_pages.py`.
    "subjects": [TO_SIGN_IN, 200, 200, 200, 200],
    "watches": [TO_SIGN_IN, 200, 200, 200, 200],
    "open-subject": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "subject": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "restate-subject": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "close-subject": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "reopen-subject": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "join-subject": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "merge-subjects": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "undo-merge": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "add-evidence": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "withdraw-evidence": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "link-account": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "subject-account": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "correct-account": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, UNFILLED, UNFILLED],
    "split-account": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "end-account": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, REFUSED, REFUSED],
    "begin-watch": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200],
    "watch": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "end-watch": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "renew-watch": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "acknowledge-watch": [TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND],
    "look": [200, 200, 200, 200, 200],
    "keys": [TO_SIGN_IN, 200, 200, 200, 200],
    "find": [TO_SIGN_IN, 200, 200, 200, 200],
    "gallery": [TO_SIGN_IN, 200, 200, 200, 200],
}
CHANGES = {
    "withdraw-safeguarded",
    "end-charge",
    "withdraw-number",
    "end-part",
    "close-subject",
    "reopen-subject",
    "join-subject",
    "merge-subjects",
    "undo-merge",
    "add-evidence",
    "withdraw-evidence",
    "correct-account",
    "split-account",
    "end-account",
    "end-watch",
    "acknowledge-watch",
    "open-desk",
    "cancel-delivery",
    "resume-delivery",
    "retention-preview",
    "ask-purge",
    "purge-reports",
    "resume-purge",
    "backup-gone",
    "hold-report",
    "challenge-report",
    "lift-hold",
    "decide-challenge",
    "release-child",
    "take-rules",
    "move-report",
    "change-duplicate",
    "change-bundled",
    "accept-transfer",
    "refuse-transfer",
    "take-back-transfer",
    "record-slip",
    "issue-letter",
    "answer-inquiry",
    "uploads",
    "finish-upload",
    "abandon-upload",
    "set-search-day",
    "add-operation-case",
    "end-operation-case",
    "let-into-operation",
    "let-teams-in",
    "close-operation",
    "tell-site",
    "link-seizure",
    "end-seizure-link",
    "draw-exhibit",
    "accept-hand-over",
    "decline-hand-over",
    "scan-slip",
    "enter-seizure",
    "discard-draft",
    "add-recording",
    "forward-recording",
    "ask-export",
    "give-export",
    "meet-together",
    "pause-job",
    "resume-job",
    "order-job",
    "meet-clock",
    "correct-clock",
    "dismiss-clock",
    "add-paper",
    "ask-opening",
    "open-privileged",
    "give-kept",
    "cancel-rehash",
    "cancel-keeping",
    "ask-destruction",
    "destroy-evidence",
    "resume-destruction",
    "answer-approval",
    "ask-identity",
    "open-identity",
    "ledger-checkpoint",
    "ledger-said",
    "make-extract",
    "acknowledge-extract",
    "withdraw-authority",
    "review-override",
    "lock",
    "present",
    "end-other-sessions",
    "read-resets",
    "end-session",
    "found-unit",
    "record-rank",
    "give-role",
    "reset-sign-in",
    "let-go",
    "end-role",
    "lift-wait",
    "start-scan",
    "cancel-scan",
}
# Route that asks an authority: how it answers the owner whose authority permits something else, was withdrawn, is in
# force. Every other route that changes something answers as though it had lapsed.
LAWS = ["another activity", "withdrawn", "in force"]
ON_AUTHORITY = {"start-scan": [REFUSED, REFUSED, BACK]}
NO_SUCH, NO_SUCH_NUMBER = UUID(int=0), 10**9


def routes(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


IDENTITIES = {"identity", "correct-identity", "ask-identity", "open-identity"}
DELIVERIES = {
    "delivery",
    "delivery-progress",
    "delivery-columns",
    "delivery-receipt",
    "cancel-delivery",
    "resume-delivery",
}
OF_REPORTS = {
    "report",
    "report-receipt",
    "report-clocks",
    "report-routing",
    "report-seen",
    "report-retention",
    "report-cases",
    "hold-report",
    "challenge-report",
}
OF_OPERATIONS = {
    "operation",
    "operation-board",
    "operation-board-now",
    "operation-report",
    "sites",
    "take-sites",
    "set-search-day",
    "add-operation-case",
    "let-into-operation",
    "let-teams-in",
    "close-operation",
}
WORK_ON_CASES = {
    "case-tasks",
    "case-notes",
    "case-timeline",
    "case-relations",
    "merge-cases",
    "split-case",
    "case-print",
    "case-parts",
    "case-stage",
    "case-lead",
    "case-charges",
    "case-numbers",
    "case-papers",
    "case-people",
    "case-marking",
}
OF_CASES = {"case", "open-subject", "safeguarded"}
OF_SUBJECTS = {
    "subject",
    "restate-subject",
    "close-subject",
    "reopen-subject",
    "join-subject",
    "merge-subjects",
    "add-evidence",
    "link-account",
}
OF_ACCOUNTS = {"subject-account", "correct-account", "split-account", "end-account", "begin-watch"}
OF_DESKS = {"retention-desk", "retention-preview", "ask-purge"}
TRANSFERS = {"transfer", "accept-transfer", "refuse-transfer", "take-back-transfer", "record-slip"}
ENTRIES = {"ledger-entry", "ledger-said", "ledger-proof"}
OFFICERS = {"ledger-extract", "make-extract", "officer", "record-rank", "give-role", "reset-sign-in", "let-go"}


def seized(people):
    """A thing that Alice seized and gives to Bob, a recording of the search, and what she types in."""
    begun = {"authority": people.warrant, "compartment": people.compartment, "memo": Memo(NOW)}
    draft, unfinished = (begin_draft(people.alice, NOW, reference=memo, **begun) for memo in ("SM 1", "SM 2"))
    save_row(draft, people.alice, {"reference": "E-2", "sort": "phone"})
    enter_seizure(people.alice, people.warrant, draft, NOW)
    device = Device.objects.select_related("seizure").get()
    recording = add_recording(people.alice, NOW, seizure=device.seizure, sha256="ab" * 32)
    offer = offer_things(people.alice, NOW, devices=[device], to=Party(people.bob), moment=NOW)
    found = dict.fromkeys(("device", "correct-custody", "draw-exhibit", "device-label"), device)
    found |= dict.fromkeys(("hand-over", "accept-hand-over", "decline-hand-over", "scan-slip"), offer)
    found |= dict.fromkeys(("seizure-draft", "enter-seizure", "discard-draft"), unfinished)
    found |= dict.fromkeys(("seizure", "seizure-labels", "add-recording"), device.seizure)
    return found | {"forward-recording": recording}


def an_operation(people, case, seizure):
    """An operation that Alice opened with the case, a site, and what was seized there; Bob examines there."""
    made, closed = (open_operation(people.alice, NOW, title=title) for title in ("Harbour lights", "Nets"))
    for one in (made, closed):
        grant(people.alice, NOW, compartment=one.compartment, to=people.bob, role=Role.EXAMINER)
        take_sites(people.alice, NOW, operation=one, text="site,district,place,warrant\nS-1,Kollam,Ward 1,W 1\n")
    joined = add_case(people.alice, NOW, operation=made, case=case)
    site = made.sites.select_related("operation", "warrant").get()
    found = dict.fromkeys(OF_OPERATIONS, made)
    found |= dict.fromkeys(("site", "tell-site", "link-seizure", "change-site"), site)
    found |= {"closing-paper": close_operation(people.alice, NOW, operation=closed)}
    found |= {"end-operation-case": joined, "correct-site": site.entries.get(), "link-warrant": site.warrant}
    return found | {"end-seizure-link": link_seizure(people.alice, NOW, site=site, seizure=seizure)}


def a_subject(people, case, exhibit):
    """A subject in the case, with a telephone number that the exhibit shows."""
    return open_subject(
        people.alice,
        NOW,
        case=case,
        hypothesis=Hypothesis("One person has this number.", "A family shares the telephone."),
        account=Identifier("phone", "+447700900123"),
        claim=Claim(None, None, Certainty.POSSIBLE, "it stands in the list of calls"),
        rests_on=exhibit,
    )


def a_case(people):
    """A case that Alice opened, who supervises the unit; Bob examines there."""
    open_series(people.alice, NOW, prefix="COAST")
    case = open_case(people.alice, NOW, title="Accounts of a harbour")
    grant(people.alice, NOW, compartment=case.compartment, to=people.bob, role=Role.EXAMINER)
    return case


def worked_on(people, case, report):
    """What is entered of that case: it was closed, so that what is kept of it is to be looked through."""
    alice = people.alice
    closed = Reached(Stage.CLOSED, NOW, Outcome.UNTRACED, "nobody was traced")
    stage = reach_stage(alice, NOW, case=case, reached=closed)
    beside = open_case(alice, NOW, title="Nets")
    return dict.fromkeys(WORK_ON_CASES, case) | {
        "task": add_task(alice, NOW, case=case, title="Ask the provider"),
        "correct-note": write_note(alice, NOW, case=case, text="They rang.", marking=Marking.AMBER),
        "undo-rearrangement": link_cases(alice, NOW, case=case, other=beside, reason="the same boats"),
        "correct-stage": stage,
        "case-review": case.reviews.get(),
        "end-charge": add_charge(alice, NOW, case=case, charged="pocso", section="15(2)"),
        "withdraw-number": add_number(alice, NOW, case=case, kind=NumberKind.FIR, number="12/2026"),
        "end-part": join(alice, NOW, case=case, joined=report),
        "end-grant": case.compartment.grants.get(officer=people.bob),
    }


def looked_at(people, desk):
    """Two reports that are the same one about one account, an urgent one, a child who is reported; rules, a slice."""
    told = tip(1, reported("u-1")), tip(1, reported("u-1")), tip(2, escalation="soon"), tip(3, reported(age="15"))
    first, second, urgent, child = lay(desk, *told)
    rules = bring_rules(people.alice, NOW, text=packaged_text(), reason="ours")
    drawn = draw_slice(None, NOW, desk=desk, day=NOW.date(), seed=bytes(32)).drawn.first()
    return {
        "urgent-report": urgent.urgent.get(),
        "flag-child": first.persons.get(),
        "release-child": child.possible_minors.get(),
        "rule-set": rules,
        "take-rules": rules,
        "drawn": drawn,
        "report-triage": first,
        "move-report": first,
        "change-duplicate": second.duplicate,
        "change-bundled": second.bundled.get(),
    }


@pytest.fixture(scope="module")
def named(copied, furnished, database_store, django_db_blocker, tmp_path_factory, test_keys):
    """The name of a desk's database on which each route finds what its row speaks of, and by route what that is."""
    evidence = tmp_path_factory.mktemp("evidence")
    (evidence / "source").mkdir()
    with override_settings(KAVALAN_EVIDENCE=(evidence,)):
        with copied(furnished, keep=True) as name:
            keys.hold(test_keys[1])
            spoken_of = lay_out(there(), evidence / "source")
            keys.hold(None)
        yield name, spoken_of
    with django_db_blocker.unblock():
        database_store.drop(name)


def there():
    """Who works at the desk, and where Alice's exhibit lies."""
    officers = Officer.objects.select_related("unit").in_bulk(["alice", "bob", "dora", "charlie"], field_name="badge")
    room = Compartment.objects.get(name="Case of the lighthouse")
    return People(**officers, compartment=room, warrant=Authority.objects.get(reference="W 7/2026"))


def lay_out(people, source):
    exhibit = register_exhibit(
        people.alice, people.warrant, ExhibitDraft("E-1", source, people.compartment, "a memory card"), NOW
    )
    spoken_of = collections.defaultdict(lambda: exhibit)
    give_role(people.alice, NOW, officer=people.charlie, role=OfficerRole.SUPERVISOR)
    spoken_of["end-role"] = give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.EXAMINER)
    spoken_of |= dict.fromkeys(OFFICERS, people.dora)
    give_role(people.alice, NOW, officer=people.bob, role=OfficerRole.AUDITOR)
    entry = LedgerEntry.objects.filter(subject=exhibit.public_id).earliest("number")
    spoken_of |= dict.fromkeys(ENTRIES, SimpleNamespace(public_id=entry.number))
    spoken_of |= dict.fromkeys(("authority", "authority-clocks", "add-paper", "withdraw-authority"), people.warrant)
    limit = start_clock(people.bob, NOW, name="bnss-105", matter=exhibit, started_at=NOW)
    spoken_of |= dict.fromkeys(("clock", "meet-clock", "correct-clock", "dismiss-clock"), limit)
    (report,) = lay_reports(open_intake(people), 1)
    spoken_of |= dict.fromkeys(OF_REPORTS, report) | dict.fromkeys(OF_DESKS, report.desk)
    spoken_of |= dict.fromkeys(DELIVERIES, report.delivery) | {"desk": report.desk}
    spoken_of |= looked_at(people, report.desk)
    offered = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill station, invented"), reason="theirs")
    spoken_of |= dict.fromkeys(TRANSFERS, offered)
    sought = [Identifier("phone", "+910000000001")]
    spoken_of["inquiry"] = ask_others(people.bob, NOW, identifiers=sought, report=None, reason="a case")
    child = {"kind": Kind.CHILD, "compartment": people.compartment, "particulars": Particulars("Zelphine Okwaramba")}
    spoken_of |= dict.fromkeys(IDENTITIES, sealed := seal_identity(people.bob, NOW, **child))
    spoken_of |= seized(people)
    spoken_of |= dict.fromkeys(OF_CASES, case := a_case(people))
    spoken_of["withdraw-safeguarded"] = record_safeguarded(
        people.alice, NOW, case=case, pseudonym=sealed.pseudonym, happened_on=NOW.date()
    )
    spoken_of |= worked_on(people, case, report)
    spoken_of |= dict.fromkeys(OF_SUBJECTS, subject := a_subject(people, case, exhibit))
    spoken_of |= dict.fromkeys(OF_ACCOUNTS, subject.accounts.get())
    spoken_of |= an_operation(people, spoken_of["case"], spoken_of["seizure"])
    return spoken_of


@pytest.fixture
def people(copied, named, workspace):
    """That desk, in a database of its own."""
    with copied(named[0]):
        yield there()


@pytest.fixture
def named_in(people, named, unlocked):
    """The address of a route, about the object that its row of the matrix speaks of."""
    now = timezone.now()
    for _ in range(6):
        count_attempt(badge="bob", address="198.51.100.7", now=now)
    with writing(frozenset({"accounts_desksession", "jobs_job"})):
        session = DeskSession.objects.create(officer=people.dora, since=now, last_seen=now)
        job = Job.objects.create(kind=REMATCH, officer=people.alice, created_at=now)
    today = {"end-session": session, "lift-wait": people.bob.attempts.get()}
    today |= dict.fromkeys(("pause-job", "resume-job", "order-job"), job)

    def address(name):
        taken = next(route for route in routes() if route.name == name).pattern.converters
        return reverse(name, args=[(today.get(name) or named[1][name]).public_id] if taken else [])

    return address


def is_refused(name, who):
    """Whether a change is not made; nobody is led to the page on which one signs in."""
    return who == "nobody" or MATRIX[name][WHO.index(who)] in REFUSALS


def ask(client, name, address):
    return (client.post if name in CHANGES else client.get)(address)


def test_every_route_is_in_the_matrix():
    assert {route.name or str(route.pattern) for route in routes()} == MATRIX.keys()


def signed_in(people, who):
    """A browser of theirs, or one of nobody."""
    client = DeskClient()
    if who != "nobody":
        client.force_login(getattr(people, who))
    return client


def answer_wrongly(client, named_in, told):
    """Ask each route; those that answer otherwise than told, with both."""
    answers = {name: (ask(client, name, named_in(name)).status_code, status) for name, status in told.items()}
    return {name: both for name, both in answers.items() if both[0] != both[1]}


# What only shows, and what is refused, changes nothing: all of it is asked on one desk. What is done gets its own.
@pytest.mark.parametrize("who", WHO)
def test_routes_that_show_answer_as_the_matrix_says(people, named_in, who):
    told = {name: row[WHO.index(who)] for name, row in MATRIX.items() if name not in CHANGES}
    assert answer_wrongly(signed_in(people, who), named_in, told) == {}


@pytest.mark.parametrize("who", WHO)
def test_changes_are_refused_as_the_matrix_says(people, named_in, entries, who):
    told = {name: MATRIX[name][WHO.index(who)] for name in sorted(CHANGES) if is_refused(name, who)}
    client, before = signed_in(people, who), entries()
    assert (answer_wrongly(client, named_in, told), entries()) == ({}, before)


@pytest.mark.parametrize(
    ("name", "who"), [(name, who) for name in sorted(CHANGES) for who in WHO if not is_refused(name, who)]
)
def test_change_that_is_done_answers_as_the_matrix_says(people, named_in, name, who):
    assert answer_wrongly(signed_in(people, who), named_in, {name: MATRIX[name][WHO.index(who)]}) == {}


@pytest.fixture
def decree(people):
    """Lets the warrant be in force today, but for examining, or until it is withdrawn."""

    def do(law):
        now = timezone.now()
        with writing(frozenset({"authority_permit"})):
            Permit.objects.update(valid_until=now + timedelta(days=1))
            if law == "another activity":
                Permit.objects.exclude(activity="collect").delete()
        if law == "withdrawn":
            withdraw_authority(people.alice, now, authority=people.warrant, reason="by the court")

    return do


def by_law(name, law):
    """How a route answers its owner."""
    usual = [MATRIX[name][WHO.index("alice")]] * len(LAWS)
    return ON_AUTHORITY.get(name, usual)[LAWS.index(law)]


UNDER_LAWS = sorted(CHANGES | ON_AUTHORITY.keys())


@pytest.mark.parametrize("law", LAWS)
def test_owner_is_refused_as_the_authority_says(people, named_in, decree, law):
    decree(law)
    told = {name: by_law(name, law) for name in UNDER_LAWS if by_law(name, law) in REFUSALS}
    assert answer_wrongly(signed_in(people, "alice"), named_in, told) == {}


@pytest.mark.parametrize(
    ("name", "law"), [(name, law) for name in UNDER_LAWS for law in LAWS if by_law(name, law) not in REFUSALS]
)
def test_what_the_owner_does_answers_as_the_authority_says(people, named_in, decree, name, law):
    decree(law)
    assert answer_wrongly(signed_in(people, "alice"), named_in, {name: by_law(name, law)}) == {}


def test_what_does_not_exist_is_not_found_even_by_its_owner(client, people):
    client.force_login(people.alice)
    answers = {}
    for name in (route.name for route in routes() if route.pattern.converters):
        address = reverse(name, args=[NO_SUCH_NUMBER if name in ENTRIES else NO_SUCH])
        answers[name] = ask(client, name, address).status_code
    assert {name: status for name, status in answers.items() if status != NOT_FOUND} == {}


# What is sent in pieces is sent and given up by these; `uploads/test_tus.py`.
def test_no_route_knows_other_methods(client, people, named_in):
    client.force_login(people.alice)
    answers = {}
    for name in MATRIX.keys() - {"upload"}:
        asked = [method(named_in(name)).status_code for method in (client.put, client.patch, client.delete)]
        answers[name] = set(asked) - {302, 405}
    assert {name: other for name, other in answers.items() if other} == {}
