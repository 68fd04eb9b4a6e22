"""What other pages show of time limits."""
