"""Files that a browser opens as documents of the site, where no policy of a page holds."""

import posixpath
from collections.abc import Iterator

from trackbook.checks.check import advice, met_while_reading
from trackbook.model import Course, Finding, Source
from trackbook.reading.named import list_site_files, read_path

_OPENED = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml", ".swf", ".svgz")
_RUN = (".js", ".mjs")


@advice
def drawing_only_draws(course: Course) -> Iterator[Finding]:
    """A drawing holds no script, no handler, and nothing that it asks of another host.

    A browser opens an SVG as a document of the site, where no policy of a page holds: a script in it could read all
    that a learner has done. The site has the drawing without these.
    """
    yield from met_while_reading(course, "drawing-only-draws")


@advice
def file_is_no_document(course: Course) -> Iterator[Finding]:
    """A course holds no web pages and scripts of its own beside those that `mkdocs.yml` names.

    A browser opens them outside of any page, with no policy, and what runs in them can read the learner's record.
    """
    yield from met_while_reading(course, "file-is-no-document")
    named = {f"docs/{read_path(entry)}" for entry in list_site_files(course.settings)}
    for path in sorted(course.files):
        end = posixpath.splitext(path)[1].lower()
        if end in _OPENED:
            hint = "write it as a page of Markdown, or as a widget; or have your server send the policy with every file"
            yield Finding(Source(path), f'"{path}" opens as a page of its own, outside of any policy.', hint)
        elif end in _RUN and path not in named:
            hint = "name it under `extra_javascript:` of mkdocs.yml, or remove it"
            yield Finding(Source(path), f'"{path}" is a script that no page is given.', hint)
