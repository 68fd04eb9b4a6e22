"""What `npm run build` leaves in `casework/static/kavalan/`."""

import re

import pytest

from kavalan.casework.assets import MANIFEST, built_assets

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(not MANIFEST.exists(), reason="the web assets are not built (make assets)"),
]


def test_every_file_is_named_after_its_content():
    assets = built_assets(MANIFEST)
    for name in (assets.script, *assets.styles):
        assert re.fullmatch(r"kavalan/assets/main-[\w-]{8}\.(js|css)", name)


def test_styles_embed_nothing_and_reach_nowhere():
    for name in built_assets(MANIFEST).styles:
        text = (MANIFEST.parents[1] / name).read_text()
        assert re.findall(r"@import|data:|https?:|//", text) == []
