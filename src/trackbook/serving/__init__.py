"""What an author is told while writing: issues over HTTP, and an overlay on each page. It knows no host."""

from trackbook.serving.overlay import Overlay
from trackbook.serving.report import Report
from trackbook.serving.workbench import Reading, Workbench

__all__ = ["Overlay", "Reading", "Report", "Workbench"]
