"""The same words for Hugo, with a theme of two layouts: no search, no design, on each page its track's contents."""

from pathlib import Path
from posixpath import relpath

from tests.synthetic.folds import Fold, fold_widget
from tests.synthetic.ours import draw_for, dump, write
from tests.synthetic.pages import DRAWING, write_pages
from tests.synthetic.parts import Callout, Page, Widget, turn_links
from tests.synthetic.plain import list_front_matter
from tests.synthetic.plan import Plan, Track

_CONFIG = """title = "A course of any size"
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "rss"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["$", "$"]]
[markup.highlight]
noClasses = false
"""
_LAYOUT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} - {{ site.Title }}</title></head>
<body>
<nav><ul>{{ range .FirstSection.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></li>
{{ end }}</ul></nav>
<nav>{{ .TableOfContents }}</nav>
<main>{{ .Content }}</main>
</body>
</html>
"""


def write_hugo(root: Path, tracks: list[Track]) -> None:
    write(root / "hugo.toml", _CONFIG)
    for name in ("single", "list"):
        write(root / f"layouts/_default/{name}.html", _LAYOUT)
    ways = "\n".join(f"- [{track.title}]({track.id}/): {track.summary}" for track in tracks)
    write(root / "content/_index.md", f"# A course of any size\n\n{ways}\n")
    for track in tracks:
        write(root / f"content/{track.id}/_index.md", f"---\n{dump({'title': track.title})}---\n")
        for plan in track.modules:
            write(root / f"content/{plan.module.id}/{DRAWING}", draw_for(plan))
            for page in write_pages(plan):
                name = "_index" if page.kind == "overview" else page.kind
                write(root / f"content/{page.module}/{name}.md", write_page(page, plan))


def write_page(page: Page, plan: Plan) -> str:
    here = _address(page.module, page.kind)
    body = "\n\n".join(_write_part(part) for part in (*list_front_matter(page, plan), *page.parts))
    body = body.replace(f"({DRAWING})", f"({relpath(page.module, here)}/{DRAWING})")
    text = f"---\n{dump({'title': page.title})}---\n\n# {page.title}\n\n{body}\n"
    return turn_links(text, lambda target, _: relpath(_address(*target.rsplit("/", 1)), here) + "/")


def _write_part(part: str | Callout | Widget) -> str:
    match part:
        case Callout(text):
            return f"> [!NOTE]\n> {text}"
        case Widget():
            return "\n\n".join(_write_fold(fold) for fold in fold_widget(part))
        case text:
            return text


def _write_fold(fold: Fold) -> str:
    inside = "\n\n".join(part if isinstance(part, str) else _write_fold(part) for part in fold.parts)
    return f"<details><summary>{fold.title}</summary>\n\n{inside}\n\n</details>"


def _address(module: str, kind: str) -> str:
    return module if kind == "overview" else f"{module}/{kind}"
