"""How a course stands, for its instructor: a Markdown table for pull requests, and a page of its own."""

from trackbook.exporters.report.facts import Report, gather_facts
from trackbook.exporters.report.page import format_markdown, render_page
from trackbook.exporters.report.sealing import write_page

__all__ = ["Report", "format_markdown", "gather_facts", "render_page", "write_page"]
