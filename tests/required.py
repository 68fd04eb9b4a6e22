"""Where `KAVALAN_REQUIRE` names markers (`browser,postgres,node`), a test so marked must run: its skip is a failure."""

from __future__ import annotations

import os

import pytest

REQUIRED = frozenset(filter(None, os.environ.get("KAVALAN_REQUIRE", "").split(",")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    wanted = REQUIRED & {mark.name for mark in item.iter_markers()}
    if report.skipped and wanted:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} needs {', '.join(sorted(wanted))}, which KAVALAN_REQUIRE demands here. {reason}"
        )
    return report
