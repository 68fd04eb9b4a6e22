"""Telegram Desktop's "Export chat history" and "Export Telegram data", as JSON (`result.json`)."""
