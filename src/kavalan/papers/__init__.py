"""Printed papers: typst documents made of frozen data, the same bytes for the same data."""
