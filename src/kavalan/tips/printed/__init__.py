"""Referrals that come as PDF alone: the text of the pages, line by line, and what its labels say."""
