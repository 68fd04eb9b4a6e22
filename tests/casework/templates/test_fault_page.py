"""`500.html`, which must come out whatever else is broken."""

from django.template.loader import render_to_string

from kavalan.casework.templatetags import assets as tags


def test_it_needs_neither_a_request_nor_built_assets(tmp_path, monkeypatch):
    monkeypatch.setattr(tags, "MANIFEST", tmp_path / "absent.json")
    page = render_to_string("500.html")
    assert "<h1>The desk made a mistake</h1>" in page
    assert "stylesheet" not in page
