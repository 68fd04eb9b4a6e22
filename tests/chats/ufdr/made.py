"""Reports as Physical Analyzer writes them (sepinf-inc/IPED, iped-engine/src/test/resources/ufed-model-chat*.xml)."""

from itertools import count
from xml.sax.saxutils import quoteattr

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
OWNER = "447700900001@s.whatsapp.net"
_IDS = count(1)


def field(name, value="", kind="String", **attributes):
    """A value; an empty one is written as such."""
    more = "".join(f" {key}={quoteattr(one)}" for key, one in attributes.items())
    inner = f'<value type="{kind}"{more}><![CDATA[{value}]]></value>' if value else "<empty />"
    return f'<field name="{name}" type="{kind}">{inner}</field>'


def fields(name, *values):
    return (
        f'<multiField name="{name}" type="Label">'
        + "".join(f"<value>{one}</value>" for one in values)
        + "</multiField>"
    )


def model(kind, *parts, number="", deleted="Intact", **attributes):
    more = "".join(f" {key}={quoteattr(one)}" for key, one in attributes.items())
    number = number or f"id-{next(_IDS)}"
    return (
        f'<model type="{kind}" id="{number}" deleted_state="{deleted}" extractionId="0"{more}>{"".join(parts)}</model>'
    )


def one(name, kind, inner=""):
    return f'<modelField name="{name}" type="{kind}">{inner or "<empty />"}</modelField>'


def many(name, kind, *inner):
    return f'<multiModelField name="{name}" type="{kind}">{"".join(inner)}</multiModelField>'


def party(identifier, name="", *, admin="", owner="False", role=""):
    return model(
        "Party", field("Identifier", identifier), field("Name", name), field("Role", role, "PartyRole"),
        field("IsPhoneOwner", owner, "Boolean"), field("IsGroupAdmin", admin, "Boolean"), deleted="Unknown",
    )  # fmt: skip


def member(number, name="", **known):
    return party(f"447700900{number:03}@s.whatsapp.net", name, **known)


def at(minute):
    said = f"2025-03-13T04:{minute:02}:00.000+00:00"
    value = f'<value type="TimeStamp" format="TimeStampKnown">{said}</value>'
    return f'<field name="TimeStamp" type="TimeStamp">{value}</field>'


def attachment(name, path="", **attributes):
    return model("Attachment", field("Filename", name), field("attachment_extracted_path", path), **attributes)


def message(number, sender, body="", *more, minute=0, deleted="Intact"):
    return model(
        "InstantMessage", field("Source", "WhatsApp"), one("From", "Party", sender), many("To", "Party"),
        field("Body", body), field("Identifier", f"KEY{number}"), at(minute or number), *more,
        number=f"msg-{number}", deleted=deleted,
    )  # fmt: skip


def activity(action, participant, body="", *, number=""):
    return model(
        "ChatActivity", field("Action", action, "ChatActivityAction"), field("SystemMessageBody", body),
        '<field name="SystemMessageTimeStamp"><value>2025-03-13T04:00:00.000+00:00</value></field>',
        one("Participant", "Party", participant), number=number,
    )  # fmt: skip


def system(number, action, participant, body):
    label = model("MessageLabel", field("Label", "System", "Label"))
    return message(
        number, party("System message", "System message"), body,
        many("ActivityLog", "ChatActivity", activity(action, participant, body)),
        many("MessageExtraData", "InstantMessageExtraData", label),
    )  # fmt: skip


def chat(*messages, members=(), native="120363000000000001@g.us", name="Boats", kind="Group", log=(), deleted="Intact"):
    return model(
        "Chat", field("Source", "WhatsApp"), field("Id", native), field("Name", name), field("ChatType", kind),
        many("Participants", "Party", *members), many("ActivityLog", "ChatActivity", *log),
        many("Messages", "InstantMessage", *messages), deleted=deleted,
    )  # fmt: skip


def tagged(number, sha256, path):
    return (
        f'<file fs="phone" path="/x" size="1" id="{number}"><metadata section="File">'
        f'<item name="Local Path"><![CDATA[{path}]]></item><item name="SHA256">{sha256}</item></metadata></file>'
    )


def report(*models, files=(), head=HEAD):
    """A whole report; other models stand before the chats, as in reports of whole telephones."""
    other = '<modelType type="Contact">' + model("Contact", field("Name", "Shop")) + "</modelType>"
    return (
        f'{head}<project id="p" name="P" reportVersion="5.2" xmlns="http://pa.cellebrite.com/report/2.0">'
        f'<metadata section="Device Info"><item name="IMEI">x</item></metadata>'
        f"<taggedFiles>{''.join(files)}</taggedFiles><decodedData>{other}"
        f'<modelType type="Chat">{"".join(models)}</modelType></decodedData></project>'
    )
