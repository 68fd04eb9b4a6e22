"""What other pages show of safekeeping."""
