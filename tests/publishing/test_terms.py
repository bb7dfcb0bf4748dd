"""Which words of a lesson become terms, and that marking them changes nothing else."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.conftest import ROOT

from trackbook.markdown import blank_all_but_prose
from trackbook.mkdocs_plugin.build import load_renderer
from trackbook.model import Concept, Course, Source, Track
from trackbook.publishing.terms import list_marked, mark_terms, put_marks

_SOURCE = Source("lessons/course.yml")
_BUTTON = re.compile(r'<button type="button" class="tb-term" popovertarget="term-[a-z-]+">|</button>')
_TOGETHER = re.compile(r'<span class="tb-together">(.*?)</span>', re.S)
PIECES = [
    "attention",
    "hidden",
    "state",
    "Attention",
    " ",
    "\n",
    "\n\n",
    "    ",
    "  ",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
]
PIECES += [
    "# ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~~\n",
    "$",
    "$$",
    "[",
    "](",
    ")",
    "![",
    "]",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
]
PIECES += [
    "<div>\n",
    "</div>\n",
    "<a href=x>",
    "</a>",
    "<!-- ",
    " -->",
    "|",
    "|---|\n",
    "\\",
    "&amp;",
    "===\n",
    "---\n",
]
PIECES += [
    "- [ ] ",
    "[r]: ",
    "*[",
    "]: ",
    ": ",
    "!!! ",
    '"',
    "'",
    "(",
    "~~",
    ".",
    ",",
    "5",
    "\t",
    "<pre>",
    "</pre>",
    "{",
    "}",
]


def concept(name: str, *match: str) -> Concept:
    return Concept(name.replace(" ", "-"), name, f"What {name} is.", "one", _SOURCE, match=match)


ATTENTION = concept("attention")
STATE = concept("hidden state", "hidden state", "hidden states")
HEADS = concept("multi-head attention", "attention heads")
CACHE = concept("KV cache")
TAUGHT = (ATTENTION, STATE, HEADS, CACHE)
COURSE = Course(tracks=(Track("one", 1, "One", _SOURCE, teaches=TAUGHT),))


def show(text: str, *terms: Concept) -> str:
    """The text with each button as `{id: words}`."""
    marked = _TOGETHER.sub(r"\1", put_marks(text, mark_terms(COURSE, terms or (ATTENTION, STATE, CACHE), text)))
    return re.sub(r'<button [^>]*popovertarget="term-([a-z-]+)">(.*?)</button>', r"{\1: \2}", marked, flags=re.S | re.I)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("No attention, more attention.", "No {attention: attention}, more attention."),
        ("Attention first.", "{attention: Attention} first."),
        ("The ATTENTION of inattention, attention-like, attention.py.", None),
        ("A hidden\n  state and hidden states.", "A {hidden-state: hidden\n  state} and hidden states."),
        ("Hidden states.", "{hidden-state: Hidden states}."),
        ("The kV cache.", "The {KV-cache: kV cache}."),
        ("The kv cache.", None),
        ("Multi-head attention and attention.", "Multi-head attention and {attention: attention}."),
        ("Attention heads need attention.", "Attention heads need {attention: attention}."),
        ("Code `begins\n- has attention\n- and ends` where the host says.", None),
        ("“Attention”: it’s attention’s.", "“{attention: Attention}”: it’s attention’s."),
        ("- An item\n- with attention", "- An item\n- with {attention: attention}"),
        ("**The attention bill** and attention.", "**The {attention: attention} bill** and attention."),
        ("[attention](x.md), then attention.", "[attention](x.md), then {attention: attention}."),
        ("`attention`, then attention.", "`attention`, then {attention: attention}."),
        ("![attention](x.png), $a$.\n\nAttention", "![attention](x.png), $a$.\n\n{attention: Attention}"),
        ("# Attention\n\n> Attention.\n\n| Attention |\n|---|\n| attention |\n", None),
        ("    attention\n\n```\nattention\n```\n\n<p>attention</p>\n\n<b>my</b> attention", None),
        ("A note[^1].\n\n[^1]: On attention.", None),
        ("<div>\n\nAttention.\n\n</div>\n\nAttention", "<div>\n\nAttention.\n\n</div>\n\n{attention: Attention}"),
        ("It costs $5 and attention.\n\n*[MLP]: attention at work\n\n: attention", None),
    ],
)  # fmt: skip
def test_first_use_in_prose_is_marked(text: str, shown: str | None) -> None:
    assert show(text) == (text if shown is None else shown)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Some attention, then more.", "attention,"),
        ("Some (attention), then more.", "(attention),"),
        ("The “attention”: it’s here.", "“attention”:"),
        ("An attention’s weight.", "attention’s"),
        ("Some attention!", "attention!"),
        ("Some attention and more.", None),
    ],
)
def test_a_term_stays_with_the_marks_around_it(text: str, together: str | None) -> None:
    marked = put_marks(text, mark_terms(COURSE, [ATTENTION], text))
    assert [_BUTTON.sub("", found) for found in _TOGETHER.findall(marked)] == ([together] if together else [])
    assert _BUTTON.search(marked)


def test_only_what_was_found_is_defined() -> None:
    marked = put_marks("Some attention.", mark_terms(COURSE, [STATE, ATTENTION], "Some attention."))
    assert list_marked([STATE, ATTENTION], marked) == [ATTENTION]


def test_prose_keeps_its_place() -> None:
    text = "# No\n\nYes `no` yes\n  and [no](no) yes.\n\n> no\n"
    prose = blank_all_but_prose(text)
    assert [text[at] for at, sign in enumerate(prose) if sign != "\0"] == [sign for sign in prose if sign != "\0"]
    assert prose.replace("\0", "").split() == ["Yes", "yes", "and", "yes."]


@pytest.fixture(scope="module")
def render() -> Callable[[str], str]:
    return load_renderer(ROOT)


@example(pieces=["attention", '"'])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_marking_changes_nothing_else(render: Callable[[str], str], pieces: list[str]) -> None:
    """With its buttons taken out, the page that the host makes is the page without them."""
    text = "".join(pieces)
    marked = put_marks(text, mark_terms(COURSE, TAUGHT, text))
    assert marked.count("\n") == text.count("\n")
    assert _BUTTON.sub("", _TOGETHER.sub(r"\1", render(marked))) == render(text)
