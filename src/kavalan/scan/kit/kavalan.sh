#!/bin/sh
# Kavalan from this stick, with the stick's own Python. Nothing is written to the machine's disks: what has to be
# written meanwhile goes into memory (a tmpfs) and is removed at the end. Usage: sh kavalan scan ... | kavalan --help

kit=$(cd -- "$(dirname -- "$0")" && pwd -P) || exit 2
machine=@MACHINE@
if [ "$(uname -m)" != "$machine" ]; then
    echo "kavalan: this kit is for $machine, and this machine is $(uname -m): bring a kit made for it" >&2
    exit 2
fi

# Memory, never a disk: the first tmpfs that may be written; else the stick itself.
scratch=
for place in /dev/shm "${XDG_RUNTIME_DIR:-/none}" /run/shm /tmp; do
    if [ -z "$scratch" ] && [ -w "$place" ] && grep -q "^[^ ]* $place tmpfs " /proc/mounts; then
        scratch=$(mktemp -d "$place/kavalan-XXXXXX") || scratch=
    fi
done
if [ -z "$scratch" ]; then
    scratch=$(mktemp -d "$kit/scratch-XXXXXX") || {
        echo "kavalan: neither memory (/dev/shm) nor the stick can be written" >&2
        exit 2
    }
fi
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A stick is often mounted without the right to run programs; the interpreter's small program then runs from memory.
prefix=$kit/python
if [ ! -x "$prefix/bin/@PROGRAM@" ]; then
    mkdir -p "$scratch/python/bin"
    cp "$kit/python/bin/@PROGRAM@" "$scratch/python/bin/" && chmod 700 "$scratch/python/bin/@PROGRAM@"
    ln -s "$kit/python/@LIBDIR@" "$scratch/python/@LIBDIR@"
    prefix=$scratch/python
fi
python=$prefix/bin/@PROGRAM@
shared=$kit/python/@FOLDER@/shared

carried() {
    LD_LIBRARY_PATH=$shared OPENSSL_CONF=/dev/null LANG=C.UTF-8 LC_ALL=C.UTF-8 \
        HOME=$scratch TMPDIR=$scratch NUMBA_CACHE_DIR=$scratch/numba KAVALAN_LISTS=${KAVALAN_LISTS:-$kit/lists} \
        "$python" -I -S -B "$@"
}

if ! said=$(carried -c pass 2>&1); then
    device=$(df -P "$kit" | awk 'NR == 2 { print $1 }')
    mount=$(df -P "$kit" | awk 'NR == 2 { print $6 }')
    echo "kavalan: the Python of this stick does not run here:" >&2
    echo "$said" >&2
    if grep "^[^ ]* $mount " /proc/mounts | grep -q noexec; then
        echo "The stick ($device) is mounted so that no program on it may run (noexec). As root:" >&2
        echo "    mount -o remount,exec $mount" >&2
    else
        echo "It needs the GNU C library 2.@C_LIBRARY@ or later; this machine has: $(ldd --version 2>&1 | head -n 1)" >&2
    fi
    exit 2
fi

carried "$kit/python/boot.py" "$@"
exit $?
