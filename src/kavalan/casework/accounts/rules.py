"""Pure rules of sign-in: how long to wait after failures, when a session is locked or over, what a device is called."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

BADGE_FREE = 5
"""Failures under one badge before one waits."""
ADDRESS_FREE = 20
"""Failures from one address before one waits: a unit's officers may share it."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
"""Nobody is kept out longer by anybody else, however often that one fails."""
FORGOTTEN_AFTER = timedelta(hours=24)
KNOWN_FOR = timedelta(days=60)
"""How long an address from which an officer signed in counts apart from strange ones."""

_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
# The order matters: most browsers call themselves by their ancestors' names as well.
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}


def wait_after(failures: int, free: int) -> timedelta:
    """How long to wait after so many failures: nothing for the first, then twice as long each time, up to a bound."""
    over = failures - free
    if over < 0:
        return timedelta()
    # Past ten doublings the bound holds anyway; the power of a huge count would not fit.
    return min(FIRST_WAIT * (1 << min(over, 10)), LONGEST_WAIT)


def network_of(address: str) -> str:
    """Under which address failures are counted: IPv6 by its /64, which one subscriber has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def device_name(user_agent: str) -> str:
    """What a person calls the device: the browser and the system it names, or that it names none."""
    browser = next((name for token, name in _BROWSERS.items() if token in user_agent), None)
    system = next((name for token, name in _SYSTEMS.items() if token in user_agent), None)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "a program that does not say which"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session may stand still before it locks, and how long it may last at all."""

    idle: timedelta
    age: timedelta

    def is_over(self, since: datetime, now: datetime) -> bool:
        """Whether a session that began then has lasted as long as it may."""
        return now - since >= self.age

    def is_locked(self, last_seen: datetime, locked_at: datetime | None, now: datetime) -> bool:
        """Whether it was locked, or nobody has done anything for too long."""
        return locked_at is not None or now - last_seen >= self.idle
