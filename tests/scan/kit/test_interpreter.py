"""What of a Python has to be carried, against what the system's own tools say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from kavalan.scan.kit import KitError, interpreter


def test_no_part_of_the_c_library_is_carried():
    held = set(interpreter.shared([interpreter.program()], []))
    assert not [name for name in held if re.match(r"(libc|libm|libdl|libpthread|librt|ld-linux.*)\.so", name)]


def test_libraries_that_come_along_anyway_are_not_carried_twice():
    objects = [path for path, name in interpreter.library() if name.startswith("lib-dynload/_ssl")]
    found = interpreter.shared(objects, [])
    assert found
    folders = {path.parent for path in found.values()}
    assert interpreter.shared(objects, folders) == {}


def test_the_library_is_what_python_imports_from_and_holds_no_tests():
    held = {name for _, name in interpreter.library()}
    assert {"os.py", "encodings/utf_8.py", "json/__init__.py", "sqlite3/__init__.py"} <= held
    assert any(name.startswith(("lib-dynload/_struct", "lib-dynload/_json")) for name in held)
    assert not [name for name in held if re.search(r"(^|/)(test|tests|tkinter|site-packages|__pycache__)/", name)]


def test_the_c_library_that_is_needed_is_the_one_that_readelf_tells():
    if shutil.which("readelf") is None:
        pytest.skip("no readelf here to ask (Debian: binutils)")
    shown = subprocess.run(["readelf", "-V", sys.executable], capture_output=True, text=True, check=True).stdout
    wanted = max(int(number) for number in re.findall(r"Name: GLIBC_2\.(\d+)", shown))
    assert interpreter.c_library([interpreter.program()]) == wanted


def test_a_file_that_is_no_program_needs_nothing(tmp_path):
    (tmp_path / "text").write_text("GLIBC_2.99")
    assert interpreter.c_library([tmp_path / "text"]) == 0


def test_a_machine_without_ldd_is_told_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KitError, match="ldd"):
        interpreter.shared([interpreter.program()], [])
