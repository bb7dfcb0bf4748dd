"""The Markdown that is on in every course: what each construct becomes, and what an author's settings change."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown import Markdown
from tests.conftest import TESTS, write_case
from tests.site.test_finishing import FILES

from trackbook.language.words import load_language
from trackbook.mkdocs_plugin.build import open_host
from trackbook.plain_host.host import PlainHost
from trackbook.site.extensions import complete_extensions
from trackbook.site.finish.page import finish_page
from trackbook.site.icons import find_names
from trackbook.site.markdown import PAGE_EXTENSIONS

PATH = TESTS / "cases" / "markdown" / "syntax.yml"
CASES: list[dict[str, str]] = yaml.safe_load(PATH.read_text("utf-8"))
NONE: Mapping[str, Any] = {}
BARE = "site_name: Bare\ntheme: {name: material, font: false}\nplugins: [trackbook]\n"


def show(text: str, options: Mapping[str, Any] = NONE, language: str = "en", root: Path = TESTS) -> str:
    """The article of a page with this Markdown, as it is published with an author's options."""
    names, complete = complete_extensions(options, options, root)
    html = Markdown(extensions=[*names, *PAGE_EXTENSIONS], extension_configs=complete).convert(text)
    finished = finish_page(f"<!doctype html><article>{html}</article>", load_language(language).say, FILES.get)
    assert finished.lost == []
    article = finished.html.partition("<article>")[2].rpartition("</article>")[0]
    return re.sub(r"<path[^>]*></path>", "", article).strip()


def test_each_construct_becomes_what_it_is(update: bool) -> None:
    shown = [{**case, "shows": show(case["markdown"]) + "\n"} for case in CASES]
    if update:
        head = "".join(line for line in PATH.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
        write_case(PATH, shown)
        PATH.write_text(head + PATH.read_text("utf-8"), "utf-8")
        return
    assert len({case["name"] for case in CASES}) == len(CASES) >= 25
    assert shown == CASES


def test_names_are_those_of_the_language() -> None:
    table = "| a | b |\n| - | - |\n| 1 | 2 |\n\n/// table-caption\nZahlen.\n///\n\n!!! danger\n\n    Halt.\n"
    shown = show(table, language="de")
    assert "Tabelle 1." in shown
    assert '<p class="admonition-title">Gefahr</p>' in shown


SETTINGS: dict[str, tuple[dict[str, Any], str, str]] = {
    "an option of one that is on": ({"toc": {"permalink": False}}, "# A", '<h1 id="a">A</h1>'),
    "the same by its long name": ({"markdown.extensions.toc": {"permalink": False}}, "# A", '<h1 id="a">A</h1>'),
    "the same by its class": (
        {"pymdownx.tilde:DeleteSubExtension": {"subscript": True}},
        "H~2~O",
        "<p>H<sub>2</sub>O</p>",
    ),
    "another option beside ours": (
        {"pymdownx.highlight": {"pygments_lang_class": False}},
        '```python linenums="1"\nx\n```',
        '<div class="highlight"><pre><span></span><code><span class="linenos" data-linenos="1 "></span><span class="n">'
        "x</span>\n</code></pre></div>",
    ),
    "an extension of their own": ({"pymdownx.critic": {}}, "{++new++}", '<p><ins class="critic">new</ins></p>'),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_what_the_author_says_counts(name: str) -> None:
    options, text, html = SETTINGS[name]
    assert show(text, options) == html


def test_what_the_documentation_of_material_says_needs_no_other_host() -> None:
    from material.extensions import emoji
    from pymdownx.superfences import fence_code_format

    fence = {"name": "mermaid", "class": "mermaid", "format": fence_code_format}
    other = {"name": "plain", "class": "plain", "format": fence_code_format}
    options: dict[str, Any] = {
        "pymdownx.emoji": {"emoji_index": emoji.twemoji, "emoji_generator": emoji.to_svg},
        "pymdownx.superfences": {"custom_fences": [fence, other]},
    }
    text = ":smile:\n\n```mermaid\ngraph LR\n```\n\n```plain\nx\n```\n"
    assert show(text, options) == show(":smile:\n\n```mermaid\ngraph LR\n```\n\n") + (
        '\n<pre class="plain"><code>x</code></pre>'
    )


def test_an_author_has_icons_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "school").mkdir()
    (tmp_path / "school" / "red-pen.svg").write_text('<?xml version="1.0"?>\n<svg><g/></svg>', "utf-8")
    options = {"pymdownx.emoji": {"options": {"custom_icons": [str(tmp_path)]}}}
    shown = show(":school-red-pen: :school-blue-pen:", options)
    assert shown == '<p><span class="twemoji"><svg aria-hidden="true"><g></g></svg></span> :school-blue-pen:</p>'


def test_icons_are_found_by_their_path() -> None:
    names = find_names({}, Markdown())["emoji"]
    assert names.get(":fontawesome-brands-square-github:")["path"].endswith("fontawesome/brands/square-github.svg")
    assert names.get(":material-:") is None
    assert names.get(":..-..-secret:") is None
    with pytest.raises(KeyError):
        names[":no-such-icon:"]


def test_both_hosts_have_the_same(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(BARE, "utf-8")
    (tmp_path / "docs").mkdir()
    host, plain = open_host(tmp_path), PlainHost(tmp_path)
    assert host.extensions == plain.extensions
    said, plainly = ({name: told for name, told in one.options.items() if told} for one in (host, plain))
    assert said == plainly


OUTSIDE = {
    "above the course": '--8<-- "../secret.md"',
    "by a link": '--8<-- "link.md"',
    "of another host": '--8<-- "https://example.org/a.md"',
    "that is not there": '--8<-- "nothing.md"',
    "a folder": '--8<-- "folder"',
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_snippets_are_of_the_course(tmp_path: Path, name: str) -> None:
    root = tmp_path / "course"
    (root / "folder").mkdir(parents=True)
    (root / "docs").mkdir()
    (tmp_path / "secret.md").write_text("Secret.", "utf-8")
    (root / "link.md").symlink_to("../secret.md")
    (root / "mkdocs.yml").write_text(BARE, "utf-8")
    from trackbook.site.markdown import PageRenderer

    asked: list[str] = []
    shown = PageRenderer(PlainHost(root)).render("a.md", f"A.\n\n{OUTSIDE[name]}\n", lambda _: True, asked.append)
    assert shown.content == "<p>A.</p>"
    assert len(asked) == 1
