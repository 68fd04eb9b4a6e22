"""The guide's pictures: what each page of it shows, taken at the furnished desk, in `build/guide` beside its text.

In `docs/guide` a line `<!-- picture NAME ADDRESS -->` stands where a picture belongs; no picture is committed.
"""

from pathlib import Path

import pytest
from tests.browser.chromium import ROOT
from tests.docs.test_guide import GUIDE, PICTURE

BUILT = ROOT / "build" / "guide"


@pytest.mark.parametrize(
    "guide", [page for page in GUIDE if PICTURE.search(page.read_text())], ids=lambda one: one.stem
)
def test_pictures_of_the_guide(open_signed_in, desk, guide: Path):
    text = guide.read_text()
    page = open_signed_in()
    BUILT.mkdir(parents=True, exist_ok=True)
    for name, address in PICTURE.findall(text):
        answer = page.goto(address.format(**desk.furniture))
        assert answer.ok, address
        page.evaluate("document.fonts.ready")
        page.screenshot(path=BUILT / f"{name}.png", animations="disabled")
    (BUILT / guide.name).write_text(PICTURE.sub(r"![The page \2](\1.png)", text))
