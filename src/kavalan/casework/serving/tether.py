"""A process that ends with the one that started it: `python -m kavalan.casework.serving.tether MODULE ARGUMENTS...`.

Without it a supervisor that was killed would leave a web server and a worker behind, which nobody watches.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Ask the kernel for SIGTERM when the parent ends, then be the module."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # The parent may have ended before the kernel was asked.
    if os.getppid() != parent or parent == 1:
        sys.exit(1)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
