"""What may be wrong with a workspace, each fault with its cure."""

from kavalan.casework.health.finding import Finding
from kavalan.casework.health.looks import examine

__all__ = ["Finding", "examine"]
