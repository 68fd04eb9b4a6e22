"""All benchmarks, one after another, each in a process of its own: `python -m benchmarks [--full]`."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

QUICK = (
    "pdq",
    "sandbox",
    "scan",
    "video",
    "hamming",
    "digests",
    "errors",
    "rematch",
    "ledger",
    "load",
    "lists",
    "search",
    "tips",
    "identifiers",
    "chats",
    "chat_forms",
)
FULL = {
    "scan": ["--full"],
    "hamming": ["--full"],
    "digests": ["--full"],
    "rematch": ["--full"],
    "ledger": ["--full"],
    "load": ["--full"],
    "lists": ["--full"],
    "chats": ["--full"],
    "chat_forms": ["--full"],
    "search": ["--full"],
    "vault": [],
}


def main() -> int:
    """Run what the mode asks for; answer 1 if one of them failed."""
    full = "--full" in sys.argv[1:]
    print(f"{_processor()}, {os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}")
    failed = []
    for name in FULL if full else QUICK:
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        arguments = FULL.get(name, []) if full else []
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments], check=False)
        print(f"({time.monotonic() - started:.0f} s)", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "CPU part"))]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
