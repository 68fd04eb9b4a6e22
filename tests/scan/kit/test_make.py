"""A kit runs from where it lies: no Python of the machine, no environment, no network, nothing left behind."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.pictures import write_photo

from kavalan.scan.kit import try_kit, verify_kit
from kavalan.scan.manifest import read_public


def alone(*command, **more):
    """Run a program without environment and, where that is allowed here, without network and programs of Python."""
    unshare = ["unshare", "--net", "--map-root-user"]
    free = subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0
    return subprocess.run(
        [*(unshare if free else []), "env", "-i", "PATH=/usr/bin:/bin", "TERM=dumb", *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


def in_memory():
    """What the launcher has in memory at this moment."""
    return set(Path("/dev/shm").glob("kavalan-*"))  # noqa: S108 where the launcher writes


@pytest.fixture
def photo(tmp_path):
    (tmp_path / "exhibit").mkdir()
    return write_photo(tmp_path / "exhibit" / "photo.jpg")


def test_a_kit_tells_its_version_with_nothing_around_it(made):
    assert try_kit(made[0]) is None


def test_every_decoder_works_from_the_kit(made):
    done = alone("sh", made[0] / "kavalan", "doctor")
    assert done.returncode in {0, 1}, done.stderr  # memory and disk are the machine's matter
    shown = done.stdout.splitlines()
    decoders = [line for line in shown if "decodes" in line or "libheif" in line]
    assert len(decoders) == 9
    assert all(line.startswith("ok") for line in decoders), done.stdout


def test_a_folder_is_hashed_from_the_kit(made, photo):
    done = alone("sh", made[0] / "kavalan", "hash", "--json", photo.parent)
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert found["sha256"] == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert found["pdq"]


def test_the_lists_of_the_kit_are_asked_unless_others_are_named(made, photo):
    done = alone("sh", made[0] / "kavalan", "match", photo, "--lists", "known")
    assert done.returncode == 0, done.stderr
    assert "on none of the lists" in done.stdout


def test_running_changes_nothing_of_the_kit_and_leaves_nothing_in_memory(made, photo, maker):
    before = in_memory()
    alone("sh", made[0] / "kavalan", "hash", photo)
    assert in_memory() == before
    verdict = verify_kit(made[0], [maker.public])
    assert (verdict.faults, verdict.trusted) == ((), True)


def test_a_stick_without_rights_to_run_runs_from_memory(made, photo):
    program = next((made[0] / "python/bin").iterdir())
    program.chmod(0o644)
    done = alone("sh", made[0] / "kavalan", "--version")
    program.chmod(0o755)
    assert done.returncode == 0, done.stderr


def test_a_stick_mounted_noexec_says_which_command_helps(made):
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,noexec "$0" && exec sh "$0/kavalan" --version'
    tried = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, str(made[0])],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare:" in tried.stderr or "mount:" in tried.stderr.split("kavalan:")[0]:
        pytest.skip(f"mounting is not allowed here: {tried.stderr.strip()}")
    assert tried.returncode == 2
    assert f"mount -o remount,exec {made[0]}" in tried.stderr


def test_another_kind_of_machine_is_told_so(made, tmp_path):
    (tmp_path / "uname").write_text("#!/bin/sh\necho riscv64\n")
    (tmp_path / "uname").chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", made[0] / "kavalan", "--version"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "this machine is riscv64" in done.stderr


def test_no_name_of_a_builders_machine_is_in_the_compiled_modules(made):
    compiled = next((made[0] / "python").rglob("kavalan/scan/__pycache__/facts.*.pyc"))
    assert str(made[0]).encode() not in compiled.read_bytes()


def test_libraries_that_packages_bring_are_not_carried_a_second_time(made):
    brought = {path.name for path in (made[0] / "python").rglob("*.libs/*.so*")}
    assert brought
    assert not brought & {path.name for path in (made[0] / "python").rglob("shared/*")}


def test_the_readme_names_lists_and_what_is_needed(made):
    text = (made[0] / "README.txt").read_text()
    assert "known: Test Owner, version 2026-11, 2 entries" in text
    assert f"2.{made[1].c_library} or later" in text
    assert "@" not in text


def test_everything_is_named_but_the_record_itself(made):
    on_stick = {str(path.relative_to(made[0])) for path in made[0].rglob("*") if path.is_file()}
    assert on_stick - set(made[1].files) == {"kit.json", "kit.sig"}
    assert made[1].signer == read_public(made[0] / "kit.sig").fingerprint


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="no shellcheck here to ask")
def test_launchers_please_shellcheck(made):
    subprocess.run(["shellcheck", made[0] / "kavalan", made[0] / "scan.sh"], check=True)
