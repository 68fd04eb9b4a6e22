"""What other pages show of retention."""
