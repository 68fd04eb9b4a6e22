"""What happens to a thing while it is held, and correcting what was entered of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import ask
from kavalan.casework.custody.models import CustodyEvent, Device, Handled
from kavalan.casework.custody.roles import EXAMINING, place_all, require_keeper, rooms_of
from kavalan.casework.custody.telling import Ties, Told, said_of, tell
from kavalan.casework.custody.words import What
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.verbs import Act, Done, HouseAct, house_verb, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMINED: Final = frozenset({What.UNSEALED, What.LAB_OUT, What.CLOCK_READ})
"""What touches the evidence, and so asks the authority to examine."""
KEPT: Final = frozenset(
    {
        What.STORED,
        What.SEALED,
        What.OBSERVED,
        What.LAB_BACK,
        What.COURT_OUT,
        What.COURT_BACK,
        What.GIVEN_BACK,
    }
)
"""What must go on being entered after the authority has ended: keeping, sealing, taking back, giving back."""


@dataclass(frozen=True, slots=True)
class Things:
    """Things to which something happens at once, of one authority."""

    devices: Sequence[Device]

    def scope_reference(self) -> str:
        """What the authority must name for the first of them; the verb asks for each."""
        return self.devices[0].scope_reference() if self.devices else ""

    def compartment_ids(self) -> list[int]:
        """Where the first of them lies; the verb looks at each."""
        return self.devices[0].compartment_ids() if self.devices else []


@house_verb("custody.record")
def record_event(act: HouseAct, *, devices: Sequence[Device], told: Told) -> Done[CustodyEvent]:
    """Enter something that happened to things in custody and that needs no authority of the law.

    Raises:
        RefusedError: when the actor does not work on each, it is another verb's, it lacks who takes them, or lies
            ahead.
    """
    if told.what not in KEPT:
        raise RefusedError("This is not entered here.")
    _require_taker(told)
    require_keeper(act.officer, devices, act.at)
    return done(tell(act.officer, act.at, held(devices), told))


@verb("custody.examine", activity=Activity.EXAMINE, roles=EXAMINING)
def examine_things(act: Act, things: Things, *, told: Told) -> Done[CustodyEvent]:
    """Enter that a seal was opened, a device's clock was read, or things were sent to a laboratory.

    Raises:
        RefusedError: when the authority does not name each of them, the actor does not work on each, it is another
            verb's, or lies ahead.
    """
    if told.what not in EXAMINED:
        raise RefusedError("This is not entered here.")
    _require_taker(told)
    require_keeper(act.officer, things.devices, act.at)
    if any(device.authority_id != act.authority.pk for device in things.devices):
        raise RefusedError("These things were seized on different authorities: enter them apart.")
    for reference in {device.scope_reference() for device in things.devices}:
        ask(act.authority, act.officer, Activity.EXAMINE, reference, act.at)
    return done(tell(act.officer, act.at, held(things.devices), told))


@house_verb("custody.correct")
def correct_event(
    act: HouseAct, *, event: CustodyEvent, devices: Sequence[Device], told: Told | None, why: str
) -> Done[CustodyEvent]:
    """Say what an entry about things should have said, or, with nothing told, that it did not happen to them.

    The wrong entry stays where it is, and for its other things as it was. A hand-over may be declined so by the officer
    to whom it was offered.

    Raises:
        RefusedError: when the actor does not work on each thing, the entry is not about it, was corrected already or is
            of another kind, no reason is given, or a seizure is said not to have happened.
    """
    if not (event.what == What.OFFERED and told is None and event.taker_id == act.officer.pk):
        require_keeper(act.officer, devices, act.at)
    locked = held(devices)
    if event.handled.filter(device__in=locked).count() < len(locked):
        raise RefusedError("This entry is about something else.")
    if Handled.objects.filter(event__corrects=event, device__in=locked).exists():
        raise RefusedError("It was corrected: look at the one that stands in its place.")
    if told is None and event.what == What.COLLECTED:
        raise RefusedError("A seizure is corrected; that it did not happen would leave a thing from nowhere.")
    if told is not None and told.what != event.what:
        raise RefusedError("A correction is of the same kind; strike the wrong one out and enter another.")
    ties = Ties(answers=event.answers if told else None, corrects=event, why=required(why))
    return done(tell(act.officer, act.at, locked, told or Told(What.STRUCK, event.at), ties))


def held(devices: Sequence[Device]) -> list[Device]:
    """The things as they are now, locked in one order: who is given two at once waits for nobody in a circle."""
    found = Device.objects.select_for_update(of=("self",)).filter(pk__in=[device.pk for device in devices])
    return list(found.order_by("pk"))


def done(event: CustodyEvent) -> Done[CustodyEvent]:
    """Put an event where its things lie, and say it to the ledger."""
    things = [one.device for one in event.handled.select_related("device")]
    place_all([event], frozenset().union(*rooms_of(things)))
    return Done(event, said_of(event))


def _require_taker(told: Told) -> None:
    if told.what in {What.LAB_OUT, What.COURT_OUT, What.GIVEN_BACK} and not told.taker.words.strip():
        raise RefusedError("Say who took them: an office, a court, the owner by pseudonym.")
