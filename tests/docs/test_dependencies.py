"""`docs/dependencies.md` argues exactly what `pyproject.toml` asks for, and the locks name no registry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def argued() -> set[str]:
    return set(
        re.findall(
            r"^\| ([a-z0-9.-]+) \| (?!what for|licence)", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE
        )
    )


def wanted() -> set[str]:
    groups = PROJECT["dependency-groups"].values()
    lines = [*PROJECT["project"]["dependencies"], *(line for group in groups for line in group)]
    return {re.match(r"[a-z0-9.-]+", line).group() for line in lines}


def test_every_dependency_is_argued_and_nothing_else_is():
    assert argued() - {"package"} == wanted()


def test_no_lock_names_a_registry():
    for lock in [*(ROOT / "locks").iterdir(), ROOT / "web/package-lock.json"]:
        assert not re.search(r"https?://[^\"]*(\.tgz|\.whl|\.tar\.gz|simple)", lock.read_text()), lock.name


def test_every_locked_python_package_has_hashes():
    for lock in (ROOT / "locks").glob("*.txt"):
        for requirement in re.split(r"\n(?=\S)", lock.read_text().strip()):
            assert "--hash=sha256:" in requirement, f"{lock.name}: {requirement.splitlines()[0]}"
