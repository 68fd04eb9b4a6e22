"""What comes back for one item: its records, and the reason where they are not all there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

R = TypeVar("R")

Reason = Literal["error", "memory", "cpu", "hang", "crash", "oversized", "malformed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item's answer is missing or incomplete.

    Attributes:
        reason: `error`: the task raised an exception, the ordinary way to say that a file does not decode; the worker
            lives on. After every other reason it was replaced. `memory`, `cpu`, `hang` (wall time): a limit of that
            name. `crash`: the worker ended by itself. `oversized`: more records or bytes than the limits allow.
            `malformed`: it sent something that is no answer.
        detail: one printable line for the report; evidence may have worded parts of it.
    """

    reason: Reason
    detail: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What a worker answered for one item.

    Attributes:
        records: in the order the task gave them; those that arrived before a failure are kept.
        failure: None when the task ended well.
    """

    records: tuple[R, ...]
    failure: Failure | None = None

    @property
    def record(self) -> R | None:
        """The first record, which is the only one of a task that returns rather than yields."""
        return self.records[0] if self.records else None
