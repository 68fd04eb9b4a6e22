"""The guide and the tour name pages and commands that are there, and an officer of each role finds one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from typer.main import get_command

from kavalan.cli.main import app

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = sorted((DOCS / "guide").glob("*.md"))
PAGES = [*GUIDE, DOCS / "tour.md"]
ADDRESS = re.compile(r"(?<=`)/(?:[a-z0-9-]+/)*(?=`)")
COMMAND = re.compile(r"`kavalan\s+([^`]*)`")
PICTURE = re.compile(r"^<!-- picture ([a-z-]+) (\S+) -->$", re.MULTILINE)


def known(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def words_of(text: str) -> list[str]:
    """The commands of which a text speaks, without options and what they are given."""
    return [word for word in text.split() if re.fullmatch("[a-z]+", word)]


def unknown_in(text: str) -> str:
    """The word that is no command; empty where all are."""
    command = get_command(app)
    for word in words_of(text):
        if word not in getattr(command, "commands", {}):
            return word
        command = command.commands[word]
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_address_of_a_page_is_a_route(page):
    text = page.read_text()
    named = {*ADDRESS.findall(text), *(address for _, address in PICTURE.findall(text) if "{" not in address)}
    assert [address for address in sorted(named) if not known(address)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_a_page_is_there(page):
    named = COMMAND.findall(page.read_text())
    assert {text: word for text in named if (word := unknown_in(text))} == {}


def test_index_leads_to_every_page_of_the_guide():
    index = (DOCS / "guide" / "README.md").read_text()
    assert [page.name for page in GUIDE if page.name != "README.md" and f"({page.name})" not in index] == []
