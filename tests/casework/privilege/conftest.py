"""The roles of the approvals' tests."""

from ..approvals.conftest import filtering

__all__ = ["filtering"]
