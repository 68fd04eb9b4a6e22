"""Reading the law from its files, strictly: a file that does not hold together is refused with its name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kavalan.law.errors import MalformedLawError
from kavalan.law.law import Law
from kavalan.law.model import Act, Clock, Code, Dated, Investigator, Rank, Section, fault_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_K = TypeVar("_K")
_T = TypeVar("_T")


class _ActFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: Act
    section: tuple[Section, ...] = ()
    clock: tuple[Clock, ...] = ()
    investigator: tuple[Investigator, ...] = ()


class _CodeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: tuple[Code, ...]


class _LadderFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ladder: str
    rank: tuple[Rank, ...]


@cache
def packaged_law() -> Law:
    """The law that comes with Kavalan, read once."""
    return load_law(files("kavalan.law") / "data")


def load_law(folder: Traversable) -> Law:
    """The law of a folder: `codes.toml`, one file for each act in `acts/`, one for each ladder in `ranks/`.

    Raises:
        MalformedLawError: something is unknown, missing, given twice, overlaps, has a gap, or lies outside of its act.
    """
    acts: dict[str, Act] = {}
    sections: dict[tuple[str, str], Section] = {}
    clocks: dict[str, tuple[Clock, ...]] = {}
    investigators: dict[str, tuple[Investigator, ...]] = {}
    ladders = _ladders(folder / "ranks")
    for file in _tables(folder / "acts"):
        read = _read(file, _ActFile)
        act = read.act
        _once(acts, {act.id: act}, file.name)
        _check(file.name, act, act.id, (act,))
        _once(sections, _sections_of(read, file.name), file.name)
        _once(clocks, _clocks_of(read, file.name), file.name)
        _once(investigators, _investigators_of(read, ladders, file.name), file.name)
    return Law(acts, _codes(folder / "codes.toml", acts), sections, clocks, investigators, ladders)


def _tables(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)


def _read(file: Traversable, form: type[_T]) -> _T:
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), form)
    except (OSError, ValueError) as error:  # msgspec's and TOML's faults are ValueErrors
        raise MalformedLawError(file.name, str(error)) from error


def _once(table: dict[_K, _T], more: dict[_K, _T], file: str) -> None:
    for key, value in more.items():
        if key in table:
            raise MalformedLawError(file, f"{key} is there already")
        table[key] = value


def _sections_of(read: _ActFile, file: str) -> dict[tuple[str, str], Section]:
    found: dict[tuple[str, str], Section] = {}
    for section in read.section:
        _check(file, read.act, f"section {section.number}", section.version)
        _once(found, {(read.act.id, section.number): section}, file)
    return found


def _clocks_of(read: _ActFile, file: str) -> dict[str, tuple[Clock, ...]]:
    found: dict[str, tuple[Clock, ...]] = {}
    for name, versions in groupby(read.clock, key=lambda clock: clock.id):
        _once(found, {name: tuple(versions)}, file)
        _check(file, read.act, f"clock {name}", found[name])
    return found


def _investigators_of(
    read: _ActFile, ladders: dict[str, tuple[Rank, ...]], file: str
) -> dict[str, tuple[Investigator, ...]]:
    if not read.investigator:
        return {}
    _check(file, read.act, "investigator", read.investigator)
    for one in read.investigator:
        if one.least not in {rank.id for rank in ladders.get(one.ladder, ())}:
            raise MalformedLawError(file, f"investigator: {one.ladder} has no rank {one.least}")
    return {read.act.id: read.investigator}


def _check(file: str, act: Act, name: str, versions: tuple[Dated, ...]) -> None:
    """Versions follow one another, within the time of their act."""
    fault = fault_of(versions)
    if fault is not None:
        raise MalformedLawError(file, f"{name}: {fault}")
    first, last = versions[0].since, versions[-1].until
    if act.since is not None and (first is None or first < act.since):
        raise MalformedLawError(file, f"{name} begins before its act")
    if act.until is not None and (last is None or last > act.until):
        raise MalformedLawError(file, f"{name} ends after its act")


def _codes(file: Traversable, acts: dict[str, Act]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for code in _read(file, _CodeFile).code:
        missing = [name for name in code.acts if name not in acts]
        if missing:
            raise MalformedLawError(file.name, f"{code.id}: no file for the act {missing[0]}")
        fault = fault_of(tuple(acts[name] for name in code.acts))
        if fault is not None:
            raise MalformedLawError(file.name, f"{code.id}: {fault}")
        _once(found, {code.id: code}, file.name)
    return found


def _ladders(folder: Traversable) -> dict[str, tuple[Rank, ...]]:
    found: dict[str, tuple[Rank, ...]] = {}
    for file in _tables(folder):
        read = _read(file, _LadderFile)
        names: dict[str, Rank] = {}
        for rank in read.rank:
            fault = fault_of((rank,))
            if fault is not None:
                raise MalformedLawError(file.name, f"{rank.id}: {fault}")
            _once(names, {rank.id: rank}, file.name)
        _once(found, {read.ladder: tuple(sorted(read.rank, key=lambda rank: rank.order))}, file.name)
    return found
