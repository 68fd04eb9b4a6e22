"""Encryption of the disk, on a kernel's folders drawn by the test."""

import os

import pytest

from kavalan.casework.health.volume import encryption


@pytest.fixture
def kernel(tmp_path):
    """Draws `/sys/dev/block` for the device of the test's folder, and a table of mounts."""
    device = os.stat(tmp_path).st_dev  # noqa: PTH116 as the kernel numbers it
    number = f"{os.major(device)}:{os.minor(device)}"
    sys, mounts = tmp_path / "sys", tmp_path / "mountinfo"
    (sys / "devices").mkdir(parents=True)

    def draw(name, uuid=None, slaves=(), top=False):
        block = sys / "devices" / name
        (block / "slaves").mkdir(parents=True)
        for slave in slaves:
            (block / "slaves" / slave).symlink_to(sys / "devices" / slave)
        if uuid:
            (block / "dm").mkdir()
            (block / "dm" / "uuid").write_text(uuid + "\n")
        if top:
            (sys / number).symlink_to(block)

    def look(kind="ext4"):
        mounts.write_text(
            f"36 35 {number} / /w rw,noatime shared:1 - {kind} /dev/x rw\n36 35 0:1 / /x rw - proc proc rw\n"
        )
        return encryption(tmp_path, sys, mounts)

    return draw, look


def test_a_volume_of_dm_crypt_is_known(kernel):
    draw, look = kernel
    draw("dm-0", "CRYPT-LUKS2-0a1b-root", top=True)
    assert (look().text, look().cure) == ("encrypted (dm-crypt)", None)


def test_a_logical_volume_on_dm_crypt_is_known(kernel):
    draw, look = kernel
    draw("dm-1", "LVM-abc", slaves=["dm-0"], top=True)
    draw("dm-0", "CRYPT-LUKS2-0a1b-root")
    assert look().cure is None


def test_a_volume_over_two_disks_of_which_one_is_in_clear_is_a_fault(kernel):
    draw, look = kernel
    draw("md0", slaves=["dm-0", "sda"], top=True)
    draw("dm-0", "CRYPT-LUKS2-0a1b-root")
    draw("sda")
    assert "cryptsetup" in look().cure


def test_a_plain_disk_is_a_fault_with_its_cure(kernel):
    draw, look = kernel
    draw("sda1", top=True)
    assert (look().text, "cryptsetup" in look().cure) == ("not encrypted by this machine", True)


def test_a_file_system_that_encrypts_is_known(kernel):
    assert kernel[1]("fuse.gocryptfs").cure is None


def test_where_the_kernel_names_no_disk_nothing_is_claimed(kernel):
    found = kernel[1]("overlay")
    assert (found.cure, found.text[:11]) == (None, "cannot tell")
