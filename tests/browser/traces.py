"""What the pages of one test did, kept in `build/failures/` where the test failed."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Error
from tests.browser.chromium import ROOT

FAILURES = ROOT / "build" / "failures"


@dataclass
class Trace:
    """The windows that one test opened, and what they asked, were told and wrote on the console."""

    test: str
    contexts: list = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def over(self, context):
        """Trace every page of a browser context."""
        self.contexts.append(context)
        context.on("request", lambda one: self.lines.append(f"ask {one.method} {one.url}"))
        context.on("response", lambda one: self.lines.append(f"told {one.status} {one.url}"))
        context.on("requestfailed", lambda one: self.lines.append(f"failed {one.failure} {one.url}"))
        context.on("console", lambda one: self.lines.append(f"console {one.type}: {one.text}"))
        context.on("weberror", lambda one: self.lines.append(f"uncaught: {one.error}"))

    def keep(self):
        """Keep picture, source and history of each page; the text says where, and at which addresses they stood."""
        folder = FAILURES / re.sub(r"[^\w.-]+", "-", self.test)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "history.txt").write_text("\n".join(self.lines))
        pages = [page for context in self.contexts for page in context.pages]
        told = [_keep_page(page, folder / str(number)) for number, page in enumerate(pages, start=1)]
        return "\n".join([f"kept in {folder}", *told, *self.lines[-20:]])

    def close(self):
        """Close the windows."""
        for context in self.contexts:
            context.close()


def _keep_page(page, path):
    """Where the page stood; a page that no longer answers must not hide why the test failed."""
    try:
        path.with_suffix(".html").write_text(page.content())
        page.screenshot(path=path.with_suffix(".png"), animations="disabled", timeout=5_000)
    except Error as error:
        return f"{page.url}: {error.message}"
    return page.url
