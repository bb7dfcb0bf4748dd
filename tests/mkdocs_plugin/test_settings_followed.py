"""What `mkdocs.yml` says of a site is on its pages, whoever renders them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Change
from tests.mkdocs_plugin.test_build import contents, run

from trackbook.mkdocs_plugin.build import build_site

MakeCourse = Callable[[Change], Path]
SETTINGS = """\
plugins: [search, trackbook]
INHERIT: base.yml
site_author: Ada Lovelace
repo_url: https://github.com/example/course
nav:
  - Start: index.md
  - Guide:
      - guide/one.md
      - Two, by another name: guide/two.md
      - Deeper: [guide/three.md]
  - Elsewhere: https://example.org/there
  - about.md
exclude_docs: |
  drafts/
  *.txt
not_in_nav: quiet.md
extra_css: [assets/own.css]
extra_javascript:
  - assets/own.js
  - assets/own.mjs
  - {path: assets/typed.js, type: module}
extra:
  social:
    - {icon: fontawesome/brands/mastodon, link: "https://example.social/@ada", name: Ada on Mastodon}
    - {icon: material/email, link: "mailto:ada@example.org"}
"""
THEME = "theme: {name: material, font: false, logo: assets/logo.svg, favicon: assets/logo.svg}"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#a8431e"/></svg>'
COURSE: Change = {
    "mkdocs.yml": {"plugins: [trackbook]": SETTINGS, "theme: {name: material, font: false}": THEME, "site_name": "#"},
    "base.yml": "copyright: CC BY 4.0\nedit_uri: edit/main/docs/\n",
    "docs/assets/own.css": ":root { --tb-link: light-dark(#00696b, #7fd6d8); }\n",
    "docs/assets/own.js": "document.documentElement.dataset.own = document.querySelector('main') ? 'late' : 'early';\n",
    "docs/assets/own.mjs": "document.documentElement.dataset.module = 'yes';\n",
    "docs/assets/typed.js": "export default document.documentElement.dataset.typed = 'yes';\n",
    "docs/assets/logo.svg": PICTURE,
    "docs/drafts/later.md": "# Later\n\n[Nowhere](nowhere.md).\n",
    "docs/notes.txt": "Notes.\n",
    **{
        f"docs/{name}.md": f"# Page {name}\n\nText.\n"
        for name in ("guide/one", "guide/two", "guide/three", "about", "quiet")
    },
}


@pytest.fixture
def page(make_course: MakeCourse) -> Callable[[str], LexborHTMLParser]:
    site = build_site(make_course(COURSE))
    return lambda path: LexborHTMLParser((site / path / "index.html").read_text("utf-8"))


def list_entries(tree: LexborHTMLParser) -> list[tuple[str, str | None]]:
    """The pages of docs/ in the navigation pane: texts with addresses, sections without."""
    listed = tree.css('[aria-labelledby="tb-pages"] :is(a, .tb-nav-section)')
    return [(node.text(strip=True), node.attributes.get("href")) for node in listed][5:]


@pytest.mark.long
def test_every_host_follows_them(make_course: MakeCourse) -> None:
    root = make_course(COURSE)
    assert run("trackbook", "check", cwd=root).splitlines()[-1] == "no errors, 2 pieces of advice in 18 pages."
    run("trackbook", "build", cwd=root)
    ours = contents(root / "site")
    assert not [path for path in ours if path.startswith("drafts/") or (path.endswith(".txt") and "notes" in path)]
    run("trackbook", "build", "--host", "plain", cwd=root)
    assert contents(root / "site") == ours
    settings = (root / "mkdocs.yml").read_text("utf-8").replace("search, ", "")
    (root / "mkdocs.yml").write_text(f"site_name: A sample\n{settings}", "utf-8")
    run("mkdocs", "build", "--strict", "--site-dir", "by-mkdocs", cwd=root)
    assert contents(root / "by-mkdocs") == ours
    assert "no errors" in run("trackbook", "check", "--site", "site", cwd=root)


def test_the_navigation_lists_what_nav_lists(page: Callable[[str], LexborHTMLParser]) -> None:
    assert list_entries(page("about")) == [
        ("Start", "../"),
        ("Guide", None),
        ("Page guide/one", "../guide/one/"),
        ("Two, by another name", "../guide/two/"),
        ("Deeper", None),
        ("Page guide/three", "../guide/three/"),
        ("Elsewhere", "https://example.org/there"),
        ("Page about", "../about/"),
    ]
    here = page("guide/three").css_first('.tb-nav [aria-current="page"]')
    assert here and here.text() == "Page guide/three"


def test_the_frame_says_whose_the_site_is(page: Callable[[str], LexborHTMLParser]) -> None:
    tree = page("first/alpha/lesson")
    logo, home = tree.css_first(".tb-home-link img"), tree.css_first(".tb-home-link")
    assert home and home.text(strip=True) == "A sample"
    assert logo and logo.attributes == {"src": "../../../assets/logo.svg", "alt": "", "height": "32"}
    assert [icon.attributes["href"] for icon in tree.css('link[rel="icon"]')] == ["../../../assets/logo.svg"]
    assert {link.text(strip=True): link.attributes["href"] for link in tree.css(".tb-links a")} == {
        "example/course": "https://github.com/example/course",
        "Ada on Mastodon": "https://example.social/@ada",
        "ada@example.org": "mailto:ada@example.org",
    }
    assert len(tree.css(".tb-links svg")) == 3
    author, footer = tree.css_first("meta[name=author]"), tree.css_first("footer")
    assert author and author.attributes["content"] == "Ada Lovelace"
    assert footer and "CC BY 4.0" in footer.text()


EDITED = {
    "first/alpha/lesson": "lessons/first/alpha/lesson.md",
    "first/alpha": "lessons/first/alpha/overview.md",
    "second/gamma/cheatsheet": "cheatsheets/second/gamma.md",
    "guide/two": "docs/guide/two.md",
    "": "docs/index.md",
}


def test_each_page_leads_to_its_source(page: Callable[[str], LexborHTMLParser]) -> None:
    for path, source in EDITED.items():
        link = page(path).css_first(".tb-source a[href*='/edit/']")
        assert link and link.attributes["href"] == f"https://github.com/example/course/edit/main/{source}"
    assert page("glossary").css_first(".tb-source a[href*='/edit/']") is None


def test_styles_and_scripts_come_after_ours(page: Callable[[str], LexborHTMLParser]) -> None:
    tree = page("guide/one")
    styles = [link.attributes["href"] for link in tree.css('link[rel="stylesheet"]')]
    assert styles[-1] == "../../assets/own.css"
    scripts = [script for script in tree.css("head script[src]") if "assets/own" in str(script.attributes["src"])]
    typed = tree.css_first('script[src$="typed.js"]')
    assert [("defer" in script.attributes, script.attributes.get("type")) for script in scripts] == [
        (True, None),
        (False, "module"),
    ]
    assert typed and typed.attributes["type"] == "module"


def test_an_icon_can_be_the_logo(make_course: MakeCourse) -> None:
    theme = "theme: {name: material, font: false, icon: {logo: material/school}}"
    site = build_site(make_course({"mkdocs.yml": {"theme: {name: material, font: false}": theme}}))
    assert LexborHTMLParser((site / "index.html").read_text("utf-8")).css_first(".tb-home-link svg")


def test_templates_of_the_author_stay_beside_other_settings(make_course: MakeCourse) -> None:
    theme = "theme: {name: material, font: false, custom_dir: own}"
    root = make_course(
        {
            "mkdocs.yml": {"theme: {name: material, font: false}": f"{theme}\nedit_uri: https://example.org/edit"},
            "own/partials/source.html": '<p class="own">{{ page.edit_url }}</p>',
        }
    )
    page = LexborHTMLParser((build_site(root) / "first/alpha/practice/index.html").read_text("utf-8"))
    own = page.css_first(".own")
    assert own and own.text() == "https://example.org/edit/lessons/first/alpha/practice.md"


def test_the_site_bears_the_title_of_the_course(make_course: MakeCourse) -> None:
    root = make_course({"mkdocs.yml": {"site_name: A sample\n": ""}, "lessons/course.yml": {"A sample": "Counting"}})
    site = build_site(root)
    for path, title in (("", "Counting"), ("first/alpha/lesson", "Alpha · Lesson · Track 1 - Counting")):
        tree = LexborHTMLParser((site / path / "index.html").read_text("utf-8"))
        shown, home = tree.css_first("title"), tree.css_first(".tb-home-link")
        assert shown and shown.text() == title
        assert home and home.text(strip=True) == "Counting"
