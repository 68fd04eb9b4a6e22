"""What other pages show of routing."""
