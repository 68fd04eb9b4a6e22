"""Which files are tables of ALEAPP and iLEAPP."""

from kavalan.chats.candidates import Candidate
from kavalan.chats.leapp.artifact import artifact_of, artifacts
from kavalan.chats.leapp.recognise import tables
from tests.chats.leapp.made import CALLS, EVENTS, MESSAGES, written


def test_all_known_tables_of_a_folder_are_one_source():
    def candidate(name, header):
        return Candidate(name, 100, written(header)[:4096])

    found = list(
        tables(
            [
                candidate("r/_TSV Exports/WhatsApp - System Events.tsv", EVENTS),
                candidate("r/_TSV Exports/WhatsApp - Group Messages.tsv", MESSAGES),
                candidate("r/_TSV Exports/Battery.tsv", ["Time", "Level"]),
                candidate("other/Call logs.tsv", CALLS),
                candidate("r/notes.txt", MESSAGES),
            ]
        )
    )
    assert [one.names for one in found] == [
        ("r/_TSV Exports/WhatsApp - Group Messages.tsv", "r/_TSV Exports/WhatsApp - System Events.tsv"),
        ("other/Call logs.tsv",),
    ]


def test_every_table_is_known_by_its_columns():
    for one in artifacts():
        assert artifact_of(f"{one.name}.tsv", [*one.columns, "another"]) == one
        assert one.columns
