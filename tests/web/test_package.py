"""`web/package.json` and its lock: exact, and silent about where packages come from."""

import json
import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
PACKAGE = json.loads((WEB / "package.json").read_text())
LOCK = json.loads((WEB / "package-lock.json").read_text())


def test_every_version_is_exact():
    versions = {**PACKAGE["dependencies"], **PACKAGE["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_lock_names_no_registry():
    assert [name for name, entry in LOCK["packages"].items() if "resolved" in entry] == []


def test_the_lock_holds_a_digest_of_every_package():
    assert [name for name, entry in LOCK["packages"].items() if name and "integrity" not in entry] == []


def test_the_lock_has_the_build_tools_of_both_machines():
    for tool in ("@rolldown/binding", "lightningcss", "@biomejs/cli", "@typescript/typescript"):
        for machine in ("linux-x64", "linux-arm64"):
            assert any(name.startswith(f"node_modules/{tool}-{machine}") for name in LOCK["packages"])


def test_the_lock_holds_every_part_that_its_packages_name():
    # `npm ci` refuses a lock without them, which npm writes where a registry lacks a part for some other machine.
    named = {part for entry in LOCK["packages"].values() for part in entry.get("optionalDependencies", {})}
    assert [part for part in named if f"node_modules/{part}" not in LOCK["packages"]] == []
