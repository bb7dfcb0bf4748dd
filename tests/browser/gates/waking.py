"""What stands in a widget of a lesson stays in its place as the widget wakes: whoever scrolls fast sees it wake."""

from typing import cast

from tests.browser.gates.pages import LAPTOP, PHONE
from tests.browser.gates.site import BuiltSite, settle

MOST = 4
"""Pixels: a third of what is allowed, should it be on the whole screen."""
# No widget comes into view before it is told that it does.
HOLD = """
const held = [];
window.IntersectionObserver = class {
  constructor(tell) { this.tell = tell; }
  observe(target) { held.push([this.tell, target]); }
  unobserve() {}
  disconnect() {}
};
window.tbWake = () => held.forEach(([tell, target]) => tell([{ isIntersecting: true, target }], { unobserve() {} }));
"""
WAKE = """
async () => {
  const widgets = [...document.querySelectorAll(".tb-widget > :not(tb-embed)")];
  const place = (part, widget) =>
    part.getBoundingClientRect()[part === widget ? "bottom" : "top"] - widget.getBoundingClientRect().top;
  const isSeen = (part) => part.checkVisibility() && part.getBoundingClientRect().height > 0;
  const parts = widgets.map((widget) =>
    [widget, ...widget.querySelectorAll(":not(svg *)")].filter(isSeen).map((part) => [part, place(part, widget)]));
  tbWake();
  while (widgets.some((widget) => !("ready" in widget.dataset))) await new Promise((done) => setTimeout(done, 50));
  return widgets.map((widget, at) => {
    const moves = parts[at].filter(([part]) => isSeen(part)).map(([part, was]) => [part, place(part, widget) - was]);
    const [part, move] = moves.reduce((most, one) => (Math.abs(one[1]) > Math.abs(most[1]) ? one : most));
    return [`${part.localName}.${part.className} of ${widget.localName}`, move];
  });
}
"""


def find_jumps(site: BuiltSite, path: str) -> list[str]:
    """What moves, or grows, in a widget as its script comes."""
    moves = [(width, part, move) for width in (PHONE, LAPTOP) for part, move in wake_widgets(site, path, width)]
    return [f"{width} px: {part} by {move:.0f} px as it wakes" for width, part, move in moves if abs(move) > MOST]


def wake_widgets(site: BuiltSite, path: str, width: int) -> list[tuple[str, float]]:
    """For each widget, the part that moves most, and by how much."""
    context = site.browser.new_context(viewport={"width": width, "height": 844})
    try:
        context.add_init_script(HOLD)
        page = context.new_page()
        page.goto(site.address + path)
        settle(page)
        return cast(list[tuple[str, float]], page.evaluate(WAKE))
    finally:
        context.close()
