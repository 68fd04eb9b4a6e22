"""The world of the search's benchmark: districts with their desks and cases, documents; imported once Django is set up.

Only what a question touches is there: documents, where their objects lie, who was let in. The objects are not.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from django.db import connection

from kavalan.casework.access.models import Compartment, Grant, Placement, Role, Via
from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.accounts.services import enrol_officer, found_unit
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.models import UNIT, SearchDocument
from kavalan.casework.search.rules import Kind, Said
from kavalan.casework.verbs import step

NOW = datetime.now(UTC)
AT_ONCE = 5000
DRAWN = 100_000
"""Documents whose words are drawn; more are copies of these, about other objects that lie where theirs do."""
DISTRICTS = 100
"""Of which the officer who sees a hundredth sees one."""
IN_A_HUNDRED = {
    Kind.REPORT: 55,
    Kind.NOTE: 12,
    Kind.TASK: 8,
    Kind.DEVICE: 10,
    Kind.EXHIBIT: 8,
    Kind.CASE: 2,
    Kind.SEIZURE: 3,
    Kind.AUTHORITY: 2,
}
"""Documents of each kind; those of the two last lie in cases, as notes, tasks, things and exhibits do."""
VOCABULARY, WORDS = 40_000, 24
SYLLABLES = (
    "ka",
    "le",
    "mi",
    "to",
    "ru",
    "na",
    "ve",
    "so",
    "pi",
    "du",
    "ഴ",
    "കൽ",
    "മുറ്റ",
    "ല്ല",
    "ന്റെ",
    "नदी",
    "पुल",
    "क्ष",
)


@dataclass(frozen=True)
class World:
    """What there is to ask.

    Attributes:
        all_seeing: an officer who was let in everywhere, room by room.
        narrow: one who was let in where a hundredth lies.
        words: by how frequent they are, the most frequent first.
    """

    all_seeing: Officer
    narrow: Officer
    words: Sequence[str]


def build(documents: int) -> World:
    """Build it."""
    chance = random.Random(11)
    words = _vocabulary(chance)
    unit, other = found_unit(None, NOW, name="State"), None
    first = _enrol("all", unit)
    other = found_unit(first, NOW, name="District 42")
    second = _enrol("narrow", other)
    cases = max(DISTRICTS, documents * IN_A_HUNDRED[Kind.CASE] // 100)
    desks, rooms = _rooms(cases)
    _grant(first, [*desks, *rooms], second, [desks[42], *rooms[42::DISTRICTS]])
    # What lies in a case lies in one that was drawn: copies of cases are cases without notes.
    drawn = min(documents, DRAWN)
    drafts = _drafts(drawn, max(1, drawn * IN_A_HUNDRED[Kind.CASE] // 100), words, (unit.pk, other.pk), chance)
    placing = _places(cases, desks, rooms)
    while some := list(islice(drafts, AT_ONCE)):
        _load(some, placing)
    copies = range(1, documents // DRAWN)
    with _without_index() if copies and connection.vendor == "postgresql" else nullcontext():
        for copy in copies:
            _copy(copy * DRAWN)
    with connection.cursor() as cursor:
        # As the servers do by themselves within minutes.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return World(first, second, words)


def _enrol(badge: str, unit: Unit) -> Officer:
    actor = Officer.objects.first()
    return enrol_officer(actor, NOW, badge=badge, name=badge, unit=unit, password="nine quiet herons")  # noqa: S106 of a desk that lives for minutes


def _vocabulary(chance: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))] = None
    return list(found)


@step(Compartment)
def _rooms(cases: int) -> tuple[list[int], list[int]]:
    """A room for each district's desk, and one for each case; a case belongs to the district of its number."""
    made = Compartment.objects.bulk_create(Compartment(name=f"Room {one}") for one in range(DISTRICTS + cases))
    numbers = [one.pk for one in made]
    return numbers[:DISTRICTS], numbers[DISTRICTS:]


@step(Grant)
def _grant(first: Officer, all_rooms: Sequence[int], second: Officer, some: Sequence[int]) -> None:
    given = {"role": Role.SUPERVISOR, "via": Via.OPENED}
    grants = [Grant(compartment_id=room, officer=first, **given) for room in all_rooms]
    grants += [Grant(compartment_id=room, officer=second, **given) for room in some]
    Grant.objects.bulk_create(grants, batch_size=AT_ONCE)


def _drafts(
    documents: int, cases: int, words: Sequence[str], units: Sequence[int], chance: random.Random
) -> Iterator[tuple[Kind, Draft]]:
    kinds = [kind for kind, count in IN_A_HUNDRED.items() for _ in range(count)]
    chance.shuffle(kinds)
    # As words are in texts: the nth as often as 1/n.
    weights, total = [], 0.0
    for place in range(1, len(words) + 1):
        total += 1 / place
        weights.append(total)
    numbers = dict.fromkeys(Kind, 0)
    for place in range(documents):
        kind = kinds[place % 100]
        numbers[kind] += 1
        number = numbers[kind]
        text = " ".join(chance.choices(words, cum_weights=weights, k=WORDS))
        phone = f"+9190000{place:07d}"
        placed = _placed(kind, number, cases, units)
        yield (
            kind,
            Draft(
                number=number,
                address=uuid.uuid4(),
                placed=placed,
                title=f"{kind.value[0].upper()}-{number}/2026",
                lines=[(Said.TEXT, f"district{number % DISTRICTS} {text}")],
                wholes=[f"{kind.value[0].upper()}-{number}/2026"],
                named=[("phone", phone)],
            ),
        )


def _placed(kind: Kind, number: int, cases: int, units: Sequence[int]) -> tuple[str, int]:
    match kind:
        case Kind.NOTE | Kind.TASK | Kind.CASE:
            return "cases.case", (number - 1) % cases + 1
        case Kind.AUTHORITY:
            return UNIT, units[number % DISTRICTS == 42]
        case Kind.REPORT:
            return "intake.report", number
        case Kind.EXHIBIT:
            return "exhibits.exhibit", number
    return f"custody.{kind.value}", number


def _places(cases: int, desks: Sequence[int], rooms: Sequence[int]) -> dict[Kind, Sequence[int]]:
    """The rooms over which the things of a kind that lie by themselves are spread, in their order."""
    return {
        Kind.REPORT: desks,
        Kind.CASE: rooms[:cases],
        **dict.fromkeys((Kind.EXHIBIT, Kind.DEVICE, Kind.SEIZURE), rooms),
    }


@contextmanager
def _without_index() -> Iterator[None]:
    """GIN takes many documents one by one longer than all of them together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_terms'")
        ((made,),) = cursor.fetchall()
        cursor.execute("DROP INDEX search_terms")
        yield
        cursor.execute(made)


@step(SearchDocument, Placement)
def _copy(shift: int) -> None:
    """All that was drawn once more, as objects with numbers that are higher by `shift`."""
    sqlite = connection.vendor == "sqlite"
    new = "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()"
    own = "d.placed_kind <> 'accounts.unit' AND (d.placed_kind <> 'cases.case' OR d.kind = 'case')"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_searchdocument "  # noqa: S608 numbers of the benchmark's own
            "(public_id, kind, object_id, address, anchor, placed_kind, placed_id, title, note, lines, words) "
            f"SELECT {new}, d.kind, d.object_id + {shift}, d.address, d.anchor, d.placed_kind, "
            f"CASE WHEN {own} THEN d.placed_id + {shift} ELSE d.placed_id END, d.title, d.note, d.lines, d.words "
            f"FROM search_searchdocument d WHERE d.id <= {DRAWN} ORDER BY d.id"
        )
        cursor.execute(
            f"INSERT INTO access_placement (kind, object_id, compartment_id) SELECT kind, object_id + {shift}, "  # noqa: S608 numbers of the benchmark's own
            f"compartment_id FROM access_placement WHERE object_id <= {DRAWN}"
        )


@step(SearchDocument, Placement)
def _load(some: Sequence[tuple[Kind, Draft]], placing: dict[Kind, Sequence[int]]) -> None:
    SearchDocument.objects.bulk_create([draft.document(kind) for kind, draft in some])
    Placement.objects.bulk_create(
        Placement(
            kind=draft.placed[0],
            object_id=draft.number,
            compartment_id=placing[kind][(draft.number - 1) % len(placing[kind])],
        )
        for kind, draft in some
        if kind in placing
    )
