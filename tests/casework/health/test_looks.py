"""All looks together."""

from django.db import connection

from kavalan.casework.health import examine

from ..conftest import NOW


def test_a_sound_workspace_is_looked_at_from_all_sides(people, unlocked, workspace, settings):
    settings.KAVALAN_EVIDENCE = (workspace / "evidence",)
    found = list(examine(workspace, NOW))
    subjects = ["rights", "room", "volume", "leftovers", "keys", "keys", "evidence", "lists"]
    subjects += ["database", "form", "ledger", "vault", "clock", "ledger"]
    assert [finding.subject for finding in found] == subjects
    assert [finding for finding in found if finding.cure and finding.subject not in {"volume", "room"}] == []


def test_without_its_database_the_rest_is_looked_at_even_so(people, workspace, monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "HOST", str(workspace))
        elsewhere.setitem(connection.settings_dict, "NAME", "/nowhere/desk.sqlite3")
        connection.close()
        *found, last = examine(workspace, NOW)
    connection.close()
    assert (last.subject, bool(last.cure), len(found)) == ("database", True, 8)
