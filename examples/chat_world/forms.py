"""Every form that the district is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chat_world import (
    discord,
    leapp,
    mail,
    meta,
    tables,
    telegram_android,
    telegram_dump,
    telegram_html,
    telegram_json,
    ufdr,
    whatsapp_android,
    whatsapp_android_old,
    whatsapp_ios,
    whatsapp_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chat_world.truth import Written
    from chat_world.world import World

WRITERS: Final[dict[str, Callable[[World, Path], list[Written]]]] = {
    "whatsapp-text": whatsapp_text.write,
    "whatsapp-zip": whatsapp_text.write_with_files,
    "whatsapp-android": whatsapp_android.write,
    "whatsapp-android-old": whatsapp_android_old.write,
    "whatsapp-ios": whatsapp_ios.write,
    "telegram-json": telegram_json.write,
    "telegram-html": telegram_html.write,
    "telegram-dump": telegram_dump.write,
    "telegram-android": telegram_android.write,
    "discord": discord.write,
    "facebook": meta.write_facebook,
    "instagram": meta.write_instagram,
    "ufdr": ufdr.write,
    "leapp": leapp.write,
    "mail": mail.write,
    "tables": tables.write,
}
