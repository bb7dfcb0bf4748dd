"""A host without a site generator: Python-Markdown, Jinja and our templates. It shows what the site needs of a host."""

from trackbook.plain_host.build import build_site

__all__ = ["build_site"]
