"""Which files are one conversation, and in which order."""

from kavalan.chats.candidates import Candidate
from kavalan.chats.meta.recognise import conversation_json

HEAD = b'{\n  "participants": [\n    {\n      "name": "Asha"'


def test_the_files_of_one_folder_are_one_conversation_in_the_order_of_their_numbers():
    names = ["inbox/a_1/message_10.json", "inbox/a_1/message_2.json", "inbox/b_2/message_1.json", "Ravi_3.json"]
    found = list(conversation_json([Candidate(name, 9, HEAD) for name in names]))
    assert [one.names for one in found] == [
        ("Ravi_3.json",),
        ("inbox/a_1/message_2.json", "inbox/a_1/message_10.json"),
        ("inbox/b_2/message_1.json",),
    ]


def test_other_json_is_left_to_others():
    heads = [b'{"name": "Boats", "messages": [{"id": 1}]}', b'{"messages": [{"id": 1}]}', b"[]", b""]
    assert list(conversation_json([Candidate("result.json", 9, head) for head in heads])) == []
