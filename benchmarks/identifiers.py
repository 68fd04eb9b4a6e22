"""Identifiers in messages, beside patterns that find less and the library whose numbering plans we use.

Run: `python -m benchmarks.identifiers`. One core, processor time, medians of three, the same 5,000 messages for each.
The patterns are what a script would use for telephones, e-mails, links and addresses: they check nothing, and find no
invitations, coins, payments or devices.
"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable
from typing import TypeAlias

import phonenumbers

from kavalan.identifiers import find

Way: TypeAlias = Callable[[str], int]

_MESSAGES = 5_000
_ROUNDS = 3
_PLAIN = (
    "ok, see you at the harbour at 7",
    "നാളെ രാവിലെ വള്ളം കടവിൽ വരും, കാത്തിരിക്കുക",
    "the list for the month has 40 lines and 3 columns",
    "कल शाम को नाव किनारे पर मिलेगी",
)
_NAMING = (
    "my new number is +44 7700 900{0:03d}, the old one 07700 900{1:03d}",
    "write to boat{0}@example.org or look at https://example.org/{1}?q=boat",
    "join t.me/boats{0} or @boats{1}_two",
    "it came from 192.0.2.{0} port 4433, before from [2001:db8::{1:x}]:51820",
    "pay to boat{0}@okexample, or bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
)
_PATTERNS = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|(?:\d{1,3}\.){3}\d{1,3}|\+?\d[\d ()-]{7,}\d",
)


def main() -> None:
    """Print the table."""
    ways: dict[str, Way] = {
        "kavalan": lambda text: len(find(text)),
        "four plain patterns, re": lambda text: len(_PATTERNS.findall(text)),
        "phonenumbers' matcher": lambda text: sum(1 for _ in phonenumbers.PhoneNumberMatcher(text, "IN")),
    }
    print(f"{'messages':28} {'way':26} {'messages/s':>11} {'MB/s':>6} {'found':>7}")
    for name, share in (("one in twenty names something", 0.05), ("each names something", 1.0)):
        messages = _made(share)
        size = sum(len(message.encode()) for message in messages) / 1e6
        for way, count in ways.items():
            spent = statistics.median(_seconds(count, messages) for _ in range(_ROUNDS))
            found = sum(map(count, messages))
            print(f"{name:28} {way:26} {len(messages) / spent:11.0f} {size / spent:6.1f} {found:7}", flush=True)


def _made(share: float) -> list[str]:
    chance = random.Random(1)
    return [
        chance.choice(_NAMING).format(chance.randrange(200), chance.randrange(200))
        if chance.random() < share
        else chance.choice(_PLAIN)
        for _ in range(_MESSAGES)
    ]


def _seconds(count: Way, messages: list[str]) -> float:
    started = time.process_time()
    for message in messages:
        count(message)
    return time.process_time() - started


if __name__ == "__main__":
    main()
