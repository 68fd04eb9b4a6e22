"""What decoders said is remembered within bounds, and only where it is sure."""

from __future__ import annotations

from kavalan.fingerprint import Frame
from kavalan.fingerprint import recall as module
from kavalan.fingerprint.decoding import Decoded
from kavalan.fingerprint.recall import Recall


def settled(recall, name, decoded=None, failure=None, sure=True, held=True):
    said = recall.expect(name, held=held)
    said.decoded, said.failure = decoded or Decoded(), failure
    recall.settle(name, said, sure=sure)


def test_the_oldest_is_forgotten_and_frames_count(monkeypatch):
    monkeypatch.setattr(module, "_MOST", 10)
    recall = Recall(None)
    for name in b"abc":
        settled(recall, bytes([name]), Decoded(frames=(Frame(0.0, bytes(32), 50),) * 3))
    assert [recall.find(bytes([name])) is None for name in b"abc"] == [True, False, False]


def test_what_was_asked_for_lately_stays(monkeypatch):
    monkeypatch.setattr(module, "_MOST", 2)
    recall = Recall(None)
    settled(recall, b"a")
    settled(recall, b"b")
    recall.find(b"a")
    settled(recall, b"c")
    assert recall.find(b"a") is not None
    assert recall.find(b"b") is None


def test_failures_and_what_changed_are_not_remembered():
    recall = Recall(None)
    settled(recall, b"a", failure="crash")
    settled(recall, b"b", sure=False)
    assert recall.find(b"a") is None
    assert recall.find(b"b") is None


def test_a_content_under_its_decoder_is_shared_only_where_its_bytes_are_held():
    recall = Recall(None)
    assert recall.find(b"a") is None
    said = recall.expect(b"a", held=True)
    recall.expect(b"b", held=False)
    assert recall.find(b"a") is said
    assert recall.find(b"b") is None
