"""What of a table of sites can be taken in: each row beside the others and beside what is known; no database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from kavalan.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case
    from kavalan.casework.operations.tables import Row, Table

MOST_MEMBERS: Final = 12
"""Members that one row names; a larger team is named over several rows."""
_LONGEST: Final = {
    "site": 40,
    "place": 200,
    "address": 400,
    "team": 60,
    "lead": 60,
    "warrant": 200,
    "court": 200,
}
_YES, _NO = frozenset({"yes", "y", "1", "true", "x"}), frozenset({"no", "n", "0", "false"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a table is judged by.

    Attributes:
        districts: ids of districts by every folded name, other name, and code that they have.
        officers: who works at this desk, by badge.
        cases: those that are open to the officer who brings the table, by reference.
        sites: references that the operation has already.
        courts: of its warrants, by their references.
        leads: badges of its teams' leads, by the teams' names.
    """

    districts: Mapping[str, str]
    officers: Mapping[str, Officer]
    cases: Mapping[str, Case]
    sites: Collection[str] = ()
    courts: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A site as it will be taken in; `home` is None where the table does not say, `members` are badges, lead first."""

    line: int
    reference: str
    district: str
    place: str
    address: str
    home: bool | None
    team: str
    lead: str
    members: tuple[str, ...]
    warrant: str
    court: str
    case: Case | None


@dataclass(slots=True)
class Judged:
    """What would be taken in, what stands against it by line, and what is worth knowing by line."""

    sites: list[Planned] = field(default_factory=list)
    faults: dict[int, list[str]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[Planned, list[str]]]:
        """Each site with what is worth knowing of it."""
        return [(site, self.notes.get(site.line, [])) for site in self.sites]

    @property
    def whole(self) -> bool:
        """Whether it can be taken in: there is something, and nothing stands against any of it."""
        return bool(self.sites) and not self.faults


def judge(table: Table, known: Known) -> Judged:
    """What of a table can be taken in: all of it, or nothing."""
    judged = Judged(faults={line: list(whys) for line, whys in table.faults.items()})
    twice = _twice(row["site"] for row in table.rows)
    courts = _first(table.rows, "warrant", "court") | dict(known.courts)
    leads = _first(table.rows, "team", "lead") | dict(known.leads)
    for row in table.rows:
        faults = [*_faults_of_cells(row), *_faults_of_names(row, known)]
        if row["site"] in twice:
            faults.append(_("Another row has this site."))
        faults += _faults_of_agreement(row, courts, leads)
        if faults:
            judged.faults.setdefault(row.line, []).extend(faults)
            continue
        judged.sites.append(_planned(row, known))
        if notes := _notes(row, known):
            judged.notes[row.line] = notes
    if not table.rows and not judged.faults:
        judged.faults[1] = [_("The table has no row.")]
    return judged


def badges_of(row: Row) -> tuple[str, ...]:
    """The badges of a row's team, its lead first, each once."""
    said = [row["lead"], *row["members"].replace(";", " ").replace(",", " ").split()]
    return tuple(dict.fromkeys(filter(None, said)))


def district_key(name: str) -> str:
    """A name or a code of a district, as `Known.districts` has it."""
    return " ".join(fold(name).split())


def _faults_of_cells(row: Row) -> list[str]:
    faults = [] if row["site"] else [_("It has no site.")]
    if not row["place"] and not row["address"]:
        faults.append(_("It says neither a place nor an address."))
    for name, most in _LONGEST.items():
        if len(row[name]) > most:
            faults.append(_("%(field)s: at most %(most)d characters.") % {"field": name, "most": most})
    if row["home"] and row["home"].lower() not in _YES | _NO:
        faults.append(_("home: yes or no, or empty where it is not known."))
    if badges_of(row) and not row["team"]:
        faults.append(_("It names officers and no team."))
    if row["court"] and not row["warrant"]:
        faults.append(_("It names a court and no warrant."))
    badges = badges_of(row)
    if len(badges) > MOST_MEMBERS:
        faults.append(_("members: at most %(most)d in a row.") % {"most": MOST_MEMBERS})
    if any(len(badge) > _LONGEST["lead"] for badge in badges):
        faults.append(_("members: a badge has at most %(most)d characters.") % {"most": _LONGEST["lead"]})
    return faults


def _faults_of_names(row: Row, known: Known) -> list[str]:
    faults = []
    if not row["district"]:
        faults.append(_("It has no district."))
    elif district_key(row["district"]) not in known.districts:
        faults.append(_("No such district: %(name)s.") % {"name": row["district"][:60]})
    if row["site"] in known.sites:
        faults.append(_("The operation has this site already."))
    if row["case"] and row["case"] not in known.cases:
        faults.append(_("No case of this number is open to you: %(name)s.") % {"name": row["case"][:60]})
    return faults


def _faults_of_agreement(row: Row, courts: Mapping[str, str], leads: Mapping[str, str]) -> list[str]:
    """Whatever speaks of one warrant or one team says the same of it."""
    faults = []
    if row["court"] and courts.get(row["warrant"]) != row["court"]:
        faults.append(_("Another court is named for this warrant."))
    if row["lead"] and leads.get(row["team"]) != row["lead"]:
        faults.append(_("Another lead is named for this team."))
    return faults


def _notes(row: Row, known: Known) -> list[str]:
    notes = []
    if unknown := [badge for badge in badges_of(row) if badge not in known.officers]:
        words = {"badges": ", ".join(unknown)}
        notes.append(_("Not an officer of this desk, and cannot enter what happens: %(badges)s.") % words)
    if not row["warrant"]:
        notes.append(_("Without a warrant."))
    if not row["team"]:
        notes.append(_("Without a team."))
    return notes


def _planned(row: Row, known: Known) -> Planned:
    said = row["home"].lower()
    return Planned(
        line=row.line,
        reference=row["site"],
        district=known.districts[district_key(row["district"])],
        place=row["place"],
        address=row["address"],
        home=said in _YES if said else None,
        team=row["team"],
        lead=row["lead"],
        members=badges_of(row),
        warrant=row["warrant"],
        court=row["court"],
        case=known.cases.get(row["case"]),
    )


def _first(rows: Sequence[Row], of: str, name: str) -> dict[str, str]:
    """What the first row that says it says of each warrant or team."""
    found: dict[str, str] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[of], row[name])
    return found


def _twice(texts: Iterable[str]) -> set[str]:
    return {text for text, times in Counter(texts).items() if text and times > 1}
