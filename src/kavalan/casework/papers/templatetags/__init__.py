"""Tags of printed papers."""
