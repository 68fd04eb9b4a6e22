"""What a scan found, for people and for other programs: tables, a VICS case document, figures, and a report."""

from kavalan.scan.results.write import write_results

__all__ = ["write_results"]
