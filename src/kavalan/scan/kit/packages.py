"""The Python packages that a scan needs, and their files, by what the environment knows of itself.

Wanted is what the installation of Kavalan requires, with those of its extras that are complete here, and what its
modules import (a checkout's metadata are as old as its installation), less what only the desk uses.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kavalan
from kavalan.scan.kit.errors import KitError

_DESK: Final = frozenset({"argon2-cffi", "django", "gunicorn", "psycopg", "whitenoise"})
"""Pages, sign-in and the server's database: nothing of them belongs on a stick that goes to a stranger's machine."""

_ROOMS_OF_THE_DESK: Final = frozenset({"casework"})
_LEFT_OUT = re.compile(r"(^|/)(__pycache__|tests?|testing/tests)/")


@dataclass(frozen=True, slots=True)
class Carried:
    """A file of a package.

    Attributes:
        source: where it lies.
        name: where it lies among the packages, parts separated by `/`.
    """

    source: Path
    name: str


def wanted() -> dict[str, Distribution]:
    """Every package that is carried, by its name, Kavalan itself left out.

    Raises:
        KitError: one is required and not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = [*_required(), *(Requirement(name) for name in sorted(_imported()))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        mark = name, frozenset(requirement.extras)
        if name in _DESK or name == "kavalan" or mark in seen:
            continue
        seen.add(mark)
        found[name] = _installed(name)
        waiting += _needs(found[name], requirement.extras)
    return dict(sorted(found.items()))


def files_of(package: Distribution) -> Iterator[Carried]:
    """The files of an installed package, tests and programs left out.

    Raises:
        KitError: the environment does not know them.
    """
    files = package.files
    if files is None:
        raise KitError(package.name, "was installed without a record of its files; install it with pip")
    for file in files:
        name = file.as_posix()
        if ".." not in file.parts and not file.is_absolute() and not _LEFT_OUT.search(name) and file.suffix != ".pth":
            yield Carried(Path(str(file.locate())), name)


def files_of_kavalan() -> Iterator[Carried]:
    """The modules of Kavalan, those of the desk left out, with its licence and its version's metadata."""
    for root in map(Path, kavalan.__path__):
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root)
            if path.is_file() and name.parts[0] not in _ROOMS_OF_THE_DESK and "__pycache__" not in name.parts:
                yield Carried(path, f"kavalan/{name.as_posix()}")
    for carried in files_of(distribution("kavalan")):
        if re.fullmatch(r"kavalan-[^/]+\.dist-info/(METADATA|licenses/.*)", carried.name):
            yield carried


def _required() -> Iterator[Requirement]:
    """What Kavalan requires; an extra is carried where all of it is installed."""
    own = distribution("kavalan")
    yield from _needs(own, set())
    for extra in own.metadata.get_all("Provides-Extra") or []:
        more = list(_needs(own, {extra}))
        if all(_is_installed(requirement.name) for requirement in more):
            yield from more


def _needs(package: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for text in package.requires or []:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield requirement


def _imported() -> set[str]:
    """Packages whose modules Kavalan's own modules import, wherever in them."""
    owners = packages_distributions()
    modules: set[str] = set()
    for carried in files_of_kavalan_modules():
        for node in ast.walk(ast.parse(carried.read_bytes())):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    return {name for module in modules for name in owners.get(module, [])}


def files_of_kavalan_modules() -> Iterator[Path]:
    """The modules of Kavalan that are carried."""
    for root in map(Path, kavalan.__path__):
        for path in sorted(root.rglob("*.py")):
            if path.relative_to(root).parts[0] not in _ROOMS_OF_THE_DESK:
                yield path


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise KitError(name, "is required and not installed; repair the installation of Kavalan first") from None


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
