"""WhatsApp's own lines in other languages than English."""

import tomllib
from importlib.resources import files

import pytest

from kavalan.chats import Act
from tests.chats.heard import hear

TABLE = tomllib.loads((files("kavalan.chats.whatsapp") / "data" / "lines.toml").read_text("utf-8"))
NAMED = {
    "actor": "Asha",
    "targets": "Ravi",
    "value": "Boats: two",
    "before": "Boats",
    "number": "+44 7700 900123",
    "rest": "Tap.",
}


def lines(*bodies):
    return hear("".join(f"13/03/2025, 10:{n:02} - {body}\n" for n, body in enumerate(bodies)))


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_every_line_of_the_table_is_understood_as_what_it_says(language):
    rows = [row for row in TABLE["line"] if row["language"] == language]
    heard = lines(*(row["says"].format_map(NAMED) for row in rows))
    assert [one.act for one in heard.events] == [row["act"] for row in rows]
    for row, event in zip(rows, heard.events, strict=True):
        assert event.source == f"whatsapp/{language}/{row['act']}"
        assert event.actor == (row.get("actor") or ("Asha" if "{actor}" in row["says"] else "")), row
        assert event.targets == ((row.get("targets") or ("Ravi" if "{targets}" in row["says"] else "")),) * (
            "{targets}" in row["says"] or "targets" in row
        ), row
    assert {one.sender_name for one in heard.messages} == {""}


def test_every_line_names_a_source_that_is_listed_and_how_sure_it_is():
    assert {row["source"] for row in TABLE["line"]} <= set(TABLE["sources"])
    assert {row["mark"] for row in TABLE["line"]} == {"V", "S", "M"}
    assert {row["act"] for row in TABLE["line"]} <= set(Act)


@pytest.mark.parametrize(
    ("said", "targets"),
    [
        ("Asha hat Ravi, Bina und +44 7700 900123 hinzugefügt.", ("Ravi", "Bina", "+44 7700 900123")),
        ("Asha añadió a Ravi y a Bina", ("Ravi", "Bina")),
        ("Asha adicionou Ravi e Bina", ("Ravi", "Bina")),
        ("Asha a ajouté Ravi et Bina", ("Ravi", "Bina")),
    ],
)
def test_several_names_are_told_apart(said, targets):
    assert lines(said).events[0].targets == targets


def test_the_exporter_is_one_account_in_every_language():
    heard = lines("Du hast Ravi hinzugefügt.", "You added Bina")
    assert heard.events[0].actor_id == heard.events[1].actor_id


def test_what_a_person_writes_is_theirs_in_any_language():
    heard = lines("Ravi: Asha hat Bina hinzugefügt.", "Ravi: Asha saiu")
    assert [one.kind for one in heard.messages] == ["text", "text"]
    assert not heard.events


def test_what_stands_for_content_is_known_in_other_languages():
    heard = lines(
        "Ravi: Diese Nachricht wurde gelöscht.",
        "Ravi: Se eliminó este mensaje",
        "Ravi: Videollamada perdida",
        "Ravi: Standort: https://maps.google.com/?q=1.5,2.5",
        "Ravi: Mensagem apagada, diz ele",
    )
    assert [one.kind for one in heard.messages] == ["deleted", "deleted", "call", "location", "text"]


def test_what_stands_alone_in_brackets_again_and_again_is_a_file_left_out_in_the_exports_own_words():
    heard = lines(*["Ravi: <ఫైల్ లేదు>"] * 3, "Asha: <ఒక పడవ>", "Asha: see <ఫైల్ లేదు>")
    assert [(one.kind, one.media_note) for one in heard.messages] == [("media", "ఫైల్ లేదు")] * 3 + [("text", "")] * 2
    assert heard.messages[0].text == "<ఫైల్ లేదు>"
