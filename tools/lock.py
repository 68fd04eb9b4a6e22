#!/usr/bin/env python3
"""Resolve the locks anew: one resolution for all groups, hashes kept, no registry's address written.

Usage: python3 tools/lock.py   (needs uv on the PATH: pip install uv)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "runtime.txt": ["pyproject.toml"],
    "dev.txt": ["pyproject.toml", "--extra", "diskimage", "--group", "dev"],
    "peers.txt": ["--group", "peers"],
}
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--no-header", "--no-annotate"]


def main() -> int:
    """Write all locks; a package that two groups need has one version in both."""
    with tempfile.TemporaryDirectory() as scratch:
        whole = str(Path(scratch) / "all.txt")
        everything = ["pyproject.toml", "--extra", "diskimage", "--group", "dev", "--group", "peers"]
        subprocess.run([*COMPILE, "--upgrade", *everything, "-o", whole], cwd=ROOT, check=True)
        for name, inputs in LOCKS.items():
            lock = str(ROOT / "locks" / name)
            subprocess.run([*COMPILE, "--generate-hashes", "-c", whole, *inputs, "-o", lock], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
