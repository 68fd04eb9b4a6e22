"""The ground under `make`: what is missing is named with the way to get it, what is there is left alone."""

from __future__ import annotations

import pytest

from tools import debian, ground


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Nothing of this checkout is touched, nothing is fetched."""
    monkeypatch.setattr(ground, "DONE", tmp_path / "done")
    monkeypatch.setattr(debian, "CACHE", tmp_path / "debian")
    monkeypatch.setattr(debian, "UNPACKED", tmp_path / "debian" / "root")
    monkeypatch.setattr(debian, "is_root", lambda: False)


def refuse(*_):
    raise debian.AptError("apt-get is not on this machine")


def test_part_that_is_there_is_marked_done(monkeypatch, tmp_path):
    monkeypatch.setitem(ground.PARTS, "browser", lambda: None)
    assert ground.main(["browser"]) == 0
    assert (tmp_path / "done" / "browser").exists()


def test_missing_part_is_named_and_not_marked_done(monkeypatch, tmp_path, capsys):
    def missing():
        raise ground.MissingError("chromium, for the browser tests")

    monkeypatch.setitem(ground.PARTS, "browser", missing)
    assert ground.main(["browser"]) == 0
    assert "MISSING browser: chromium, for the browser tests" in capsys.readouterr().out
    assert not (tmp_path / "done" / "browser").exists()


def test_missing_part_that_nothing_works_without_is_a_failure(monkeypatch):
    def missing():
        raise ground.MissingError("PyPI cannot be reached")

    monkeypatch.setitem(ground.PARTS, "venv", missing)
    assert ground.main(["venv"]) == 1


def test_unknown_part_is_refused_with_the_known_ones(capsys):
    assert ground.main(["kitchen"]) == 2
    assert "known are venv, peers, web" in capsys.readouterr().out


def test_browser_that_the_environment_names_wrongly_is_said(monkeypatch):
    monkeypatch.setenv("KAVALAN_BROWSER", "/no/such/browser")
    with pytest.raises(ground.MissingError, match="KAVALAN_BROWSER=/no/such/browser is not a program"):
        ground.provide_browser()


def test_program_without_apt_is_named_with_its_package(monkeypatch):
    monkeypatch.delenv("KAVALAN_BROWSER", raising=False)
    monkeypatch.setattr(ground.shutil, "which", lambda _: None)
    monkeypatch.setattr(debian, "closure", refuse)
    with pytest.raises(ground.MissingError, match="apt-get install chromium"):
        ground.provide_browser()


def test_wrapper_runs_the_unpacked_program_with_its_libraries(tmp_path):
    programs = debian.UNPACKED / "usr" / "bin"
    libraries = debian.UNPACKED / "usr" / "lib" / "here"
    for folder in (programs, libraries):
        folder.mkdir(parents=True)
    (libraries / "libthing.so.1").touch()
    program = programs / "thing"
    program.write_text('#!/bin/sh\necho "$LD_LIBRARY_PATH $1"\n')
    program.chmod(0o755)
    debian.wrap(programs)
    shown = ground.subprocess.run([debian.CACHE / "bin" / "thing", "word"], capture_output=True, text=True, check=True)
    assert shown.stdout == f"{libraries} word\n"


def test_only_judges_that_are_lacking_are_fetched(monkeypatch):
    asked = []
    monkeypatch.setattr(ground, "_found", lambda program: program != "fls")
    monkeypatch.setattr(debian, "is_root", lambda: True)
    monkeypatch.setattr(debian, "install", asked.append)
    ground.provide_judges()
    assert asked == [["sleuthkit"]]


def test_judges_that_cannot_be_fetched_are_named(monkeypatch):
    def offline(packages):
        raise debian.AptError("no route")

    monkeypatch.setattr(ground, "_found", lambda program: program not in {"fls", "mcopy"})
    monkeypatch.setattr(debian, "is_root", lambda: True)
    monkeypatch.setattr(debian, "install", offline)
    with pytest.raises(ground.MissingError, match="mtools sleuthkit"):
        ground.provide_judges()
