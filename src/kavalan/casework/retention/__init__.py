"""How long things are kept, what falls due, purging by two people, and what a person challenges."""
