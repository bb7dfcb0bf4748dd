"""Tabs of Markdown (`=== "Name"`) become native elements: one of a group of folds is open."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def open_tabs(page: LexborHTMLParser, article: LexborNode) -> None:
    """Each set in the place of the radio buttons that the host makes, which have no name and hide what is printed."""
    sets = article.css("div.tabbed-set")
    for number, tabs in reversed(list(enumerate(sets, 1))):  # those inside others first
        inputs = [node for node in _children(tabs) if node.tag == "input"]
        labels = [label for part in _children(tabs, "tabbed-labels") for label in _children(part)]
        blocks = [block for part in _children(tabs, "tabbed-content") for block in _children(part)]
        if not len(inputs) == len(labels) == len(blocks):
            continue
        chosen = next((at for at, one in enumerate(inputs) if "checked" in one.attributes), 0)
        frame = page.create_node("div")
        frame.attrs["class"] = "tb-tabbed"
        frame.inner_html = "\n".join(
            f'<details name="tb-tabbed-{number}" id="{box.id}"{" open" * (at == chosen)}>'
            f"<summary>{label.inner_html}</summary><div>{(block.inner_html or '').strip()}</div></details>"
            for at, (box, label, block) in enumerate(zip(inputs, labels, blocks, strict=True))
        )
        tabs.replace_with(frame)


def _children(node: LexborNode, name: str = "") -> list[LexborNode]:
    return [child for child in node.iter() if not name or name in (child.attributes.get("class") or "").split()]
