"""Units and officers, and how they sign in."""
