"""What an officer types: a call, a report under rule 11, an address, a channel that was observed, each as a tip."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kavalan.tips import Account, File, Moment, Passage, Person, Tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.intake.rules import Form
    from kavalan.tips import Role
    from kavalan.tips.triage import FactName


@dataclass(frozen=True, slots=True)
class Typed:
    """A report that an officer typed.

    Attributes:
        form: which.
        tip: what was said.
        arrived_at: when it was said, aware UTC.
        answers: what was answered yes or no; what nobody knew is left out.
        confidential: whoever reports wants not to be named.
    """

    form: Form
    tip: Tip
    arrived_at: datetime
    answers: Mapping[FactName, bool] = field(default_factory=dict)
    confidential: bool = True


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody of whom a caller speaks, or the caller; every text may be empty."""

    name: str = ""
    age: str = ""
    phone: str = ""
    address: str = ""
    service: str = ""
    account: str = ""

    def as_person(self, role: Role) -> Person | None:
        """As a tip has them; None where nothing is known."""
        person = Person(
            role=role,
            name=self.name,
            age=self.age,
            account=Account(service=self.service, screen_name=self.account),
            phones=(self.phone,) if self.phone else (),
            addresses=(self.address,) if self.address else (),
        )
        return None if person == Person(role=role, account=Account(service=self.service)) else person


def tip_of_typed(
    form: Form,
    at: datetime,
    *,
    people: Iterable[Person | None] = (),
    passages: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    platform: str = "",
    sender: str = "",
    incident_at: datetime | None = None,
    screenshot: str = "",
) -> Tip:
    """A tip of what was typed.

    Args:
        form: which.
        at: when it was said.
        people: of whom it speaks; None for nobody.
        passages: texts under their headings; empty ones are left out.
        platform: where it happened.
        sender: who reports, where that is no person whose name is kept.
        incident_at: when it happened.
        screenshot: SHA-256 of a picture that the officer made, 64 hexadecimal digits.
    """
    said = passages.items() if hasattr(passages, "items") else passages
    return Tip(
        form=form.value,
        received=_moment(at),
        sender=sender,
        incident_at=_moment(incident_at) if incident_at else None,
        platform=platform,
        persons=tuple(one for one in people if one is not None),
        files=(File(name="screenshot", sha256=screenshot.lower(), seen_by_sender=True),) if screenshot else (),
        passages=tuple(Passage(heading, text) for heading, text in said if text),
    )


def _moment(at: datetime) -> Moment:
    return Moment(at.isoformat(), at)
