"""Verbs and things in words: the ledger holds their names only, and stays readable when the words change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

VERBS: Mapping[str, str | Promise] = {
    "access.grant": _("let somebody into a compartment"),
    "approval.answer": _("answered a question to a second person"),
    "approval.ask": _("asked a second person"),
    "authenticator.confirm": _("set up an authenticator app"),
    "authority.add_paper": _("added the paper of an authority"),
    "authority.carry": _("carried an authority on"),
    "authority.record": _("recorded an authority"),
    "authority.withdraw": _("recorded that an authority was withdrawn"),
    "clock.correct": _("corrected a legal clock"),
    "clock.dismiss": _("put a legal clock aside"),
    "clock.meet": _("recorded that a legal duty was met"),
    "clock.meet_together": _("recorded that a legal duty was met for several reports"),
    "clock.start": _("started a legal clock"),
    "columns.save": _("saved what a partner's columns mean"),
    "compartment.open": _("opened a compartment"),
    "conduct.accept": _("accepted the code of conduct"),
    "delivery.begin": _("took a delivery in"),
    "delivery.cancel": _("stopped reading a delivery"),
    "delivery.columns": _("said what a table's columns mean"),
    "delivery.drop": _("a delivery came by the drop folder"),
    "delivery.finish": _("finished reading a delivery"),
    "delivery.resume": _("went on reading a delivery"),
    "delivery.stop": _("reading a delivery failed or was stopped"),
    "evidence.destroy": _("began to destroy evidence"),
    "evidence.destroy_again": _("went on destroying evidence"),
    "evidence.destroyed": _("finished destroying evidence"),
    "evidence.destruction_stopped": _("destroying evidence failed or was stopped"),
    "exhibit.import_scan": _("took in a scan made in the field"),
    "exhibit.keep": _("began to take an exhibit into the vault"),
    "exhibit.register": _("registered an exhibit"),
    "identity.correct": _("corrected a sealed name"),
    "identity.open": _("opened a sealed name"),
    "identity.seal": _("sealed a name"),
    "job.order": _("said when it is a job's turn"),
    "job.pause": _("paused a job"),
    "job.resume": _("let a paused job go on"),
    "intake.open": _("opened an intake desk"),
    "keeping.cancel": _("stopped taking an exhibit into the vault"),
    "keeping.finish": _("finished taking an exhibit into the vault"),
    "keeping.stop": _("taking an exhibit into the vault failed or was stopped"),
    "kept.give": _("gave out a kept paper"),
    "ledger.acknowledge": _("took note of an extract about themselves"),
    "ledger.disclose": _("read what was said with an entry"),
    "ledger.extract": _("took an extract for one person"),
    "officer.enrol": _("enrolled an officer"),
    "officer.leave": _("recorded that an officer left"),
    "officer.rank": _("recorded a rank"),
    "override.declare": _("declared an emergency"),
    "override.review": _("reviewed an emergency override"),
    "paper.issue": _("issued a paper"),
    "password.change": _("changed a password"),
    "privilege.look": _("looked at what is sealed as privileged"),
    "privilege.open": _("opened what was sealed as privileged"),
    "privilege.supply": _("supplied privileged identifiers"),
    "recovery_codes.renew": _("made new recovery codes"),
    "rehash.begin": _("began to re-read the vault"),
    "rehash.cancel": _("stopped re-reading the vault"),
    "rehash.finish": _("finished re-reading the vault"),
    "rehash.stop": _("re-reading the vault failed or was stopped"),
    "rematch.cancel": _("stopped matching again"),
    "rematch.finish": _("finished matching again"),
    "rematch.start": _("began to match again"),
    "rematch.stop": _("matching again failed or was stopped"),
    "role.end": _("took a role back"),
    "role.give": _("gave a role"),
    "scan.cancel": _("asked a scan to stop"),
    "scan.finish": _("finished a scan"),
    "scan.start": _("started a scan"),
    "scan.stop": _("a scan failed or was stopped"),
    "session.begin": _("signed in"),
    "session.end": _("ended a session"),
    "session.end_others": _("ended all other sessions"),
    "session.lock": _("locked the desk"),
    "session.unlock": _("unlocked the desk"),
    "sign_in.lift": _("lifted a wait at sign-in"),
    "sign_in.reset": _("reset a sign-in"),
    "sign_in.reset_at_machine": _("reset a sign-in at the machine itself"),
    "sign_in.reset_read": _("took note that their sign-in was reset"),
    "unit.found": _("founded a unit"),
}

KINDS: Mapping[str, str | Promise] = {
    "approval": _("question to a second person"),
    "attempts": _("failures at sign-in"),
    "authenticator": _("authenticator app"),
    "authority": _("authority"),
    "authoritypaper": _("paper of an authority"),
    "clock": _("legal clock"),
    "columnmapping": _("meaning of a partner's columns"),
    "compartment": _("compartment"),
    "conductaccepted": _("acceptance of the code of conduct"),
    "delivery": _("delivery"),
    "desk": _("intake desk"),
    "desksession": _("session"),
    "destruction": _("destruction of evidence"),
    "exhibit": _("exhibit"),
    "grant": _("way into a compartment"),
    "identity": _("sealed name"),
    "issuedpaper": _("issued paper"),
    "job": _("job"),
    "kept": _("kept paper"),
    "ledgerextract": _("extract for one person"),
    "mettogether": _("act that met several legal clocks"),
    "officer": _("officer"),
    "override": _("emergency override"),
    "privilegedidentifier": _("privileged identifier"),
    "rankheld": _("rank"),
    "rehash": _("round of re-reading"),
    "rematch": _("matching again"),
    "report": _("report"),
    "roleheld": _("role"),
    "safekeeping": _("exhibit in the vault"),
    "signinreset": _("reset of a sign-in"),
    "unit": _("unit"),
    "vaultfault": _("fault of the vault"),
}


def verb_words(name: str) -> str:
    """What a verb is called; its name where this version knows it no more."""
    return str(VERBS.get(name, name))


def kind_words(kind: str) -> str:
    """What a kind of thing is called."""
    return str(KINDS.get(kind, kind))


def verb_choices() -> list[tuple[str, str]]:
    """All verbs by their words, in the order of the page's language."""
    return sorted(((name, capfirst(str(words))) for name, words in VERBS.items()), key=lambda choice: choice[1])
