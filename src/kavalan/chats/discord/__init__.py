"""Channels of Discord as DiscordChatExporter writes them as JSON."""
