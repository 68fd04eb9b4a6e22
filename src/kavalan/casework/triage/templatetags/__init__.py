"""What other pages show of triage."""
