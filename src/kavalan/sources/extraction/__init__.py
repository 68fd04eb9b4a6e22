"""Extractions of phones: what a report, a backup's manifest or a list of digests says of the files beside it."""
