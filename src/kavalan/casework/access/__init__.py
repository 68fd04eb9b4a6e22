"""Who may see and do what: compartments, what lies in them, and who was let in."""
