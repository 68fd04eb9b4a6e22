"""`kavalan chats members`: what is shown, and how it ends."""

import json
import subprocess
import sys

TEXT = '13/03/2025, 10:00 - Asha created group "Boats"\n13/03/2025, 10:01 - Asha added +44 7700 900123\n'


def kavalan(folder, *arguments):
    command = [sys.executable, "-m", "kavalan", "chats", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_who_administered_is_told_with_what_proves_it_and_others_where_they_are_asked_for(tmp_path):
    (tmp_path / "WhatsApp Chat with Boats.txt").write_text(TEXT)
    asked = ["--out", "out", "--authority", "F", "--examiner", "A", "--progress", "none"]
    kavalan(tmp_path, "read", "WhatsApp Chat with Boats.txt", *asked)
    done = kavalan(tmp_path, "members", "out")
    head, creator, admin = done.stdout.splitlines()
    assert done.returncode == 0
    assert head == "Boats, group: 2 messages, known members 2"
    assert creator.startswith("  creator Asha: since 2025-03-13T10:00:00 (stated), no end is known; message ")
    assert admin.startswith("  admin Asha: since 2025-03-13T10:00:00 (implied)")
    told = kavalan(tmp_path, "members", "out", "--role", "member", "--account", "447700900123", "--json")
    (part,) = json.loads(told.stdout)["parts"]
    assert (part["number_prefix"], part["by"], part["label"]) == ("GB", "Asha", "added by another, never posted")
    assert kavalan(tmp_path, "members", "out", "--role", "forwarder").returncode == 1
    assert "one of creator, admin" in kavalan(tmp_path, "members", "out", "--role", "king").stderr
