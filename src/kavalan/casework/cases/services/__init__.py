"""The verbs of cases, each group in a module of its own."""

from kavalan.casework.cases.services.joining import end_part, join
from kavalan.casework.cases.services.opening import open_case, open_series

__all__ = ["end_part", "join", "open_case", "open_series"]
