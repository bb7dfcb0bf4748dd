"""The same words as a plain Material project: what an author writes there who has no widgets.

A question is a foldable block with its answer folded inside. What our front matter holds, objectives and definitions,
is text here.
"""

from collections.abc import Iterator
from pathlib import Path
from posixpath import relpath
from textwrap import indent

from tests.synthetic.folds import Fold, fold_widget
from tests.synthetic.ours import draw_for, dump, write
from tests.synthetic.pages import DRAWING, WritePages, write_pages
from tests.synthetic.parts import Callout, Page, Widget, turn_links
from tests.synthetic.plan import Plan, Track

NAMES = {"overview": "index", "lesson": "lesson", "practice": "practice", "cheatsheet": "cheatsheet"}
_EXTENSIONS = """markdown_extensions:
  - admonition
  - footnotes
  - sane_lists
  - smarty: {smart_dashes: false, smart_ellipses: false}
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.details
  - pymdownx.highlight: {pygments_lang_class: true}
  - pymdownx.inlinehilite
  - pymdownx.superfences
  - pymdownx.tasklist
  - pymdownx.tilde: {subscript: false}
"""


PLAIN_EXTENSIONS = """markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
"""
"""What most who write plain pages turn on, and no more."""


def write_material(
    root: Path,
    tracks: list[Track],
    *,
    pruned: bool,
    extensions: str = _EXTENSIONS,
    write_pages: WritePages = write_pages,
) -> None:
    """Material as it comes, or with the one feature that leaves what is out of sight out of the navigation."""
    features = "  features: [navigation.prune]\n" if pruned else ""
    config = f"site_name: A course of any size\ntheme:\n  name: material\n{features}plugins: [search]\n{extensions}"
    write(root / "mkdocs.yml", config + dump({"nav": list(_list_nav(tracks))}))
    write(root / "docs/index.md", _write_home(tracks))
    write(root / "docs/glossary.md", _write_glossary(tracks))
    for plan in (plan for track in tracks for plan in track.modules):
        write(root / f"docs/{plan.module.id}/{DRAWING}", draw_for(plan))
        for page in write_pages(plan):
            write(root / "docs" / _locate(page.module, page.kind), write_page(page, plan))


def write_page(page: Page, plan: Plan) -> str:
    parts = [*list_front_matter(page, plan), *page.parts]
    body = "\n\n".join(_write_part(part) for part in parts)
    text = f"---\n{dump({'title': page.title})}---\n\n# {page.title}\n\n{body}\n"
    return turn_links(text, lambda target, _: _turn(target, page.module))


def list_front_matter(page: Page, plan: Plan) -> Iterator[str]:
    """What our overview keeps in its front matter, as text."""
    if page.kind == "overview":
        yield plan.module.summary
        yield "## What you will be able to do"
        yield "\n".join(f"- {text}" for text in page.meta["objectives"].values())
    if page.kind == "overview" and plan.needs:
        yield "## What you need first"
        yield "\n".join(f"- [{concept.name}](to:{concept.module}/lesson)" for concept in plan.needs)


def _turn(target: str, module: str) -> str:
    there, _, kind = target.rpartition("/")
    return relpath(_locate(there, kind), module)


def _write_part(part: str | Callout | Widget) -> str:
    match part:
        case Callout(text):
            return f"!!! note\n\n    {text}"
        case Widget():
            return "\n\n".join(_write_fold(fold) for fold in fold_widget(part))
        case text:
            return text


def _write_fold(fold: Fold) -> str:
    inside = "\n\n".join(part if isinstance(part, str) else _write_fold(part) for part in fold.parts)
    return f'??? {fold.kind} "{fold.title}"\n\n{indent(inside, "    ")}'


def _list_nav(tracks: list[Track]) -> Iterator[dict[str, object]]:
    yield {"Home": "index.md"}
    for track in tracks:
        yield {
            track.title: [
                {plan.module.title: [{kind.capitalize(): _locate(plan.module.id, kind)} for kind in NAMES]}
                for plan in track.modules
            ]
        }
    yield {"Glossary": "glossary.md"}


def _write_home(tracks: list[Track]) -> str:
    ways = "\n".join(f"- [{track.title}]({track.modules[0].module.id}/index.md): {track.summary}" for track in tracks)
    return f"# A course of any size\n\n## The tracks\n\n{ways}\n"


def _write_glossary(tracks: list[Track]) -> str:
    concepts = [concept for track in tracks for plan in track.modules for concept in plan.module.concepts]
    words = (f"- [{concept.name}]({concept.module}/lesson.md): {concept.definition}" for concept in concepts)
    return "# Glossary\n\n" + "\n".join(words) + "\n"


def _locate(module: str, kind: str) -> str:
    return f"{module}/{NAMES[kind]}.md"
