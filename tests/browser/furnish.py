"""Furnish the workspace of the browser tests, in a process of its own with that workspace's settings.

`python -m tests.browser.furnish make FOLDER` makes `FOLDER/workspace` and prints what tests must know of it;
`python -m tests.browser.furnish work FOLDER` does the jobs that wait there.
"""

import json
import sys
from pathlib import Path

from kavalan.casework import workspace

PASSPHRASE = "four grey herons wade"
"""Of the workspace's keys."""


def main(task, folder):
    """Do one of the two."""
    path = folder / "workspace"
    if task == "make":
        workspace.create_workspace(path)
    workspace.configure(path)
    from tests.browser import furniture

    if task == "make":
        workspace.migrate()
        print(json.dumps(furniture.furnish(folder, PASSPHRASE.encode())))
    else:
        furniture.work_off(decoders=1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
