"""Reading Vite's manifest."""

import json

import pytest

from kavalan.casework.assets import Assets, AssetsNotBuiltError, built_assets


@pytest.fixture
def manifest(tmp_path):
    return tmp_path / "manifest.json"


def test_names_the_script_and_the_styles_of_the_entry(manifest):
    # The form that https://vite.dev/guide/backend-integration shows.
    entry = {"file": "assets/main-BRBmoGS9.js", "name": "main", "isEntry": True, "css": ["assets/main-5UjPuW-k.css"]}
    manifest.write_text(json.dumps({"src/main.ts": entry}))
    assert built_assets(manifest) == Assets("kavalan/assets/main-BRBmoGS9.js", ("kavalan/assets/main-5UjPuW-k.css",))


@pytest.mark.parametrize(
    "text", [None, "", "{", "{}", '{"src/main.ts": {}}'], ids=["absent", "empty", "cut", "no entry", "no file"]
)
def test_without_a_usable_manifest_it_says_what_to_run(manifest, text):
    if text is not None:
        manifest.write_text(text)
    with pytest.raises(AssetsNotBuiltError, match="make assets"):
        built_assets(manifest)
