"""My desk: what is due, what waits for an officer, what expires, what is new; and a unit's work as its heads see it."""
