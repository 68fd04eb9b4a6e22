"""SQLite for a desk on which several processes write: Django's own backend, with a queue before the lock."""
