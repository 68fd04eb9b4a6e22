"""What goes wrong with chats."""

from __future__ import annotations


class ChatError(Exception):
    """An export cannot be read, or a store not be opened; the text says why and what to do."""
