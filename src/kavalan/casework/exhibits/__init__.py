"""Exhibits, and what was found in them."""
