"""Every command and every piece of Python that README and docs show is run, and what they print is what they show.

In a ```console block a line after `$ ` is a command, the lines below it its output, where `...` stands for anything.
The commands of a page run one after another in a folder that holds `photo.jpg`, `clip.mp4` and the `examples`. Its
```python blocks are run as one program. A ```sh block is for a machine of the reader's own; the `make` targets that
pages name are checked to exist.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pictures import write_clip, write_photo

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages(kind: str) -> list:
    """For each page that has blocks of a kind, all of them in their order."""
    found = []
    for page in PAGES:
        texts = [text for info, text in BLOCK.findall(page.read_text()) if info == kind]
        if texts:
            found.append(pytest.param("".join(texts), id=str(page.relative_to(ROOT))))
    return found


@pytest.fixture
def desk(tmp_path):
    write_photo(tmp_path / "photo.jpg")
    write_clip(tmp_path / "clip.mp4")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


def sessions(block: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts if part)]


def environment() -> dict[str, str]:
    programs = Path(sys.executable).parent
    return os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "TERM": "dumb",
        "NO_COLOR": "1",
    }


@pytest.mark.parametrize("shown_session", pages("console"))
def test_commands_of_a_page_print_what_it_shows(shown_session, desk):
    for command, shown in sessions(shown_session):
        done = subprocess.run(
            command, shell=True, cwd=desk, env=environment(), capture_output=True, text=True, check=False, timeout=300
        )
        wanted = re.escape(shown).replace(re.escape("..."), ".*?")
        assert re.fullmatch(wanted, done.stdout, re.DOTALL), f"$ {command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("program", pages("python"))
def test_python_of_a_page_runs(program, desk):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desk,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_every_make_target_that_a_page_names_exists():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"`make ([a-z-]+)", page.read_text())}
    assert named <= targets


def test_every_link_to_a_file_leads_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in PAGES
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
        if not (page.parent / link).exists()
    ]
    assert broken == []
