"""`kavalan doctor`: each fault with its cure."""

from __future__ import annotations

import pytest
import typer
from tests.cli.desk import desk, kavalan

from kavalan import sandbox
from kavalan.cli import doctor
from kavalan.sandbox import Confinement, SandboxError


def findings(look) -> dict[str, doctor.Finding]:
    return {finding.subject: finding for finding in look()}


def test_every_picture_format_decodes_in_the_sandbox():
    found = findings(doctor._pictures)
    assert set(found) == {"JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"}
    assert all(finding.text == "decodes" for finding in found.values())


def test_video_decodes_in_the_sandbox():
    assert findings(doctor._videos)["video"].cure is None


def test_heic_has_its_decoder():
    assert findings(doctor._heic)["HEIC"].cure is None


def test_kernel_that_grants_nothing_is_a_fault_with_its_cure(monkeypatch):
    monkeypatch.setattr(sandbox, "probe", lambda: Confinement(landlock=0, seccomp=False))
    finding = findings(doctor._sandbox)["sandbox"]
    assert finding.text == "limits only"
    assert "Linux 5.13" in finding.cure


def test_workers_that_cannot_start_are_a_fault(monkeypatch):
    def refuse():
        raise SandboxError("no interpreter")

    monkeypatch.setattr(sandbox, "probe", refuse)
    assert findings(doctor._sandbox)["sandbox"].cure


def test_a_fault_ends_with_1(monkeypatch, capsys):
    monkeypatch.setattr(sandbox, "probe", lambda: Confinement(landlock=0, seccomp=False))
    with pytest.raises(typer.Exit) as ended:
        doctor.doctor()
    assert ended.value.exit_code == 1
    assert "FAULT  sandbox    limits only" in capsys.readouterr().out


def test_a_workspace_is_looked_at_too_and_its_faults_count(tmp_path):
    workspace = desk(tmp_path / "w")
    (workspace / "secret-key").chmod(0o644)
    done = kavalan("doctor", "--workspace", workspace)
    assert done.returncode == 1
    assert f"FAULT  rights     {workspace / 'secret-key'} is open to others (044)" in done.stdout
    assert f"chmod go= {workspace / 'secret-key'}" in done.stdout


def test_a_folder_that_is_no_workspace_ends_with_2(tmp_path):
    done = kavalan("doctor", "--workspace", tmp_path)
    assert (done.returncode, "is not a workspace" in done.stderr) == (2, True)
