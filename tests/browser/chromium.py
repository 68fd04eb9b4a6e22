"""Finding a Chromium, and watching what its pages do."""

import base64
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

# In milliseconds: a machine that does other work beside this one is slow, not wrong.
PATIENCE = 30_000

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "build" / "screens"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

# What the desk's officers sign in with besides the password, by badge; the fixture `desk` fills it in.
KEYS: dict[str, dict] = {}

# Without these it looks up its maker's hosts at every start; a test must be quiet on the network.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

# Chromium's own message names the policy; this one names what was refused.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`));
"""


def find_chromium():
    """The path of a Chromium, or None."""
    named = os.environ.get("KAVALAN_BROWSER")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    names += [str(ROOT / ".cache" / "debian" / "bin" / "chromium")]
    return next(filter(None, map(shutil.which, names)), None)


def launch(playwright, path):
    """A headless Chromium; as root its own sandbox cannot start, and the pages here are ours."""
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *root])


@dataclass
class Watch:
    """What pages did that they must not: asked another origin, warned on the console, failed to catch an error."""

    origin: str
    allowed: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)

    def over(self, context):
        """Watch every page of a browser context."""
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))

    def _request(self, request):
        scheme, host = urlsplit(request.url)[:2]
        if f"{scheme}://{host}" != self.origin:
            self._note(f"request to another origin: {request.url}")

    def _console(self, message):
        if message.type in {"error", "warning"}:
            self._note(f"console: {message.text}")

    def _note(self, fault):
        if not any(text in fault for text in self.allowed):
            self.faults.append(fault)


def axe_faults(page):
    """What axe-core finds against WCAG 2.2 AA and its own best practices, a line for each element.

    What it finds in order is not written down: that would take as long again.
    """
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    return page.evaluate(
        """async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations.flatMap(
            (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}: ${node.failureSummary}`))""",
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    )


def press_enter(page):
    """Press Enter on what has the focus, and wait until the page that it leads to has come.

    The keyboard alone waits for nothing, while a click waits: what is looked at next would be the page that goes, or
    none. To wait for an address is no help where the form leads back to its own.
    """
    with page.expect_navigation():
        page.keyboard.press("Enter")


def too_wide(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def keep_picture(page, name, *, whole=False):
    """Keep what the window shows, or the whole page, in `build/screens/`, for a person to look at.

    Where nobody looks, with `KAVALAN_PICTURES=none`, none is taken: a thousand of them take minutes.
    """
    if os.environ.get("KAVALAN_PICTURES") == "none":
        return
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", animations="disabled", full_page=whole)


def sign_in(page, badge, password):
    """Fill and send the sign-in form, and where the password was right, what the officer's app shows."""
    page.get_by_label("Badge").fill(badge)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    if page.get_by_role("textbox", name="Code").count():
        page.get_by_role("textbox", name="Code").fill(next_code(badge))
        page.get_by_role("button", name="Go on").click()


def next_code(badge):
    """A code that the desk takes: of an app's step that was not used yet, else a recovery code."""
    key = KEYS[badge]
    now = int(time.time()) // 30
    step = max(now - 1, key["used"] + 1)
    if step > now + 1:
        return key["recovery_codes"].pop()
    key["used"] = step
    secret = base64.b32decode(key["secret"])
    return TOTP(secret, 6, SHA1(), 30).generate(step * 30).decode()  # noqa: S303 what apps use
