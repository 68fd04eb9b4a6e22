"""Sealed names: who a pseudonym stands for, opened by two people."""
