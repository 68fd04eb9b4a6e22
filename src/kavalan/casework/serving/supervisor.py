"""The supervisor: keeps its children running until it is told to end, or one of them cannot be kept running."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kavalan.casework.serving.bell import Bell
from kavalan.casework.serving.child import DEFAULT, Child, Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def supervise(children: Sequence[Child], tell: Callable[[str], None], patience: Patience = DEFAULT) -> bool:
    """Run the children until SIGTERM, SIGINT or SIGHUP, and end them; none is left when this returns.

    Args:
        children: what must run.
        tell: gets a line for whatever happens.
        patience: how often one is started again.

    Returns:
        Whether it was told to end; otherwise a child failed too often in a row, and a line says which.
    """
    with Bell() as bell:
        try:
            while bell.told is None:
                now = time.monotonic()
                for child in children:
                    child.look(now, patience, tell)
                if given_up := [child for child in children if child.failures >= patience.most]:
                    tell(_given_up(given_up[0], patience))
                    return False
                bell.wait(_until_due(children, now))
            tell(f"{bell.told}: ending")
            return True
        finally:
            _end(children, tell, patience.grace)


def _until_due(children: Sequence[Child], now: float) -> float | None:
    """Seconds until a child must be started; None while all run, when only a signal brings news."""
    return min((max(child.due - now, 0.0) for child in children if not child.running), default=None)


def _end(children: Sequence[Child], tell: Callable[[str], None], grace: float) -> None:
    deadline = time.monotonic() + grace
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end(deadline - time.monotonic(), tell)


def _given_up(child: Child, patience: Patience) -> str:
    return (
        f"the {child.name} ended {child.failures} times within {patience.soon:g} s of its start: given up. Its own "
        "lines above say why; `kavalan doctor --workspace DIR` looks further."
    )
