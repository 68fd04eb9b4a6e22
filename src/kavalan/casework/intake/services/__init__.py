"""The verbs of the intake, each group in a module of its own."""

from kavalan.casework.intake.services.desks import open_desk

__all__ = ["open_desk"]
