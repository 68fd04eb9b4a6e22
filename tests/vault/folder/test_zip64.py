import pytest

from kavalan.vault import Attributes, VaultError


@pytest.mark.parametrize("name", [b"", b"/etc/passwd", b"a//b", b"../a", b"a/../b", b"a/", b"a\0b", b"a" * 65535])
def test_name_that_would_be_unpacked_elsewhere_or_fits_no_zip_is_refused(name):
    with pytest.raises(VaultError, match="name"):
        Attributes(name, 0o100644, 0)


@pytest.mark.parametrize(
    "facts", [{"mode": -1}, {"mode": 1 << 16}, {"uid": -1}, {"gid": 1 << 32}, {"mtime_ns": 10**9 << 63}]
)
def test_mode_or_owner_that_fits_no_zip_is_refused(facts):
    with pytest.raises(VaultError, match="mode"):
        Attributes(b"a", **{"mode": 0o100644, "mtime_ns": 0} | facts)
