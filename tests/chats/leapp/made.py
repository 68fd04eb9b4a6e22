"""Tables as ALEAPP and iLEAPP write them: `csv.writer` with tabs, UTF-8 with its mark (scripts/ilapfuncs.py, tsv)."""

import csv
import io

GROUP = "120363000000000001@g.us"
MESSAGES = [
    "Message Timestamp", "Received Timestamp", "Final Location Timestamp", "Message Direction", "Sending Party",
    "Message", "Media", "Conversation Name", "Sending Party JID", "Message Type", "Local Path To Media",
    "Media File Size", "Shared Latitude/Starting Latitude (Live Location)",
]  # fmt: skip
EVENTS = [
    "Event Timestamp", "Action Type (as stored)", "Chat JID", "Chat Name", "Text", "Affected Participants", "Old JID",
    "New JID", "Prior Value", "Is Me Joined (as stored)",
]  # fmt: skip
MEMBERS = ["Date", "Chat ID", "Chat", "User ID", "User", "Role"]
DETAILS = ["Chat ID", "Chat", "Description", "Participants", "Administrators", "Removed", "Banned", "Online"]
CALLS = [
    "Call Date", "Phone Account Address", "Partner", "Type", "Duration in Secs", "Partner Location", "Country ISO",
    "Data", "Mime Type", "Transcription", "Deleted",
]  # fmt: skip
IPHONE = [
    "Timestamp", "Direction", "Sender Name", "Chat Name", "Message", "Attachment File", "From ID", "Receiver", "To ID",
    "Thumb", "Starred?", "Metadata Field 17 (forward count, observed)", "Metadata Field 21 (forwarder, observed)",
    "Latitude", "Longitude", "Chat ID",
]  # fmt: skip


def jid(number):
    return f"447700900{number:03}@s.whatsapp.net"


def at(minute):
    return f"2025-03-13 04:{minute:02}:00+00:00"


def written(header, *rows):
    """A whole table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t")
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(name, "") for name in header] if isinstance(row, dict) else row)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "surrogateescape")


def said(minute, number, text, **more):
    """A row of a group's message; number 0 is the telephone's owner."""
    return {
        "Message Timestamp": at(minute),
        "Message Direction": "Incoming" if number else "Outgoing",
        "Sending Party": f"P{number}" if number else "Self",
        "Sending Party JID": jid(number) if number else "",
        "Message": text,
        "Conversation Name": "Boats",
        "Message Type": "Text",
    } | more


def event(minute, action, *numbers, **more):
    """A row of a line of the messenger's own."""
    return {
        "Event Timestamp": at(minute),
        "Action Type (as stored)": str(action),
        "Chat JID": GROUP,
        "Chat Name": "Boats",
        "Affected Participants": ", ".join(map(jid, numbers)),
    } | more
