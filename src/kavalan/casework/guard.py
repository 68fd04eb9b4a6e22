"""No domain table is written outside a verb: a guard on every connection sees to it.

It is there against mistakes, not against somebody with the database's password: the ledger's chain is for those.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from kavalan.casework.errors import UnguardedWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WRITE = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)"
    r'\s+(?:ONLY\s+)?"?(?P<table>\w+)',
    re.IGNORECASE,
)

_open: ContextVar[frozenset[str]] = ContextVar("_open", default=frozenset())


@contextmanager
def writing(tables: frozenset[str]) -> Iterator[None]:
    """Within, these tables may be written by this thread; only verbs and steps open it."""
    token = _open.set(tables)
    try:
        yield
    finally:
        _open.reset(token)


class WriteGuard:
    """An execute wrapper that refuses to change a domain table that no verb has opened."""

    def __init__(self, domain: frozenset[str]) -> None:
        self._domain = domain

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: dict[str, Any]
    ) -> Any:  # noqa: ANN401 whatever the cursor answers
        """Run the statement, or raise `UnguardedWriteError`."""
        written = _WRITE.match(sql)
        if written and (table := written["table"]) in self._domain and table not in _open.get():
            message = f"{table} was about to be written outside a verb; write it in a verb of its app's services"
            raise UnguardedWriteError(message)
        return execute(sql, params, many, context)
