"""WhatsApp's databases of iPhones."""
