"""What an author sees while writing: the site as it is now, and the issues of each page. It knows no host."""

from trackbook.serving.app import App
from trackbook.serving.server import Server, ending_by_signal, following
from trackbook.serving.site import Answer, Report, Site, guess_type
from trackbook.serving.workbench import Reading, Workbench

__all__ = [
    "Answer",
    "App",
    "Reading",
    "Report",
    "Server",
    "Site",
    "Workbench",
    "ending_by_signal",
    "following",
    "guess_type",
]
