"""Tab goes through every page and back: the focus is seen, in view, ringed and named; nothing is left out or traps."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypedDict, cast

from playwright.sync_api import Page
from tests.browser.gates.pages import LAPTOP, PHONE
from tests.browser.gates.site import BuiltSite, Result

FOCUS = (Path(__file__).parent / "focus.js").read_text("utf-8")
NO_STOPS = {"RootWebArea", "none", "generic", "StaticText"}


class Stop(TypedDict):
    """Where the focus is: the element, its group of radio buttons, its name, and what is wrong with how it shows."""

    id: int
    group: str
    name: str
    faults: list[str]


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    breaches: list[str] = []
    stops = 0
    for name, path in pages.items():
        for width in (PHONE, LAPTOP):
            with site.open(path, width) as page:
                page.evaluate(FOCUS)
                view = f"{name}, {width} px"
                breaches += [f"{view}: {fact}" for fact in find_unnamed(page)]
                for key in ("Tab", "Shift+Tab"):
                    page.evaluate("document.activeElement.blur(); scrollTo(0, 0); tbFocus.remember()")
                    walked = list(walk(page, key))
                    stops += len(walked)
                    breaches += [f"{view}, {key}: {fact}" for fact in judge_walk(page, walked)]
    return Result(f"{len(breaches)} in {stops} stops", breaches)


def walk(page: Page, key: str) -> Iterator[Stop]:
    """Presses the key until the focus leaves the page or comes round; at most three times as often as needed."""
    seen: set[int] = set()
    if key == "Shift+Tab":
        # Backwards from the end of the page, where leaving it forwards leads.
        page.evaluate("getSelection().collapse(document.body, document.body.childNodes.length)")
    for _ in range(3 * len(page.evaluate("tbFocus.list()")) + 20):
        page.keyboard.press(key)
        stop = cast(Stop | None, page.evaluate("tbFocus.look()"))
        if stop is None or stop["id"] in seen:
            return
        seen.add(stop["id"])
        yield stop


def judge_walk(page: Page, walked: list[Stop]) -> Iterator[str]:
    for stop in walked:
        yield from (f"{stop['name']} {fault}" for fault in stop["faults"])
    ids, groups = {stop["id"] for stop in walked}, {stop["group"] for stop in walked if stop["group"]}
    for there in cast(list[Stop], page.evaluate("tbFocus.list()")):
        if there["id"] not in ids and there["group"] not in groups:
            yield f"{there['name']} is not reached"


def find_unnamed(page: Page) -> Iterator[str]:
    """What a keyboard reaches and a screen reader can't name, by the browser's own accessibility tree."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        focusable = any(one["name"] == "focusable" and one["value"].get("value") for one in node.get("properties", []))
        role = read_value(node, "role")
        if not focusable or node.get("ignored") or role in NO_STOPS or read_value(node, "name").strip():
            continue
        attributes = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]["attributes"]
        # Scripts and skip links may focus what no Tab reaches.
        if ("tabindex", "-1") not in zip(attributes[::2], attributes[1::2], strict=True):
            yield f"a {role} has no name"
    session.detach()


def read_value(node: Mapping[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
