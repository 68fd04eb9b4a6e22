"""Keeping exhibits safe: copied into the vault or held in place, and destroyed by two people."""
