"""Telegram Desktop's export as pages: `messages.html`, `messages2.html` and so on (export_output_html.cpp)."""
