"""`kavalan serve` in front of a browser: what an officer asks for on a page, the worker does."""

import json
import os
import re
import subprocess
import sys

import pytest
from tests.browser.chromium import AXE, DESKTOP, KEYS, ROOT, Watch, sign_in
from tests.browser.furnish import PASSPHRASE

from kavalan.casework.assets import MANIFEST


@pytest.fixture
def served(tmp_path):
    """The furnished desk under its supervisor: its origin and what stands in it."""
    if not (MANIFEST.exists() and AXE.exists()):
        pytest.skip("the web assets are not built: run `make assets`")
    own = {"KAVALAN_EVIDENCE": str(tmp_path / "evidence"), "KAVALAN_WORKSPACE": str(tmp_path / "workspace")}
    environment = {**os.environ, **own}
    environment.pop("DATABASE_URL", None)
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.furnish", "make", tmp_path],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    furniture = json.loads(made.stdout)
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    options = ["--bind", "127.0.0.1:0", "--decoders", "2", "--passphrase-file", passphrase]
    command = [sys.executable, "-m", "kavalan", "serve", *options]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        port = re.search(r"listening at 127\.0\.0\.1:(\d+)", process.stderr.readline())[1]
        yield f"http://127.0.0.1:{port}", furniture
    finally:
        process.terminate()
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "IMG_" not in told
    assert furniture["folder"] not in told


def test_a_scan_that_is_started_on_the_page_ends(chromium, served):
    origin, furniture = served
    before = dict(KEYS)
    KEYS.update(furniture["keys"])
    watch = Watch(origin)
    with chromium.new_context(base_url=origin, viewport=DESKTOP) as context:
        context.set_default_timeout(60_000)
        watch.over(context)
        page = context.new_page()
        page.goto("/sign-in/")
        sign_in(page, furniture["badge"], furniture["password"])
        page.get_by_role("button", name="Sign out").wait_for()
        page.goto(furniture["unscanned"])
        page.get_by_role("button", name="Start the scan").click()
        page.locator(".progress", has_text="done").wait_for()
        page.get_by_role("link", name="Load the list").click()
        page.get_by_role("region", name="Items").wait_for()
    KEYS.clear()
    KEYS.update(before)
    assert watch.faults == []
