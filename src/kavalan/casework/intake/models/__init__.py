"""What comes in: desks, deliveries, reports, those of whom they speak, their files, what identifies."""

from kavalan.casework.intake.models.delivery import ColumnMapping, Delivery
from kavalan.casework.intake.models.desk import Desk, Numbering
from kavalan.casework.intake.models.file import ReportFile
from kavalan.casework.intake.models.indicator import Indicator, Naming
from kavalan.casework.intake.models.person import Person
from kavalan.casework.intake.models.report import Report

__all__ = ["ColumnMapping", "Delivery", "Desk", "Indicator", "Naming", "Numbering", "Person", "Report", "ReportFile"]
