"""Which files are channels of Discord."""

from kavalan.chats.candidates import Candidate
from kavalan.chats.discord.recognise import channel_json
from tests.chats.discord.made import channel, message, written


def test_a_channel_is_known_by_how_it_begins_whatever_it_is_called():
    heads = [written(channel(message(1)), indent).encode()[:4096] for indent in (2, None)]
    heads += [b"\xef\xbb\xbf" + heads[0], b'{"name": "Boats", "guild": {}}', b"[]", b""]
    found = list(channel_json([Candidate(f"{number}.txt", 9, head) for number, head in enumerate(heads)]))
    assert [one.names for one in found] == [("0.txt",), ("1.txt",), ("2.txt",)]
