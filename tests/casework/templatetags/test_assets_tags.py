"""`{% load assets %}`."""

import json

import pytest
from django.template import Context, Template

from kavalan.casework.assets import AssetsNotBuiltError
from kavalan.casework.templatetags import assets as tags


@pytest.fixture
def manifest(tmp_path, monkeypatch):
    path = tmp_path / "manifest.json"
    monkeypatch.setattr(tags, "MANIFEST", path)
    return path


def render(tag):
    return Template("{% load assets %}{% " + tag + " %}").render(Context())


def test_links_styles_and_script_as_files(manifest):
    manifest.write_text(json.dumps({"src/main.ts": {"file": "assets/m.js", "css": ["assets/m.css"]}}))
    assert render("asset_tags") == (
        '<link rel="stylesheet" href="/static/kavalan/assets/m.css">\n'
        '<script type="module" src="/static/kavalan/assets/m.js"></script>'
    )


def test_a_page_without_built_assets_fails_with_the_reason(manifest):
    with pytest.raises(AssetsNotBuiltError):
        render("asset_tags")


def test_the_page_of_a_fault_does_without_them(manifest):
    assert render("asset_tags_if_built") == ""


def test_page_on_which_no_program_is_to_run_links_the_styles_alone(manifest):
    manifest.write_text(json.dumps({"src/main.ts": {"file": "assets/m.js", "css": ["assets/m.css"]}}))
    assert render("style_tags") == '<link rel="stylesheet" href="/static/kavalan/assets/m.css">'
