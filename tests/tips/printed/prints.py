"""Prints made by the tests, by typst."""

from __future__ import annotations

import typst

SUMMARY = r"""
#set page(margin: 2cm)
= CyberTipline Report 123456
Received by NCMEC on 10-05-2026 15:41:33 UTC

All dates are displayed as MM-DD-YYYY
== Executive Summary
A brief overview of what is in it.

Incident Type: Misleading Domain Name
"""
PEOPLE = r"""
== Section A: Reported Information
Submitter:

Example Messenger

Incident Time: 10-04-2026 05:01:02 UTC
== Suspect
Name: Asha Invented

Email Address: a\@example.org

Email Address: b\@example.org

Screen/User Name: heron

IP Address: 192.0.2.7 port 4433 (Login) at 10-05-2026 15:41:33 UTC

Possible Proxy: Yes

IP Address: 2001:db8::7

Favourite boat: ketch
== Child Victim
Name: Ravi Invented
"""
FILES = r"""
== Uploaded File Information
Filename: a.jpg

MD5: D41D8CD98F00B204E9800998ECF8427E

Did Reporting ESP view entire contents of uploaded file? No

Filename: b.jpg

MD5: nothing

IP Address: 192.0.2.9
#pagebreak()
== Section B: Automated Information
IP Address: 192.0.2.7

Country: IN

City: Nowhere
== Section D: Law Enforcement Contact Information
Kerala
"""


def compiled(source: str) -> bytes:
    """The PDF of a text in typst's language."""
    return typst.compile(source.encode())
