"""Diagrams in the words of Mermaid: code to read, which a script draws when it comes into view."""

from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode


def frame_diagrams(page: LexborHTMLParser, article: LexborNode) -> None:
    for source in article.css("pre.mermaid"):
        code = source.css_first("code") or source
        frame = page.create_node("div")
        frame.attrs["class"] = "tb-diagram"
        if title := source.attributes.get("data-title") or source.attributes.get("title"):
            frame.attrs["data-title"] = title
        frame.inner_html = (
            '<div class="language-mermaid highlight"><pre><code>'
            + escape(code.text(), quote=False)
            + "</code></pre></div>"
        )
        source.replace_with(frame)
