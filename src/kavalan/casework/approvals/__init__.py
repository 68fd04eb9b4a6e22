"""Two people: one asks, another grants, what was granted is done once."""
