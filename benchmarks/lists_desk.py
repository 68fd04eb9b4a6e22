"""The pages that the lists' benchmark asks for, and what they take of the database; imported once Django is set up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.lists_world import DAYS, DISTRICTS, Size
from kavalan.casework.accounts.models import DeskSession, Officer
from kavalan.casework.accounts.session import SESSION_KEY
from kavalan.casework.cases.rules import Stage
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.exhibits.models import Stack
from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.ledger.oversight import overseen
from kavalan.casework.verbs import step

T = TypeVar("T")
FOUND = 200
FILTERS = (
    "",
    "family=video",
    "family=picture&place=trash",
    "family=video&place=messenger-received&deleted=1",
    "unread=1",
    "unread=1&family=video",
    "known=1",
    "known=1&deleted=1&place=camera",
    "standing=near",
    "standing=identical&family=video",
    "deleted=1",
    "place=trash&deleted=1",
    "reason=damaged",
    "thinned=1",
    "thinned=1&family=video&place=camera",
)
"""The combinations of filters."""


@dataclass(frozen=True)
class Asked:
    """What one page took of the database."""

    queries: int
    seconds: float


class Watch:
    """Counts statements, and the seconds that they and the fetching of their rows take."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def timed(self, work: Callable[..., T], *arguments: object) -> T:
        """Do it, and add the seconds."""
        started = time.perf_counter()
        try:
            return work(*arguments)
        finally:
            self.seconds += time.perf_counter() - started

    def cursor(self, cursor: CursorWrapper) -> CursorWrapper:
        """A cursor that is watched; SQLite works while rows are fetched as well."""
        watch = self

        class Watched(CursorWrapper):
            def execute(self, sql: Any, params: Any = None) -> Any:  # noqa: ANN401 as Django's
                watch.queries += 1
                return watch.timed(super().execute, sql, params)

            def __getattr__(self, name: str) -> Any:  # noqa: ANN401 as Django's
                held = super().__getattr__(name)
                return (lambda *rest: watch.timed(held, *rest)) if name.startswith("fetch") else held

        return Watched(cursor, connection)


class Desk:
    """Asks pages for one officer.

    Args:
        officer: for whom.
        size: of the world.
    """

    def __init__(self, officer: Officer, size: Size) -> None:
        settings.ALLOWED_HOSTS = ["testserver"]
        self._officer = officer
        seen = list(visible_exhibits(officer, timezone.now()).order_by("pk").values_list("public_id", flat=True))
        large = len(size.large)
        self._seen = len(seen)
        # Half of what is asked is about a large one.
        self._draw = {public_id: size.of(place) for place, public_id in enumerate(seen[:large])}
        self._small = {public_id: size.of(large) for public_id in seen[large:]}
        self._cases = list(visible_cases(officer, timezone.now()).order_by("pk").values_list("public_id", flat=True))
        self._client = _signed_in(officer)
        self._watch = Watch()
        connection.make_cursor = self._watch.cursor  # type: ignore[method-assign]  # that of this connection alone
        self.pages = self._pages()

    @property
    def seen(self) -> int:
        """How many exhibits the officer sees."""
        return self._seen

    def ask(self, name: str, chance: random.Random) -> Asked:
        """Ask for a page once."""
        work = self.pages[name]
        self._watch.queries, self._watch.seconds = 0, 0.0
        work(chance)
        return Asked(self._watch.queries, self._watch.seconds)

    def _pages(self) -> dict[str, Callable[[random.Random], object]]:
        listed = {f"items: {one or 'all'}": self._items(one) for one in FILTERS}
        return listed | {
            "items, from the middle on": lambda chance: self._middle("exhibit", chance),
            "hits": lambda chance: self._get("hits", self._exhibit(chance)[0]),
            "hits, from the middle on": lambda chance: self._middle("hits", chance),
            "stacks": self._of("stacks"),
            "stacks: near": self._of("stacks", lambda _: "standing=near"),
            "stacks: a later page": self._of("stacks", lambda chance: f"after=2-{chance.randint(1, 500_000)}"),
            "stacks: the items of one": self._first_stack,
            "timeline": self._of("timeline"),
            "timeline: a year": self._of("timeline", lambda chance: f"on={_day(chance):%Y}"),
            "timeline: a month": self._of("timeline", lambda chance: f"on={_day(chance):%Y-%m}"),
            "timeline: a day": self._of("timeline", lambda chance: f"on={_day(chance):%Y-%m-%d}"),
            "timeline: an hour": self._of("timeline", lambda chance: f"on={_day(chance):%Y-%m-%dT%H}"),
            "timeline: no time": self._of("timeline", lambda _: "on=unknown"),
            "places": self._of("places"),
            "not read": self._of("unread"),
            "not read: damaged": self._of("unread", lambda _: "reason=damaged"),
            "thin by earlier exhibits": self._of("thin"),
            "files of results": self._of("exports"),
            "my desk": lambda _: self._get("home"),
            "exhibits: first page": lambda _: self._get("exhibits"),
            "exhibits: a later page": lambda chance: self._get("exhibits", ask=f"before={self._exhibit(chance)[0]}"),
            "cases": lambda _: self._get("cases"),
            "cases: a stage and a district": lambda chance: self._get("cases", ask=_narrowed(chance)),
            "cases: a later page": lambda chance: self._get("cases", ask=f"stage=all&before={self._case(chance)}"),
            "case": lambda chance: self._get("case", self._case(chance)),
            "case: its timeline": lambda chance: self._get("case-timeline", self._case(chance)),
            "figures": lambda _: self._get("insight"),
            "palette": lambda chance: self._get("find", ask=f"q=e-{chance.randint(1, 99)}"),
            "entries about what is overseen": lambda _: self._entries(),
        }

    def _items(self, filters: str) -> Callable[[random.Random], object]:
        return lambda chance: self._get("exhibit", self._exhibit(chance)[0], ask=filters)

    def _of(self, route: str, ask: Callable[[random.Random], str] = lambda _: "") -> Callable[[random.Random], object]:
        return lambda chance: self._get(route, self._exhibit(chance)[0], ask=ask(chance))

    def _first_stack(self, chance: random.Random) -> None:
        """The largest; which that is, is looked up aside."""
        public_id, _ = self._exhibit(chance)
        stack = Stack.objects.filter(exhibit__public_id=public_id).order_by("-size", "pk")[0]
        self._watch.queries, self._watch.seconds = 0, 0.0
        self._get("stacks", public_id, ask=f"number={stack.number}&standing={stack.known.name.lower()}")

    def _middle(self, route: str, chance: random.Random) -> None:
        public_id, items = self._exhibit(chance)
        self._get(route, public_id, ask=f"after={chance.randrange(items)}")

    def _exhibit(self, chance: random.Random) -> tuple[UUID, int]:
        return chance.choice(list((self._draw if chance.random() < 0.5 else self._small).items()))

    def _case(self, chance: random.Random) -> UUID:
        return chance.choice(self._cases)

    def _get(self, route: str, *about: UUID, ask: str = "") -> None:
        answer = self._client.get(f"{reverse(route, args=about)}?{ask}")
        if answer.status_code != FOUND:
            message = f"{route} answered {answer.status_code}"
            raise RuntimeError(message)

    def _entries(self) -> None:
        list(overseen(self._officer, timezone.now()).order_by("-number")[:50])


def _narrowed(chance: random.Random) -> str:
    return f"stage={chance.choice(list(Stage)).value}&district=in-32-{588 + chance.randrange(DISTRICTS)}"


def _day(chance: random.Random) -> datetime:
    return timezone.localtime() - timedelta(days=chance.randrange(1, DAYS))


@step(DeskSession)
def _begin(officer: Officer) -> DeskSession:
    now = timezone.now()
    # Seen later than it is: otherwise a page writes now and then that somebody is there, which is no part of it.
    later = now + timedelta(hours=1)
    return DeskSession.objects.create(officer=officer, device="a benchmark", address="::1", since=now, last_seen=later)


def _signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    session = client.session
    session[SESSION_KEY] = str(_begin(officer).public_id)
    session.save()
    return client
