"""Mail as the standard library writes it."""

import mailbox
from email.message import EmailMessage
from email.policy import SMTP


def mail(number, sender="Asha <asha@example.org>", text="the boats go out", subject="Boats", **more):
    """One message; `headers` and `files` may be given, and what is None is left out."""
    made = EmailMessage()
    headers = {
        "From": sender,
        "To": "Ravi <ravi@example.org>",
        "Subject": subject,
        "Date": f"Thu, 3 Apr 2025 19:{number:02}:09 +0530",
        "Message-ID": f"<m{number}@example.org>",
        **more.get("headers", {}),
    }
    for name, value in headers.items():
        if value is not None:
            made[name] = value
    made.set_content(text)
    for name, data in more.get("files", {}).items():
        made.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    return made


def boxed(path, *mails):
    """A mailbox, as the library's own writer makes it."""
    box = mailbox.mbox(path)
    for one in mails:
        box.add(mailbox.mboxMessage(one))
    box.close()
    return path.read_bytes()


def joined(*mails):
    """A mailbox without a file."""
    return b"".join(b"From asha@example.org Thu Apr  3 19:05:09 2025\n" + bytes(one) + b"\n" for one in mails)


def alone(one):
    """A message as it is sent."""
    return one.as_bytes(policy=SMTP)
