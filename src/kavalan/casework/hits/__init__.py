"""Hits: what was recognised among the contents, on whose list, and with what doubts."""
