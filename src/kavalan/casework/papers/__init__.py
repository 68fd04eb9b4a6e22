"""Printed papers of the desk: issued from its records, kept in the vault, given out again byte for byte."""
