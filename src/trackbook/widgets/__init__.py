"""Widgets: a folder each, with the data an author writes and the HTML that stands without script."""

from trackbook.widgets.data import WidgetData
from trackbook.widgets.loading import list_widgets, load_site_language, load_widgets
from trackbook.widgets.widget import Widget, list_texts

__all__ = ["Widget", "WidgetData", "list_texts", "list_widgets", "load_site_language", "load_widgets"]
