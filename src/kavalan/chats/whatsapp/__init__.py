"""WhatsApp's "Export chat": a text that people can read and nobody has specified."""
