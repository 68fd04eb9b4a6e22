"""Subjects: hypotheses that accounts belong to one person, what speaks for and against each, and what is watched."""
