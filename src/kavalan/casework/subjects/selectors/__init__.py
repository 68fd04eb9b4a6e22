"""What an officer may see of subjects."""
