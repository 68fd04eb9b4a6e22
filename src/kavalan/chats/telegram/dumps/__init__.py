"""Dumps that programs make by Telegram's own interface: of Telethon and like it (`_`), of TDLib (`@type`)."""
