"""The adapter to MkDocs: a shell around reading, checking and publishing."""

from trackbook.mkdocs_plugin.plugin import TrackbookPlugin

__all__ = ["TrackbookPlugin"]
