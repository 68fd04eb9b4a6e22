"""Of the browser tests' workspace what goes to and fro between two desks: reports handed over, and inquiries."""

from datetime import timedelta

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import enrol_officer, found_unit, give_role
from kavalan.casework.intake.models import Desk
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import enter_report, open_desk
from kavalan.casework.intake.typed import Typed
from kavalan.casework.routing.issuing import Fir, issue
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.routing.services import ask_others, offer_transfer
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.tips import Person, Tip

NEIGHBOUR = "KP-7201"
NUMBER = "+447700900123"


def tell(officer, desk, now, number=NUMBER):
    """A call about somebody with a number and an address; people and numbers are invented."""
    caller = Person(role="reported", phones=(number,), addresses=("Beach Road, Kannur",))
    tip = Tip(form="phone", persons=(caller,))
    return enter_report(officer, now, desk=desk, typed=Typed(Form.PHONE, tip, now - timedelta(hours=1)))


def lay_routing(officer, supervisor, password, now):
    """Two desks, whose reports name one number: one is offered to each, and each asked the other. Their addresses."""
    own = desk_of(officer, Officer.objects.select_related("unit").get(badge=supervisor), now)
    unit = found_unit(officer, now, name="Hill station desk, invented")
    name = "Inspector Sobha Rajan"
    neighbour = enrol_officer(officer, now, badge=NEIGHBOUR, name=name, unit=unit, password=password)
    give_role(officer, now, officer=neighbour, role=OfficerRole.SUPERVISOR)
    theirs = open_desk(neighbour, now)
    kept, went, _ = (tell(officer, own, now) for _ in range(3))
    came, _ = (tell(neighbour, theirs, now) for _ in range(2))
    row = "Kavalan: cyber-kannur, 2025-10-19"
    outside = Receiver("Cyber Crime Police Station, Kannur", None, row)
    sent = offer_transfer(officer, now, report=went, to=outside, reason="the address lies there")
    issue(officer, sent, now, fir=Fir("Harbour station, invented", "0/7/2026", now, ("IT Act, 2000, s. 67B",)))
    to_us = Receiver(officer.unit.name, own)
    offered = offer_transfer(neighbour, now, report=came, to=to_us, reason="the sender is known there")
    sought = [Identifier("phone", NUMBER)]
    asked = ask_others(officer, now, identifiers=sought, report=kept, reason="the same caller again")
    ask_others(neighbour, now, identifiers=sought, report=None, reason="a case of ours")
    return {
        "routed": f"/reports/{kept.public_id}/",
        "sent": f"/transfers/{sent.public_id}/",
        "offered": f"/transfers/{offered.public_id}/",
        "inquiry": f"/inquiries/{asked.public_id}/",
    }


def desk_of(officer, supervisor, now):
    """The desk of the officer's unit, at which the officer takes reports in."""
    there = Desk.objects.filter(unit=officer.unit).first()
    if there is None:
        there = open_desk(supervisor, now)
        grant(supervisor, now, compartment=there.compartment, to=officer, role=Role.INTAKE)
    return there
