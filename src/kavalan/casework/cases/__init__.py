"""Cases: what came in, joined, with who leads it, where it stands and what came of it."""
