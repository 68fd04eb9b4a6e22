"""Starts Kavalan from a stick: run by the launcher with the carried Python, in isolation from the machine's own."""

import runpy
import sys
from pathlib import Path

sys.path.append(str(next(Path(__file__).parent.glob("*/python3*/site-packages"))))
sys.argv[0] = "kavalan"
runpy.run_module("kavalan", run_name="__main__")
