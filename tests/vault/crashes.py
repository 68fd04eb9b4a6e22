"""Stops the vault's writer again and again, and holds what it leaves against what was acknowledged.

    python -m tests.vault.crashes FOLDER SEED KILLS

First at each step that reaches the disk, one after another, of each operation; then `KILLS` times after a while that
the seed tells. Each time a child, forked from this process, works on one vault and says before and after each operation
what it does; then it is killed, the vault is opened and everything in it is read. Prints what it did; fails with what
is wrong.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

from kavalan.vault import Attributes, Ceremony, Inspector, Vault, create_vault, write_folder

STEPS = ("write", "pwrite", "fsync", "rename", "unlink", "mkdir", "fchmod")
LONGEST = 0.06


def now():
    return dt.datetime.now(dt.UTC)


def content(number):
    return hashlib.shake_128(b"%d" % number).digest(number * 7919 % 90_000)


def put(vault, _, number):
    return vault.put(io.BytesIO(content(number))).name


def folder(vault, _, number):
    with write_folder(vault) as draft:
        for part in range(3):
            draft.add(Attributes(b"%d" % part, 0o100644, number), io.BytesIO(content(number + part)))
        return draft.keep().content.name


def destroy(vault, _, number):
    name = put(vault, _, number)
    vault.destroy(name)
    return name


def rewrap(vault, _, number):
    name = put(vault, _, number)
    vault.rewrap(name)
    return name


def hold(vault, home, number):
    path = home / f"evidence-{number}"
    if not path.exists():
        path.with_suffix(".new").write_bytes(content(number))
        path.with_suffix(".new").rename(path)
    return vault.hold(os.fsencode(path))


OPERATIONS = {one.__name__: one for one in (put, folder, destroy, rewrap, hold)}


def child(home, keys, plan, step, tell):
    """Work until the plan is done, or the `step`th step that reaches the disk."""
    vault = Vault(home / "vault", keys, now)
    left = [step]
    for name in STEPS:
        setattr(os, name, stopping(getattr(os, name), left))
    for operation, number in plan:
        tell(f"begin {operation} {number} -")
        tell(f"done {operation} {number} {OPERATIONS[operation](vault, home, number)}")


def stopping(real, left):
    def call(*arguments, **more):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)

    return call


def run(home, keys, plan, step=0, seconds=None):
    """Run a plan in a child and stop it; what it said, and whether it came to its end."""
    incoming, outgoing = os.pipe()
    write = os.write
    process = os.fork()
    if process == 0:
        os.close(incoming)
        code = 1
        try:
            child(home, keys, plan, step, lambda text: write(outgoing, f"{text}\n".encode()))
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    os.close(outgoing)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
    with os.fdopen(incoming) as pipe:
        said = [line.split() for line in pipe]
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status) and status:
        raise SystemExit(f"the writer failed by itself in {plan}")
    return said, not os.WIFSIGNALED(status)


class Expected:
    """What must be in a vault, what must not, and of what either is right."""

    def __init__(self, vault, state):
        self.vault, self.state = vault, state
        self.unnamed = 0

    def take(self, said):
        """Take in what a child said; of its last words some may be missing."""
        for word, operation, number, name in said:
            if operation == "folder":
                # It is two blobs: its end names the one, and before its end nobody knows either.
                self.unnamed += 2 if word == "begin" else -1
            if word == "done":
                self.state[name] = operation != "destroy"
            elif operation in {"put", "rewrap", "destroy"}:
                began = self.vault.blobs.name(hashlib.sha256(content(int(number))).digest())
                if operation == "destroy" or not self.state.get(began):
                    self.state[began] = None

    def compare(self):
        """Hold what is there against it; fails where an acknowledged deed is undone."""
        there = set(self.vault.names())
        if len(there - self.state.keys()) > self.unnamed:
            raise SystemExit(f"there are blobs that nobody put: {there - self.state.keys()}")
        self.state.update(dict.fromkeys(there - self.state.keys(), True))
        for name, expected in self.state.items():
            found = name in there or self.vault.manifests.path(name).exists()
            if expected not in {None, found}:
                raise SystemExit(f"{name} is {'there' if found else 'gone'}, against what was acknowledged")
            self.state[name] = found
        for name in there:
            self.vault.verify(name)


def check(folder, keys, said, state):
    """Open a vault after a crash and read all that is in it."""
    vault = Vault(folder, keys, now)
    if list((folder / "drafts").iterdir()) or list((folder / "destroyed").glob("*.begun")):
        raise SystemExit("something was left over")
    expected = Expected(vault, state)
    expected.take(said)
    expected.compare()
    inspection = Inspector(vault).run(1 << 40, now)
    if inspection.faults or not inspection.standing.all_verified_within(1, now()):
        raise SystemExit(f"not whole: {inspection}")
    if vault.register.names("blob", "") != set(vault.names()):
        raise SystemExit("the register does not say what is there")


def stop_at_every_step(home, keys, operation):
    """Each step of an operation in a vault of its own; how many there are."""
    step, ended = 0, False
    while not ended:
        step += 1
        place = home / f"{operation}-{step}"
        create_vault(place / "vault", keys)
        said, ended = run(place, keys, [(operation, 11)], step)
        check(place / "vault", keys, said, {})
    return step


def main(home, seed, kills):
    """Stop at every step, then at any time."""
    ceremony = Ceremony()
    ceremony.prove(ceremony.recovery_key)
    keys = ceremony.found(home / "keys", b"a passphrase for tests", 1)
    steps = sum(stop_at_every_step(home, keys, operation) for operation in OPERATIONS)
    create_vault(home / "vault", keys)
    dice, state, done = random.Random(seed), {}, 0  # noqa: S311 it must be repeatable
    for _ in range(kills):
        plan = [(dice.choice(list(OPERATIONS)), dice.randrange(1000, 1020)) for _ in range(50)]
        said, _ = run(home, keys, plan, seconds=dice.uniform(0, LONGEST))
        done += sum(word == "done" for word, *_ in said)
        check(home / "vault", keys, said, state)
    print(f"{steps} steps, {kills} kills, {done} done")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
