#!/usr/bin/env python3
"""Check an exported ledger of Kavalan, or the proof of one of its entries, with nothing but a bare Python 3.8 or newer.

  python3 verify_ledger.py FOLDER                 what `kavalan ledger export` wrote, or the extract for one person
  python3 verify_ledger.py PROOF.json             the file that `kavalan ledger prove` wrote
      --key FINGERPRINT   of the unit's key, as it stands on a slip or was heard from the unit (repeat)
      --against FILE      a slip, a checkpoint, or a number of entries and the 64 digits of their root (repeat)

It needs no network, no Kavalan and no package. What it checks:
  each entry is the text whose hash the next one carries (SHA-256), with no number missing or doubled;
  the Merkle tree over these hashes (RFC 9162) has the roots that the checkpoints state;
  each checkpoint (c2sp.org/tlog-checkpoint) is signed with Ed25519 (RFC 8032) by a key of the unit.
Exit code: 0 when all holds and a key or a file that you gave vouches for it, 1 when something was altered, 2 when it
cannot be read, 3 when all holds but you gave nothing: then whoever wrote the folder is believed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    Point = tuple[int, int, int, int]

# ---- Ed25519, RFC 8032, 5.1: verification only, in extended coordinates; slow and plain.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _add(one: Point, two: Point) -> Point:
    """The sum of two points (RFC 8032, 5.1.4)."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    """A multiple of a point."""
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _x(y: int, odd: int) -> int | None:
    """The x that belongs to a y, or None (RFC 8032, 5.1.3)."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if odd else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != odd else x


def _point(encoded: bytes) -> Point | None:
    y = int.from_bytes(encoded, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    x = _x(y, odd)
    return None if x is None else (x, y, 1, x * y % P)


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = _point(_BASE_Y.to_bytes(32, "little")) or (0, 1, 1, 0)


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether 64 bytes are the signature of a message by a key of 32 bytes (RFC 8032, 5.1.7)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    point, s = _point(key), int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    return _encoded(_add(_times(s, BASE), _times(challenge, minus))) == signature[:32]


# ---- The tree, RFC 9162, 2.1.


def leaf(data: bytes) -> bytes:
    """Hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def inner(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree: the roots of its whole subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, data: bytes) -> None:
        """Append a leaf."""
        self.graft(leaf(data), 1)

    def graft(self, node: bytes, count: int) -> None:
        """Append a subtree of `count` leaves, a power of two, of which the size is a multiple."""
        size = self.size // count
        while size & 1:
            node, size = inner(self.peaks.pop(), node), size >> 1
        self.peaks.append(node)
        self.size += count

    def root(self) -> bytes:
        """The root of all leaves so far."""
        node = self.peaks[-1] if self.peaks else hashlib.sha256().digest()
        for peak in self.peaks[-2::-1]:
            node = inner(peak, node)
        return node


def root_of_proof(data: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its proof come to (RFC 9162, 2.1.3.2), or None."""
    place, last, node = index, size - 1, leaf(data)
    for other in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = inner(other, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = inner(node, other)
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


# ---- Keys and checkpoints.

# SubjectPublicKeyInfo of an Ed25519 key is these bytes and the key (RFC 8410).
SPKI = bytes.fromhex("302a300506032b6570032100")
PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----")
NOTE = re.compile(
    r"^([^\s+<>]{1,200})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n"
    r"((?:— [^\s+<>]{1,200} [A-Za-z0-9+/]{91,400}={0,2}\n){1,16})",
    re.MULTILINE,
)
TYPED = re.compile(r"\s*([1-9][0-9]{0,15})\s+((?:[0-9a-fA-F]\s*){64})")


def keys_in(text: str) -> list[bytes]:
    """The Ed25519 keys in a text of PEM, 32 bytes each."""
    found = [base64.b64decode("".join(body.split())) for body in PEM.findall(text)]
    return [der[12:] for der in found if der.startswith(SPKI) and len(der) == 44]


def fingerprint(key: bytes) -> str:
    """SHA-256 of the key as `openssl pkey -pubin -outform DER` writes it."""
    return hashlib.sha256(SPKI + key).hexdigest()


class Statement:
    """So many entries have this root, says `where`; `note` is the signed text, empty where a person typed it."""

    def __init__(self, where: str, size: int, root: bytes, note: str = "") -> None:
        self.where, self.size, self.root, self.note = where, size, root, note

    def signer(self, keys: Iterable[bytes]) -> bytes | None:
        """Which of the keys signed it, or None."""
        body, _, signatures = self.note.partition("\n\n")
        for line in signatures.splitlines():
            name, _, encoded = line[2:].partition(" ")
            value = base64.b64decode(encoded)
            for key in keys:
                number = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
                if value[:4] == number and signed(key, (body + "\n").encode(), value[4:]):
                    return key
        return None

    def origin(self) -> str:
        """The ledger that it names."""
        return self.note.split("\n", 1)[0]


def statements_in(text: str, where: str) -> list[Statement]:
    """What a file states: checkpoints anywhere in it, or size and root as a person typed them."""
    found = [Statement(where, int(note[2]), base64.b64decode(note[3]), note[0]) for note in NOTE.finditer(text)]
    typed = TYPED.fullmatch(text)
    return found or ([Statement(where, int(typed[1]), bytes.fromhex(typed[2]))] if typed else [])


# ---- Entries.

ID = r'"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"'
ENTRY = re.compile(
    (
        r'{"actor":(?:null|' + ID + r'),"at":"[-0-9]{10}T[:0-9]{8}\.[0-9]{6}Z","authority":(?:null|' + ID + r"),"
        r'"format":"kavalan-ledger-1","number":([1-9][0-9]{0,15}),"payload":"([0-9a-f]{64})",'
        r'"previous":"([0-9a-f]{64})","subject":' + ID + r',"subject_kind":"[a-z_]+","verb":"[a-z_]+\.[a-z_]+"}'
    ).encode()
)
# In an extract: so many entries are not told, and this is the root of their subtree.
WITHHELD = re.compile(rb'{"entries":([1-9][0-9]{0,15}),"root":"([0-9a-f]{64})"}')


def walk(lines: Iterable[bytes], sizes: Collection[int]) -> tuple[int, dict[int, bytes], str, list[str], int]:
    """Read all entries once; answer their number, the roots of the sizes, the first one's hash, faults, how many gaps.

    A gap is an entry that is withheld: the chain breaks off there, and the root spans it.
    """
    tree, first, head, number, gaps = Tree(), "", "0" * 64, 0, 0
    roots: dict[int, bytes] = {}
    faults: list[str] = []
    for line in lines:
        text = line[:-1] if line.endswith(b"\n") else line
        digest, found, gap = hashlib.sha256(text), ENTRY.fullmatch(text), WITHHELD.fullmatch(text)
        count = int(gap[1]) if gap else 0
        if gap and not count & (count - 1) and not tree.size % count:
            tree.graft(bytes.fromhex(gap[2].decode()), count)
            number, head, gaps = number + count, "", gaps + count
            if tree.size in sizes:
                roots[tree.size] = tree.root()
            continue
        if found is None:
            number += 1
            faults.append(f"line {tree.size + 1} is no entry")
        else:
            if int(found[1]) != number + 1:
                faults.append(f"entry {int(found[1])} follows entry {number}")
            number = int(found[1])
            if head and found[3] != head.encode():
                faults.append(f"entry {number} does not carry the hash of the one before it: one of them was changed")
        tree.add(digest.digest())
        head = digest.hexdigest()
        first = first or (head if tree.size == 1 else "")
        if tree.size in sizes:
            roots[tree.size] = tree.root()
    return tree.size, roots, first, faults, gaps


def judge(
    entries: int, roots: dict[int, bytes], first: str, statements: Iterable[Statement], keys: Collection[bytes]
) -> Iterator[str]:
    """What is wrong with the statements beside the entries, a sentence each."""
    for one in statements:
        what = f"{one.where}, of {one.size} entries,"
        if one.note and one.signer(keys) is None:
            yield f"{what} is not signed by a key that is believed"
        if one.note and first and one.origin() != "kavalan-ledger/" + first[:32]:
            yield f"{what} is of a ledger that began with another entry"
        if one.size > entries:
            yield f"{what} knows of {one.size - entries} entries that are not here"
        elif roots.get(one.size) != one.root:
            yield f"{what} has another root: some of these entries were changed or written anew"


# ---- The two things that can be checked.


class Findings:
    """What is wrong, what is to be said besides, and how many statements that the reader trusts vouch for it."""

    def __init__(self, faults: Iterable[str], told: str, vouchers: int) -> None:
        self.faults, self.told, self.vouchers = list(faults), told, vouchers


def check_folder(folder: Path, keys: Collection[bytes], known: bool, against: list[Statement]) -> Findings:
    """The exported ledger; `known` says that the reader named the keys."""
    signed_ones = statements_in(read(folder / "checkpoints.txt", 1 << 28), "checkpoints.txt")
    statements = signed_ones + against
    with (folder / "entries.jsonl").open("rb") as lines:
        entries, roots, first, faults, gaps = walk(lines, frozenset(one.size for one in statements))
    faults += judge(entries, roots, first, statements, keys)
    covered = min(entries, max([one.size for one in statements] or [0]))
    told = f"{entries} entries, {covered} of them under a checkpoint."
    told += f" {gaps} are withheld: this is an extract." if gaps else ""
    return Findings(faults, told, len(against) + known * len(signed_ones))


def check_proof(path: Path, keys: Collection[bytes], known: bool, against: list[Statement]) -> Findings:
    """The proof of one entry; a file to hold it against helps only if it states the root of as many entries."""
    proof = json.loads(read(path, 1 << 24))
    text = proof["entry"]
    found, stated = ENTRY.fullmatch(text.encode()), statements_in(proof["checkpoint"], "the checkpoint of the proof")
    if found is None or len(stated) != 1:
        return Findings(["the file holds no entry, or not one checkpoint"], "", 0)
    size, nodes = stated[0].size, [bytes.fromhex(node) for node in proof["proof"]]
    came_to = root_of_proof(hashlib.sha256(text.encode()).digest(), int(found[1]) - 1, size, nodes)
    faults = [] if came_to == stated[0].root else ["the entry is not one of those under the checkpoint"]
    alike = [one for one in against if one.size == size]
    faults += judge(size, {size: stated[0].root}, "", stated + alike, keys)
    told = f"Entry {int(found[1])}, one of {size}: {text}"
    payload = proof.get("payload")
    if payload is not None:
        sealed = hashlib.sha256(bytes.fromhex(payload["salt"]) + payload["text"].encode()).hexdigest()
        if sealed.encode() != found[2]:
            faults.append("the payload is not the one that the entry was made of")
        told += f"\nWhat was said with it: {payload['text']}"
    return Findings(faults, told, len(alike) + known)


def read(path: Path, most: int) -> str:
    """A text file, not larger than it may be."""
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise ValueError(f"{path} is too large")
    return data.decode("utf-8", "replace")


def say(text: str) -> None:
    """What the reader is told; what a terminal may not show is escaped."""
    for line in text.split("\n"):
        sys.stdout.write("".join(one if " " <= one <= "~" else ascii(one)[1:-1] for one in line) + "\n")


def believed(path: Path, asked: Sequence[str]) -> list[bytes]:
    """The keys that lie beside the ledger or in the proof: those that the reader named, or all where none was."""
    folder = path.is_dir()
    text = read(path / "ledger.pub", 1 << 16) if folder else json.loads(read(path, 1 << 24))["key"]
    wanted = {"".join(one.lower().split()) for one in asked}
    return [key for key in keys_in(text) if not wanted or fingerprint(key) in wanted]


def stated_outside(paths: Iterable[str]) -> list[Statement]:
    """What the files state that the reader holds the ledger against."""
    found = []
    for path in paths:
        stated = statements_in(html.unescape(read(Path(path), 1 << 28)), path)
        if not stated:
            raise ValueError(f"{path} holds no checkpoint")
        found += stated
    return found


def main() -> int:
    """Check what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what")
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--against", action="append", default=[])
    asked = parser.parse_args()
    what = Path(asked.what)
    check = check_folder if what.is_dir() else check_proof
    try:
        keys = believed(what, asked.key)
        found = check(what, keys, bool(asked.key), stated_outside(asked.against))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        say(f"This cannot be read: {error!r}")
        return 2
    say(found.told)
    for key in keys:
        say("Key: " + " ".join(re.findall("....", fingerprint(key))))
    for fault in found.faults:
        say("ALTERED: " + fault)
    if found.faults:
        return 1
    if not found.vouchers:
        say("All holds, if that is the unit's key: compare it with a slip, or hear it from the unit, and give --key.")
        return 3
    say("All holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
