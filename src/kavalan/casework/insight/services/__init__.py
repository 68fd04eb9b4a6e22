"""The verbs of figures."""

from kavalan.casework.insight.services.placing import place_reports
from kavalan.casework.insight.services.safeguarding import record_safeguarded, withdraw_safeguarded

__all__ = ["place_reports", "record_safeguarded", "withdraw_safeguarded"]
