"""The forms of the intake, and what the addresses of its lists may ask for."""
