"""Telegram's database of Android, `cache4.db`: what the telephone holds of chats that lie on Telegram's servers."""
