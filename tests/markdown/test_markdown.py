"""Where links stand, and that anchors are those of the host's own parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from tests.conftest import ROOT

from trackbook.markdown import parse_markdown, replace_links, slug, slugify
from trackbook.model import Link

TEXT = """\
# One *two* `three`

A [link](../a/b.md "promise: foo") and ![img](x.svg)
  text [two](<a b.md>) [ref][r] costs \\$5 `[no](../a/b.md)` [yes](../a/b.md#x).

> quote [q](q.md)
> more [z](z.md)

| a | b |
|---|---|
| [c](c.md) | [c](c.md) |

- item [i](i.md)
  on [j](j.md)

[r]: ref.md "tt"

`code of
two lines`, then [k](k.md).
"""


def test_every_link_knows_its_place() -> None:
    links = parse_markdown(TEXT, "page.md", first_line=5).links
    assert [(link.source.line, link.href) for link in links] == [
        (7, "../a/b.md"),
        (7, "x.svg"),
        (8, "a%20b.md"),
        (8, "../a/b.md#x"),
        (10, "q.md"),
        (11, "z.md"),
        (15, "c.md"),
        (15, "c.md"),
        (17, "i.md"),
        (18, "j.md"),
        (23, "k.md"),
        (20, "ref.md"),
    ]
    for link in links:
        assert link.span
        assert TEXT[slice(*link.span)].replace(" ", "%20") == link.href


def test_only_addresses_and_given_titles_change() -> None:
    def rewrite(link: Link) -> tuple[str, str | None]:
        return link.href.upper(), "Kept" if link.promised else None

    changed = replace_links(TEXT, parse_markdown(TEXT, "page.md").links, rewrite)
    assert '[link](../A/B.MD "Kept")' in changed
    assert "`[no](../a/b.md)`" in changed
    assert "[two](<A%20B.MD>)" in changed
    assert '[r]: REF.MD "tt"' in changed
    assert changed.lower().replace("%20", " ").replace("kept", "promise: foo") == TEXT.lower()


@given(st.text(alphabet=st.sampled_from("[]()<>!`*_\\\"' ab.md#\n|>-"), max_size=60))
def test_replacing_nothing_changes_nothing(text: str) -> None:
    links = parse_markdown(text, "page.md").links
    assert replace_links(text, links, lambda link: (text[slice(*link.span)] if link.span else "", None)) == text


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("In short", "in-short"),
        ("Query, key and value", "query-key-value".replace("-key-", "-key-and-")),
        ("What's n²?", "whats-n²"),
        ("  `code` & more ", "code--more"),
        ("Übung 1", "übung-1"),
    ],
)
def test_slug_is_the_one_that_the_repository_shows(heading: str, anchor: str) -> None:
    assert slug(heading.replace("`", "")) == anchor


def test_anchors_are_those_of_the_site() -> None:
    for path in [*ROOT.glob("lessons/*/*/*.md"), *ROOT.glob("cheatsheets/*/*.md"), *ROOT.glob("docs/*.md")]:
        text = path.read_text("utf-8")
        body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
        names = ["toc", "attr_list", "pymdownx.superfences", "trackbook.github"]
        host = Markdown(extensions=names, extension_configs={"toc": {"slugify": slugify}})
        host.convert(body)

        def flatten(tokens: list[dict[str, object]]) -> list[str]:
            return [a for t in tokens for a in [str(t["id"]), *flatten(t["children"])]]  # type: ignore[arg-type]

        ours = [heading.anchor for heading in parse_markdown(body, path.name).headings]
        assert ours == flatten(host.toc_tokens), path  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "fold",
    [
        "<details>\n<summary>More</summary>\n\nBy choice.\n\n??? note\n\n    So is this.\n\nAnd this.\n\n</details>",
        '??? note "More"\n\n    Read by choice.\n\n    !!! tip\n\n        So is this.\n\n    And this.',
    ],
)
def test_words_of_folds_do_not_count(fold: str) -> None:
    assert parse_markdown(f"Three words here.\n\n{fold}\n\nFour more after it.\n", "page.md").words == 7


def test_words_of_a_picture_do_not_count() -> None:
    assert parse_markdown("Three words here.\n\n![A curve that falls](curve.svg)\n", "page.md").words == 3


def test_words_of_an_open_box_count() -> None:
    assert parse_markdown("???+ note\n\n    Three words here.\n", "page.md").words == 3


def test_words_of_notes_do_not_count() -> None:
    assert parse_markdown("Three words here.[^1]\n\n[^1]: Read by choice.\n", "page.md").words == 3


def test_a_bare_return_ends_a_line() -> None:
    """As one in a widget's quoted text may."""
    links = parse_markdown("a\r\rb\r\r[x]: y\r\r[x] [z](w)", "page.md", with_prose=True).links
    assert [(link.href, link.source.line) for link in links] == [("w", 7), ("y", 5)]
