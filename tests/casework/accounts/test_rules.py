"""Waiting after failures, locking, the names of devices."""

from datetime import UTC, datetime, timedelta

import pytest

from kavalan.casework.accounts import rules

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LIMITS = rules.Limits(idle=timedelta(minutes=15), age=timedelta(hours=8))


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (10**9, 900)]
)
def test_wait_doubles_up_to_a_quarter_of_an_hour(failures, seconds):
    assert rules.wait_after(failures, rules.BADGE_FREE) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("not an address", "not an address"),
    ],
)
def test_addresses_are_counted_by_who_has_them(address, network):
    assert rules.network_of(address) == network


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8.0", "a program that does not say which"),
        ("", "a program that does not say which"),
    ],
)
def test_device_is_called_by_browser_and_system(agent, name):
    assert rules.device_name(agent) == name


@pytest.mark.parametrize(("minutes", "locked"), [(0, False), (14, False), (15, True), (600, True)])
def test_session_locks_when_nobody_did_anything(minutes, locked):
    assert LIMITS.is_locked(NOW - timedelta(minutes=minutes), None, NOW) is locked


def test_session_that_was_locked_stays_locked():
    assert LIMITS.is_locked(NOW, NOW, NOW)


def test_session_is_over_after_a_shift_whatever_happened_in_it():
    assert not LIMITS.is_over(NOW - timedelta(hours=8) + timedelta(seconds=1), NOW)
    assert LIMITS.is_over(NOW - timedelta(hours=8), NOW)
