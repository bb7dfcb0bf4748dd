"""A course to the sources of its site: Markdown in, Markdown with plain HTML out. Pure: no disk, no clock."""

from trackbook.publishing.course import SiteSource, publish_course
from trackbook.publishing.search import SearchEntry
from trackbook.publishing.site_source import SitePage

__all__ = ["SearchEntry", "SitePage", "SiteSource", "publish_course"]
