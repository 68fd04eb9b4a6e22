"""WhatsApp's databases of Android."""
