"""The partials that show what the generator computes."""

from functools import cache
from pathlib import Path

from jinja2 import Environment

from trackbook.language.words import load_language
from trackbook.templating import make_environment


@cache
def _environment() -> Environment:
    environment = make_environment(Path(__file__).parent / "templates")
    environment.filters["brief"] = "{:g}".format
    return environment


def render_part(name: str, language: str, /, **view: object) -> str:
    """The partial's HTML without blank lines, so that every Markdown parser takes it as one block.

    `language` is the code of the course's: the partial's `say` gives words of it.
    """
    say = load_language(language).say_html
    html = _environment().get_template(f"{name}.html").render({**view, "say": say})
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())
