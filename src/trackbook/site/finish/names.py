"""A name on everything one can reach, in the language of the course: Markdown has none, or one in English."""

from html import escape

from selectolax.lexbor import LexborNode

from trackbook.site.finish.side_notes import Say

CALLOUTS = (
    *("note", "tip", "important", "warning", "caution"),
    *("abstract", "info", "success", "question", "failure", "danger", "bug", "example", "quote"),
)
"""Kinds of callouts that have a name of their own: those of GitHub, and the others of Material."""


def name_heading_links(article: LexborNode, say: Say) -> None:
    for link in article.css("a.headerlink"):
        title = (link.parent.text() if link.parent else "").removesuffix("¶").strip()
        del link.attrs["title"]
        link.attrs["aria-label"] = say("frame.link_here", title=title)


def name_callouts(article: LexborNode, say: Say) -> None:
    """The host names a callout in English: a note is a "Note"."""
    for name in article.css(".admonition > .admonition-title, details[class] > summary"):
        kind = name.text().strip().lower()
        callout = name.parent is not None and kind in (name.parent.attributes.get("class") or "").split()
        if callout and kind in CALLOUTS and name.text().strip() == kind.capitalize():
            name.inner_html = escape(say(f"callout.{kind}"))


def name_ways_back(article: LexborNode, say: Say) -> None:
    for link in article.css("a.footnote-backref"):
        del link.attrs["title"]
        link.attrs["aria-label"] = say("frame.back_to_text")


def name_tasks(article: LexborNode) -> None:
    """The box of a task is called by what is to be done, without the tasks below it."""
    for box in article.css("li.task-list-item > input, li.task-list-item > p > input"):
        parts = box.parent.iter(include_text=True) if box.parent else ()
        text = "".join(part.text() for part in parts if part.tag not in ("ul", "ol"))
        box.attrs["aria-label"] = " ".join(text.split())


def name_icons(article: LexborNode) -> None:
    """An icon is passed over, unless its author gives it a title."""
    for icon in article.css("span.twemoji[title]"):
        icon.attrs["role"] = "img"
        icon.attrs["aria-label"] = icon.attributes.get("title") or ""
