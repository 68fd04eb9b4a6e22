"""Kavalan: casework software for people who protect children from sexual exploitation online."""

__version__ = "0.1.0"
