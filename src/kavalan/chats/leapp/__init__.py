"""Chats in the tables of ALEAPP and iLEAPP: the TSV exports of a report, all of one folder as one source."""
