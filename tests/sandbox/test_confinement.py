"""What a worker cannot do once the door is locked."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kavalan.sandbox import Confinement
from tests.sandbox.tasks import Ask

# A kernel without Landlock and seccomp, made of a filter that answers ENOSYS to both. Written out here, instruction by
# instruction (linux/filter.h), so that nothing of the code under test stands in for the kernel.
OLD_KERNEL = """
import ctypes, platform, struct, sys
seccomp = {"x86_64": 317, "aarch64": 277}[platform.machine()]
refused = [444, 445, 446, seccomp]
program = [(0x20, 0, 0, 0)]
program += [(0x15, len(refused) - i, 0, number) for i, number in enumerate(refused)]
program += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050000 | 38)]
code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in program))
filter = struct.pack("@HP", len(program), ctypes.addressof(code))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, filter) == 0
from kavalan.sandbox import Limits, Pool, probe, sealed
from tests.sandbox.tasks import Ask, Say
print(probe())
task, text = sys.argv[1:]
with Pool(f"tests.sandbox.tasks:{task}", Ask, Say, limits=Limits(memory=256 << 20, wall_seconds=5)) as pool:
    with sealed(b"") as source:
        print(pool.run(source, Ask(text)).failure, pool.confinement, sep="; ")
"""


def run_python(code, *arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=Path.cwd(), stdout=subprocess.PIPE, text=True, **options
    )


def alive(pid):
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return status != "Z"


@pytest.mark.parametrize(
    ("confinement", "text"),
    [
        (Confinement(landlock=7, seccomp=True), "landlock 7, seccomp"),
        (Confinement(landlock=0, seccomp=True), "seccomp"),
        (Confinement(landlock=1, seccomp=False), "landlock 1"),
        (Confinement(landlock=0, seccomp=False), "limits only"),
    ],
)
def test_a_report_names_what_is_granted(confinement, text):
    assert str(confinement) == text


def on_an_old_kernel(task, text=""):
    with run_python(OLD_KERNEL, task, text) as program:
        return program.communicate()[0].splitlines()


def test_a_kernel_without_either_is_reported_as_limits_only_and_limits_hold():
    assert on_an_old_kernel("bomb") == ["limits only", "memory: needed more than 268435456 bytes; limits only"]


def test_with_limits_only_a_file_can_be_made_but_nothing_written_to_it(tmp_path):
    path = tmp_path / "made"
    assert "File too large" in on_an_old_kernel("write_to", str(path))[1]
    assert path.read_bytes() == b""


def test_a_worker_has_no_privileges_and_gains_none(pool_of, source):
    with pool_of("pid") as pool:
        worker = pool.run(source, Ask()).record.number
        lines = Path(f"/proc/{worker}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines)
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"


def test_a_worker_leaves_no_core_and_cannot_grow(pool_of, source):
    with pool_of("pid", memory=300 << 20, open_files=40) as pool:
        worker = pool.run(source, Ask()).record.number
        limits = {
            kind: resource.prlimit(worker, kind)
            for kind in (resource.RLIMIT_CORE, resource.RLIMIT_DATA, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE)
        }
    assert limits == {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_DATA: (300 << 20, 300 << 20),
        resource.RLIMIT_NOFILE: (40, 40),
        resource.RLIMIT_FSIZE: (0, 0),
    }


@pytest.mark.usefixtures("needs_seccomp")
@pytest.mark.parametrize("task", ["fork", "start_program", "execute"])
def test_a_new_process_is_refused(task, outcome_of):
    assert "PermissionError" in outcome_of(task).failure.detail


@pytest.mark.usefixtures("needs_seccomp")
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"])
def test_a_socket_is_refused(family, outcome_of):
    assert "PermissionError" in outcome_of("open_socket", family).failure.detail


@pytest.mark.usefixtures("needs_seccomp")
def test_another_process_is_not_signalled(outcome_of):
    assert "PermissionError" in outcome_of("signal_process", number=os.getpid()).failure.detail


@pytest.mark.usefixtures("needs_seccomp")
def test_a_limit_is_not_raised(outcome_of):
    assert outcome_of("raise_memory_limit").failure.reason == "error"


@pytest.mark.usefixtures("needs_seccomp")
@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", str(Path.home())])  # noqa: S108 - none of them is written
def test_a_file_is_not_written(folder, outcome_of):
    path = Path(folder) / f"kavalan-{os.getpid()}"
    assert "PermissionError" in outcome_of("write_to", str(path)).failure.detail
    assert not path.exists()


@pytest.mark.usefixtures("needs_landlock")
@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/proc/self/maps"])
def test_a_file_of_the_machine_is_not_read(path, outcome_of):
    assert "PermissionError" in outcome_of("read_path", path).failure.detail


@pytest.mark.usefixtures("needs_landlock")
def test_a_file_of_the_user_is_not_read(tmp_path, outcome_of):
    path = tmp_path / "diary"
    path.write_text("invented")
    assert "PermissionError" in outcome_of("read_path", str(path)).failure.detail


def test_a_thread_is_allowed(outcome_of):
    assert outcome_of("run_thread").record.text == "a drawn circle"


@pytest.mark.parametrize("module", ["wave", "encodings.cp1125", "PIL.SgiImagePlugin"])
def test_a_module_of_the_library_may_be_imported_late(module, outcome_of):
    assert outcome_of("import_late", module).record.text == module


def test_workers_die_with_their_parent():
    code = (
        "from kavalan.sandbox import Pool, sealed\n"
        "from tests.sandbox.tasks import Ask, Say\n"
        "with Pool('tests.sandbox.tasks:by_text', Ask, Say, workers=2) as pool, sealed(b'') as source:\n"
        "    first = pool.run(source, Ask('pid')).record.number\n"
        "    outcomes = pool.map([(source, Ask('pid')), (source, Ask('sleep')), (source, Ask('sleep'))])\n"
        "    print(next(outcomes).record.number, flush=True)\n"
        "    next(outcomes)\n"
    )
    with run_python(code) as program:
        worker = int(program.stdout.readline())
        time.sleep(0.1)
        assert alive(worker)
        program.kill()
    until = time.monotonic() + 10
    while alive(worker) and time.monotonic() < until:
        time.sleep(0.02)
    assert not alive(worker)
