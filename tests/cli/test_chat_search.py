"""`kavalan chats search` and `kavalan chats terms`: what is found, by what, and how it ends."""

import json

import pytest
from tests.chats.heard import hear
from typer.testing import CliRunner

from kavalan.chats import Batch, Source, Writer
from kavalan.cli.chats import app

TEXTS = ["വള്ളം വന്നു", "a network \u202eok", "the boats go out"]


@pytest.fixture
def run(tmp_path):
    text = "".join(f"13/03/2025, 10:00 - Asha: {one}\n" for one in TEXTS)
    said = hear(text)
    source = Source("0" * 64, len(text), "a.txt", "whatsapp-text", "FIR 1", "A", "2026-01-01", "1")
    with Writer(tmp_path / "store", source) as writer:
        people, chats = list(said.accounts.values()), list(said.conversations.values())
        writer.add(Batch(said.messages, said.events, said.named, chats, people))
        writer.finish(said.reading)

    def run(command, *arguments):
        return CliRunner().invoke(app, [command, str(tmp_path), *map(str, arguments)])

    return run


def test_a_word_is_found_by_its_sound_and_that_is_said(run):
    done = run("search", "--sounds-like", "vallam")
    assert (done.exit_code, done.stdout.splitlines()[0].endswith("Asha: വള്ളം വന്നു [sounds like: വള്ളം]")) == (0, True)
    told = json.loads(run("search", "--sounds-like", "vallam", "--json").stdout)
    assert (told["text"], told["sounds_like"]) == (TEXTS[0], ["വള്ളം"])


def test_one_way_of_asking_must_be_said(run):
    assert run("search").exit_code == 2
    assert run("search", "--words", "a", "--sounds-like", "boats").exit_code == 2
    assert run("search", "--sounds-like", "a").exit_code == 2


def test_terms_of_a_list_are_found_and_shown_harmlessly(run, tmp_path):
    (tmp_path / "terms.txt").write_text("# our list\nnet*\tgear\nvallam\nവള്ളം\n")
    done = run("terms", "--terms", tmp_path / "terms.txt")
    assert done.exit_code == 0
    assert [line.partition("| ")[2] for line in done.stdout.splitlines()] == [
        "Asha: വള്ളം വന്നു [terms: വള്ളം]",
        "Asha: a network \\u202eok [terms: net (gear)]",
    ]
    told = json.loads(run("terms", "--terms", tmp_path / "terms.txt", "--json").stdout.splitlines()[1])
    assert told["terms"] == [{"start": 2, "end": 5, "text": "net", "label": "gear"}]


@pytest.mark.parametrize(
    ("listed", "code"), [(b"train\n", 1), (b"# none\n", 2), (b"**\n", 2), (b"\xff\n", 2), (None, 2)]
)
def test_how_it_ends_where_nothing_is_found_or_the_list_cannot_be_read(run, tmp_path, listed, code):
    if listed is not None:
        (tmp_path / "terms.txt").write_bytes(listed)
    assert run("terms", "--terms", tmp_path / "terms.txt").exit_code == code
