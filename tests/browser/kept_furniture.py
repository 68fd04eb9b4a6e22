"""What is kept in the workspace of the browser tests, and a destruction that two people decided."""

from kavalan.casework import keys
from kavalan.casework.access.models import Compartment, Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import ask_for_destruction, destroy_evidence, keep_exhibit
from kavalan.casework.worker import work_off
from kavalan.casework.workspace import vault_of
from kavalan.vault import create_vault


def keep(officer, custodian, workspace, kept, destroyed, now):
    """A copy of one exhibit; of the other a copy that was destroyed. The address of its certificate."""
    create_vault(vault_of(workspace), keys.held().vault)
    for exhibit in (kept, destroyed):
        keep_exhibit(officer, exhibit.authority, exhibit, now, way=Way.COPY)
    work_off(decoders=1)
    room = Compartment.objects.get(pk=kept.compartment_ids()[0])
    grant(officer, now, compartment=room, to=custodian, role=Role.CUSTODIAN)
    asked = ask_for_destruction(officer, now, destroyed, "Order 12/2026 of the court, at the end of the trial")
    answer_approval(custodian, now, approval=asked, granted=True, reason="order seen, seals compared")
    decided = destroy_evidence(officer, now, exhibit=destroyed)
    work_off(decoders=1)
    return f"/destructions/{decided.public_id}/"
