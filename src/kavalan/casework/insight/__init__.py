"""Figures of the work: each with its definition, small numbers withheld, by unit and district and year."""
