"""What a ledger comes to beside what was written down about it."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.chains import chain

from kavalan.ledger import (
    Checkpoint,
    NoStatementError,
    Statement,
    judge,
    kept,
    link,
    new_key,
    noted,
    open_key,
    origin_of,
    sign,
    statements_in,
    verify,
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        new_key(folder / name, b"word")
    return {name: open_key(folder / name, b"word") for name in ("ours", "theirs")}


def walked(links, sizes):
    return verify(map(kept, links), sizes=sizes)


def checkpoint(links, key):
    return sign(Checkpoint(origin_of(links[0].hash), len(links), walked(links, []).root), key)


def judged(links, statements, keys):
    first = links[0].hash if links else None
    return judge(walked(links, [one.size for one in statements]), first, statements, [keys["ours"].public])


def rewritten(length):
    """The same ledger with another verb in its second entry, every hash made anew."""
    links = chain(length)
    for place in range(1, length):
        verb = "scan.stop" if place == 1 else links[place].entry.verb
        links[place] = link(msgspec.structs.replace(links[place].entry, verb=verb, previous=links[place - 1].hash))
    return links


def test_ledger_that_holds_is_vouched_for_by_the_largest_checkpoint_outside(keys):
    links = chain(9)
    statements = [
        noted(checkpoint(links[:3], keys["ours"]), "the slip", outside=True),
        noted(checkpoint(links[:7], keys["ours"]), "the anchor", outside=True),
        noted(checkpoint(links, keys["ours"]), "the database", outside=False),
    ]
    audit = judged(links, statements, keys)
    assert (audit.faults, audit.vouched, audit.voucher.where) == ((), 7, "the anchor")


def test_ledger_without_statements_is_vouched_for_by_none(keys):
    audit = judged(chain(3), [], keys)
    assert (audit.faults, audit.vouched, audit.voucher) == ((), 0, None)


def test_rewrite_that_the_chain_does_not_show_is_found_by_a_checkpoint(keys):
    links = rewritten(9)
    assert judged(links, [], keys).faults == ()
    statements = [noted(checkpoint(chain(9)[:7], keys["ours"]), "the anchor", outside=True)]
    assert "not those of the anchor" in judged(links, statements, keys).faults[0]


def test_rewrite_that_is_signed_with_another_key_is_found(keys):
    links = rewritten(9)
    statements = [noted(checkpoint(links, keys["theirs"]), "the anchor", outside=True)]
    audit = judged(links, statements, keys)
    assert "not signed by a key of this ledger" in audit.faults[0]
    assert audit.vouched == 0


@pytest.mark.parametrize("left", [0, 6])
def test_entries_that_were_cut_off_are_counted(keys, left):
    statements = [noted(checkpoint(chain(9), keys["ours"]), "the slip", outside=True)]
    assert f"there are {left}: {9 - left} were cut off" in judged(chain(9)[:left], statements, keys).faults[0]


def test_typed_root_needs_no_signature(keys):
    links = chain(9)
    text = f"7\n{walked(links[:7], []).root.hex()}"
    audit = judged(links, statements_in(text, "the paper", outside=True), keys)
    assert (audit.faults, audit.vouched) == ((), 7)
    forged = Statement("the paper", 7, bytes(32), None, outside=True)
    assert "not those of the paper" in judged(links, [forged], keys).faults[0]


def test_slip_of_another_ledger_is_named(keys):
    other = [link(one.entry) for one in chain(1)]
    other[0] = link(msgspec.structs.replace(other[0].entry, verb="unit.found"))
    statements = [noted(checkpoint(other, keys["ours"]), "the slip", outside=True)]
    faults = judged(chain(3), statements, keys).faults
    assert any("of a ledger that began with another entry" in fault for fault in faults)


def test_broken_chain_is_told_entry_by_entry(keys):
    links = chain(5)
    del links[2]
    assert judged(links, [], keys).faults[0].startswith("entry 4 follows entry 2")


def test_text_without_a_statement_is_refused():
    with pytest.raises(NoStatementError, match="holds no checkpoint"):
        statements_in("hello", "x.txt", outside=True)
