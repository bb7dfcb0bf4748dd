"""What to write in the place of what another program that makes sites of Markdown calls by a name."""

_CALLOUT = "write a callout: `> [!{}]`, and below it each line after `> `"
FOOTNOTE = "write a footnote: `[^name]`, and below the paragraph `[^name]: …`"
TARGET = "write `{ #name }` behind the heading, and link to `#name`"
FIGURE = "write `![what one sees](file.png)`, and below it what it says"
LINK = "write a link to the file and its heading: `[text](../page/lesson.md#heading)`"
_INSTEAD = {
    "note seealso info discussion testimonial topic callout callout-note admonition instructor instructor-note": (
        _CALLOUT.format("NOTE")
    ),
    "tip hint success callout-tip": _CALLOUT.format("TIP"),
    "important prereq checklist callout-important": _CALLOUT.format("IMPORTANT"),
    "warning attention callout-warning": _CALLOUT.format("WARNING"),
    "caution danger error callout-caution": _CALLOUT.format("CAUTION"),
    "challenge exercise exercise-start question quiz": "write an `exercise` fence, or a `quiz` fence with its answers",
    "figure image figure-md": FIGURE,
    "code code-cell code-block sourcecode literalinclude listing python r julia": (
        "write a fence that begins with the name of its language, such as ```python"
    ),
    "math eq": "write the formula between `$` and `$`, or on lines of its own between `$$` and `$$`",
    "ref numref doc term any download glossary toctree": LINK,
    "objectives questions keypoints highlights": "write a heading, and a list below it",
    "tab tabs tab-set tab-item group-tab panel-tabset": (
        'write `=== "Name"` for each, and below it what it holds, indented by 4 spaces'
    ),
    "solution spoiler dropdown toggle details answer": (
        'write `??? note "What it says"`, and below it what it holds, indented by 4 spaces'
    ),
    "cite cite:p cite:t footcite": FOOTNOTE,
    "kbd guilabel menuselection": "write `++ctrl+c++`",
    "mermaid": "write a fence ```mermaid",
    "video youtube iframe": "write an `embed` fence, which loads it when a learner asks for it, or a link",
}
"""By what another program calls it."""
_BY_NAME = {name: remedy for names, remedy in _INSTEAD.items() for name in names.split()}
PLAIN = "write it in plain Markdown"


def say_instead(name: str, otherwise: str = PLAIN) -> str:
    """What to write in the place of what has this name there."""
    return _BY_NAME.get(name.lower(), otherwise)


def say_for_element(name: str) -> str:
    """What to write in the place of an element that HTML does not have."""
    text = f"write `<{name}>` between backquotes where it is text, and plain Markdown in the place of a component"
    return say_instead(name, text)
