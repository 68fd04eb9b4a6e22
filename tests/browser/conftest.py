"""A desk as it is deployed, a workspace in a folder behind gunicorn, and a real browser in front of it."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.chromium import AXE, DESKTOP, KEYS, PATIENCE, ROOT, Watch, find_chromium, launch, sign_in
from tests.browser.furnish import PASSPHRASE
from tests.browser.traces import Trace

from kavalan.casework import keys
from kavalan.casework.assets import MANIFEST

HERE = Path(__file__).parent
TRACE = pytest.StashKey[Trace]()


@dataclass(frozen=True)
class Desk:
    """A running desk: its origin, what `furnish.py` put there (badge, password, addresses), and its environment."""

    origin: str
    furniture: dict[str, str]
    environment: dict[str, str]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.node)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """With a failure in front of a browser goes what its pages showed; they are closed only after this."""
    report = yield
    trace = item.stash.get(TRACE, None)
    if report.failed and report.when == "call" and trace:
        report.sections.append(("browser", trace.keep()))
    return report


@pytest.fixture(scope="session")
def chromium():
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium: set KAVALAN_BROWSER, or install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    if not (MANIFEST.exists() and AXE.exists()):
        pytest.skip("the web assets are not built: run `make assets`")
    folder = tmp_path_factory.mktemp("desk")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        own = {"KAVALAN_ORIGIN": origin, "KAVALAN_EVIDENCE": str(folder / "evidence")}
        environment = {**os.environ, **own, "KAVALAN_WORKSPACE": str(folder / "workspace")}
        environment.pop("DATABASE_URL", None)
        furniture = subprocess.run(
            [sys.executable, "-m", "tests.browser.furnish", "make", folder],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        held = keys.hand_over(keys.unlock(folder / "workspace", PASSPHRASE.encode()))
        with (folder / "log").open("wb") as log, os.fdopen(held):
            server = serve(listener, environment | {keys.DESCRIPTOR: str(held)}, log, held)
            try:
                wait_until_answers(listener, folder / "log")
                furnished = json.loads(furniture)
                KEYS.update(furnished.pop("keys"))
                yield Desk(origin, furnished, own)
            finally:
                server.terminate()
                server.wait(20)


def serve(listener, environment, log, held):
    """Gunicorn on a socket that is listening already, so that no other process takes its port in between.

    `held` is the descriptor of the workspace's keys.
    """
    descriptor = listener.fileno()
    options = ["--bind", f"fd://{descriptor}", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    program = shutil.which("gunicorn", path=str(Path(sys.executable).parent))
    command = [program, *options, "kavalan.casework.wsgi"]
    return subprocess.Popen(command, env=environment, pass_fds=[descriptor, held], stdout=log, stderr=log)


def wait_until_answers(listener, log):
    """Return at the first answer, whatever it says; fail with the desk's log if none comes."""
    connection = http.client.HTTPConnection(*listener.getsockname(), timeout=60)
    try:
        connection.request("GET", "/sign-in/")
        connection.getresponse()
    except OSError:
        pytest.fail(f"the desk does not answer:\n{log.read_text()}")
    finally:
        connection.close()


@pytest.fixture
def open_page(chromium, desk, request):
    """Opens pages in windows of their own, and fails the test for what any of them did that none may."""
    watch = Watch(desk.origin)
    trace = request.node.stash[TRACE] = Trace(request.node.nodeid)

    def open_one(address="/", allowed=(), **options):
        watch.allowed += allowed
        context = chromium.new_context(base_url=desk.origin, **{"viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE)
        trace.over(context)
        watch.over(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_one
    trace.close()
    assert watch.faults == []


@pytest.fixture(scope="session")
def session(chromium, desk):
    """The cookies of the desk's officer, who signed in once."""
    with chromium.new_context(base_url=desk.origin) as context:
        page = context.new_page()
        page.goto("/sign-in/")
        sign_in(page, desk.furniture["badge"], desk.furniture["password"])
        page.get_by_role("button", name="Sign out").wait_for()
        return context.storage_state()


@pytest.fixture
def open_signed_in(open_page, session):
    """Opens a page as the officer of the desk, who has signed in."""

    def open_one(address="/", **options):
        return open_page(address, storage_state=session, **options)

    return open_one
