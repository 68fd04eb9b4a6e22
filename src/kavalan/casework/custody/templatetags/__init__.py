"""Tags of custody."""
