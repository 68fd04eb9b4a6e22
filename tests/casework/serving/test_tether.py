"""What is tethered ends with its parent, however that ends."""

import os
import signal

from .conftest import appears, gone

PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-m", "kavalan.casework.serving.tether", "tethered", *sys.argv[1:]])
time.sleep(600)
"""


def test_it_ends_when_its_parent_is_killed(supervisor, tmp_path, monkeypatch):
    (tmp_path / "tethered.py").write_text(
        "import os, sys, time\n"
        "assert __name__ == '__main__'\n"
        "with open(sys.argv[1], 'w') as file: file.write(f'{os.getpid()} {sys.argv[2]}\\n')\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    parent = supervisor(str(tmp_path / "told"), "word", program=PARENT)
    pid, word = appears(tmp_path / "told")
    parent.send_signal(signal.SIGKILL)
    assert (word, gone(int(pid))) == ("word", True)
