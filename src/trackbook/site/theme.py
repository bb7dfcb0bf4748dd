"""Our theme: its folder, the built assets that it names, and what its templates use beside those of the host."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from trackbook.issue import CourseError
from trackbook.language.words import Language

_PACKAGE = Path(__file__).parent.parent
_ELEMENT = re.compile(r"<tb-([a-z-]+)")
_LESSON = r'(<li data-module="{}">\s*<a href="[^"]*")(?! aria-current)'
DIAGRAMS = "assets/diagrams/"
"""What draws diagrams: a third of what a small site weighs, so that only a site with some has it."""
UNPUBLISHED = (
    *("styles/", "sitemap.xml", "assets/manifest.json", "assets/service-worker.js", "assets/farewell-worker.js"),
    *(
        "assets/overlay.js",
        "assets/relative-",
        "assets/card-",
        "assets/javascripts/",
        "assets/stylesheets/",
        "assets/images/favicon.png",
    ),
)
"""Files that assets are made from, that only the build reads, that stand elsewhere, or that no page uses."""


def find_theme() -> Path:
    """The folder of templates: inside the installed package, or `overrides/` of a checkout."""
    for folder in (_PACKAGE / "theme", _PACKAGE.parent.parent / "overrides"):
        if (folder / "main.html").is_file():
            return folder
    raise CourseError("the theme is missing from this installation of trackbook: install it again")


def is_published(path: str) -> bool:
    """Whether a file of a theme belongs into the site."""
    return not path.startswith(UNPUBLISHED) and not path.endswith(".min.css.map")


def read_manifest(theme: Path) -> Mapping[str, list[str]]:
    """The names of the built styles, scripts and fonts to preload.

    `imports` are what the scripts import, `answering` what a quiz needs. `styles_of_…` are those of one kind of page,
    or of the widget with this tag; `tags` are of widgets that have some; `api` is what a course's own widgets import,
    `relative` the script of pages that open as files.
    """
    path = theme / "assets" / "manifest.json"
    try:
        manifest = json.loads(path.read_text("utf-8"))
        keys = (
            *("styles", "early", "scripts", "imports", "answering", "api"),
            *("relative", "preload", "workers", "diagrams", "files"),
        )
        found: dict[str, list[str]] = {key: list(manifest[key]) for key in keys}
        tags = {f"tb-{name}": styles for name, styles in manifest["widgets"].items()}
        sheets = {f"styles_of_{name}": list(styles) for name, styles in {**manifest["pages"], **tags}.items()}
        return {**found, **sheets, "tags": list(tags)}
    except (OSError, ValueError, KeyError):
        raise CourseError(
            "the browser code is not built: `pip install -e .` builds it, and says what is missing when it can't"
        ) from None


def equip(environment: Environment, language: Language, *, shared: bool) -> None:
    """Give templates the words of the language. Navigation is `shared` among pages where no author shows it anew."""
    environment.globals["script_texts"] = ScriptTexts(language)
    environment.globals["say"] = language.say_html
    environment.globals["shared"] = Shared(for_each=not shared)


class Shared:
    """Navigation, made once for all pages at one place, and marked for each of them: `shared` in templates.

    Where an author's own templates may show in it what is of one page alone, it is made `for_each`.
    """

    def __init__(self, *, for_each: bool = False) -> None:
        self._for_each = for_each
        self._made: dict[tuple[str, ...], str] = {}

    def __call__(self, *place: str, here: str, module: str, caller: Callable[[], str]) -> str:
        """What `caller` makes; the link to `here` is marked as this page, that of the module's lesson as around it."""
        html = None if self._for_each else self._made.get(place)
        if html is None:
            html = self._made[place] = str(caller())
        html = html.replace(f'href="{here}"', f'href="{here}" aria-current="page"')
        return re.sub(_LESSON.format(re.escape(module)), r'\1 aria-current="true"', html, count=1)


class ScriptTexts:
    """What scripts say on a page with this HTML, as JSON."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._written: dict[frozenset[str], Markup] = {}

    def __call__(self, html: str) -> Markup:
        elements = frozenset(_ELEMENT.findall(html))
        if elements not in self._written:
            self._written[elements] = htmlsafe_json_dumps(self._language.list_script_texts(elements), sort_keys=True)
        return self._written[elements]
