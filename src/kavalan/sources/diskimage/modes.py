"""What is no file, by the kind that Unix gives it."""

from __future__ import annotations

import stat

REFUSED = {
    stat.S_IFLNK: "symbolic link, not followed",
    stat.S_IFIFO: "named pipe, not read",
    stat.S_IFSOCK: "socket, not read",
    stat.S_IFCHR: "character device, not read",
    stat.S_IFBLK: "block device, not read",
}
