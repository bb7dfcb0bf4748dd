"""Two learners' hands: one has a mouse, the other a keyboard alone. Both do the same things."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

_FIND = """(text) => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), nodes = [];
  let all = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([node, all.length]);
    all += node.data.replace(/\\s/g, " ");
  }
  const at = all.indexOf(text);
  if (at < 0) throw new Error(`no “${text}”`);
  const spot = (to) => {
    const [node, from] = nodes.findLast(([, from]) => from <= to);
    return [node, to - from];
  };
  const range = document.createRange();
  range.setStart(...spot(at));
  const [last, to] = spot(at + text.length - 1);
  range.setEnd(last, to + 1);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 1), [first, end] = [boxes[0], boxes.at(-1)];
  return [first.left + 1, first.top + first.height / 2, end.right - 1, end.top + end.height / 2];
}"""
"""Scrolls to words of the page; where they begin and end on the screen."""


class Hands(Protocol):
    """What a learner does on a page."""

    def press(self, target: Locator) -> None: ...
    def choose(self, radios: Locator, at: int) -> None: ...
    def write(self, field: Locator, text: str) -> None: ...
    def pick_words(self, page: Page, words: str) -> None: ...


class Mouse:
    def press(self, target: Locator) -> None:
        target.click()

    def choose(self, radios: Locator, at: int) -> None:
        radios.nth(at).click()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.press_sequentially(text)

    def pick_words(self, page: Page, words: str) -> None:
        """Draws over them."""
        left, top, right, bottom = _go_to(page, words)
        page.mouse.move(left, top)
        page.mouse.down()
        page.mouse.move(right, bottom, steps=4)
        page.mouse.up()
        expect(_find_bar(page)).to_be_visible()


class Keys:
    def press(self, target: Locator) -> None:
        self._come_to(target)
        target.page.keyboard.press("Enter")

    def choose(self, radios: Locator, at: int) -> None:
        """Tab leads to the group, arrow keys lead on in it."""
        page = radios.page
        self._come_to(radios.first)
        for _ in range(at):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        expect(radios.nth(at)).to_be_checked()

    def write(self, field: Locator, text: str) -> None:
        self._come_to(field)
        field.page.keyboard.type(text)

    def pick_words(self, page: Page, words: str) -> None:
        """Reads on to them, and takes their passage."""
        _go_to(page, words)
        page.keyboard.press("m")
        passage = page.locator(".tb-mine-said")
        expect(_find_bar(page).get_by_role("button", name="Highlight")).to_be_focused()
        for _ in range(40):
            if words in str(page.evaluate("String(getSelection()).replace(/\\s+/g, ' ')")):
                return
            said = passage.inner_text()
            page.keyboard.press("ArrowDown")
            expect(passage).not_to_have_text(said)
        raise AssertionError(f"no passage holds “{words}”")

    def _come_to(self, target: Locator) -> None:
        target.wait_for()
        for _ in range(400):
            if target.evaluate("node => node === document.activeElement"):
                return
            target.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")


def _go_to(page: Page, words: str) -> list[float]:
    """Widgets that come late move the words once more."""
    last: list[float] = []
    while (place := page.evaluate(_FIND, words)) != last:
        last = place
        page.wait_for_timeout(100)
    return last


def _find_bar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Chosen words")
