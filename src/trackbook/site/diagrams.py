"""Fences of Mermaid, as `pymdownx.superfences` has them made."""

from collections.abc import Mapping
from html import escape
from typing import Any

NAME = "mermaid"


def read_header(
    language: str, inputs: Mapping[str, Any], options: dict[str, Any], attrs: dict[str, Any], md: object
) -> bool:
    """A title is the name of the diagram; all else is passed over, as GitHub does."""
    del language, attrs, md
    if isinstance(title := inputs.get("title"), str):
        options["title"] = title
    return True


def show_source(source: str, language: str, class_name: str, options: Mapping[str, Any], md: object, **_: Any) -> str:
    """The source as code to read, which a script draws when it comes into view."""
    del language, class_name, md
    title = f' data-title="{escape(options["title"])}"' if "title" in options else ""
    code = f'<div class="language-{NAME} highlight"><pre><code>{escape(source, quote=False)}</code></pre></div>'
    return f'<div class="tb-diagram"{title}>{code}</div>'
