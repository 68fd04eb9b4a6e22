"""Hash lists: readers, catalogue, journal and matcher."""
